using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// Search as an agent types, letter by letter, over 100,000 customers: the whole service call with its page of 25, beside one bare scan with LIKE over the same
/// file for as many rows, in turns.
/// </summary>
internal static class Search
{
    private const int Customers = 100_000;
    private const int PageSize = 25;
    private const int Rounds = 5;

    private static readonly string[] FirstNames =
        ["Ada", "Benoît", "Chloé", "Dmitri", "Eve", "Fatima", "Grace", "Håkon", "Ines", "José", "Kenji", "Léa", "Maria", "Nadia", "Olga", "Pavel", "Quinn", "Rosa", "Søren", "Tomáš", "Uma", "Vera", "Wei", "Xenia", "Yusuf", "Zoë"];

    private static readonly string[] LastNames =
        ["Abbott", "Brennan", "Carvalho", "Dubois", "Eriksen", "Fischer", "García", "Hopper", "Ivanova", "Jansen", "Kowalski", "Lindqvist", "Martin", "Novák", "O'Brien", "Petrov", "Quist", "Rossi", "Schneider", "Tanaka", "Ueda", "Vogel", "Winter", "Yılmaz", "Zhang"];

    /// <summary>What is typed, one letter after the other: a common name, a rare one, an e-mail address, a telephone number, an external id, nothing that exists.</summary>
    private static readonly string[] Typed = ["maria", "maria schneider", "maria.schneider77", "eriksen håkon", "@shop.example", "5550123", "CUST-0774", "o'brien", "zhang wei 99", "nobody at all"];

    public static Scenario Scenario { get; } = new("Search as one types over 100,000 customers, beside a scan with LIKE", RunAsync);

    private static async Task RunAsync(string[] args)
    {
        await using var database = await BenchmarkDatabase.CreateAsync();
        await FillAsync(database);
        var search = database.Get<AccountSearch>();
        await using var control = new SqliteConnection($"Data Source={database.Path};Mode=ReadOnly");
        await control.OpenAsync();

        List<string> texts = [.. Typed.SelectMany(word => Enumerable.Range(1, word.Length).Select(length => word[..length])).Where(text => !text.EndsWith(' ')).Distinct()];
        Task<AccountHitPage> SearchAsync(string text) => search.SearchAsync(BenchmarkDatabase.Caller, text, new PageRequest(Take: PageSize));
        foreach (var text in texts)
        {
            await SearchAsync(text);
            Scan(control, text);
        }

        var services = new List<double>();
        var scans = new List<double>();
        var slowest = ("", 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var text in texts)
            {
                var took = await Statistics.TimeAsync(() => SearchAsync(text));
                services.Add(took);
                slowest = took > slowest.Item2 ? (text, took) : slowest;
                scans.Add(await Statistics.TimeAsync(() => Task.FromResult(Scan(control, text))));
            }
        }

        Console.WriteLine($"Search: {Customers:N0} customers, {texts.Count} texts as they are typed, {Rounds} rounds, a page of {PageSize}");
        Console.WriteLine();
        Console.WriteLine("| | Median | 95 of 100 within | Longest |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        new Statistics(services).Print("Service");
        new Statistics(scans).Print("Scan with LIKE");
        Console.WriteLine();
        Console.WriteLine($"The longest search was for \"{slowest.Item1}\".");
    }

    private static int Scan(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT a.Id, a.Name, c.Email FROM Accounts a LEFT JOIN Contacts c ON c.AccountId = a.Id
            WHERE a.Name LIKE $text OR a.ExternalId LIKE $text OR c.Email LIKE $text OR c.Phone LIKE $text
            ORDER BY a.Name LIMIT 25
            """;
        command.Parameters.AddWithValue("$text", $"%{text}%");
        using var reader = command.ExecuteReader();
        var rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        return rows;
    }

    private static async Task FillAsync(BenchmarkDatabase database)
    {
        var accounts = database.Get<AccountService>();
        foreach (var batch in Enumerable.Range(0, Customers).Select(Customer).Chunk(AccountService.MaxBatch))
        {
            var created = await accounts.CreateManyAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), batch);
            if (created.Value.Accounts.FirstOrDefault(one => one.Refusal is not null) is { } refused)
            {
                throw new InvalidOperationException(refused.Refusal!.Message);
            }
        }
    }

    private static CreateAccountRequest Customer(int number)
    {
        var (first, last) = (FirstNames[number % FirstNames.Length], LastNames[number / FirstNames.Length % LastNames.Length]);
        return new CreateAccountRequest
        {
            ExternalId = $"CUST-{number:000000}",
            Name = $"{first} {last}",
            Kind = "person",
            Email = $"{first}.{last}{number}@{(number % 3 == 0 ? "shop" : "post")}.example".ToLowerInvariant().Replace("'", "", StringComparison.Ordinal),
            Phone = $"+1 555 {number:0000000}",
        };
    }
}
