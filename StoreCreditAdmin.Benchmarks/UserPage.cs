using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>The data of the user's page where the user has 1,000 credits: account, balances, the first 25 credits and the totals, beside the bare statements for them.</summary>
internal static class UserPage
{
    private const int Credits = 1000;
    private const int PageSize = 25;
    private const int WarmUps = 50;
    private const int Rounds = 200;

    public static Scenario Scenario { get; } = new("The user's page at 1,000 credits, beside the bare statements that read the same", RunAsync);

    private static async Task RunAsync(string[] args)
    {
        await using var database = await BenchmarkDatabase.CreateAsync();
        var account = await database.AddAccountAsync("Ada Byron");
        for (var i = 0; i < Credits; i++)
        {
            var request = new IssueCreditRequest { Amount = MoneyInput.Of("12.34", "USD"), Type = i % 2 == 0 ? "goodwill" : "promotion", Memo = $"Parcel {i}" };
            _ = (await database.Get<CreditService>().IssueAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value;
        }

        await using var control = new SqliteConnection($"Data Source={database.Path};Mode=ReadOnly");
        await control.OpenAsync();
        async Task ServiceAsync()
        {
            _ = (await database.Get<AccountDetails>().GetAsync(BenchmarkDatabase.Caller, account.PublicId.ToString())).Value;
            await database.Get<CreditQueries>().ListAsync(BenchmarkDatabase.Caller, new CreditFilter { Account = account.PublicId.ToString() }, new PageRequest(Take: PageSize));
        }

        Task BareAsync()
        {
            Read(control, "SELECT * FROM Accounts WHERE Id = $id", account.Id);
            Read(control, "SELECT * FROM Contacts WHERE AccountId = $id", account.Id);
            Read(control, "SELECT * FROM AccountBalances WHERE AccountId = $id", account.Id);
            Read(control, $"SELECT * FROM Credits c JOIN CreditTypes t ON t.Id = c.TypeId JOIN Stores s ON s.Id = c.StoreId WHERE c.AccountId = $id ORDER BY c.IssuedAt DESC, c.Id DESC LIMIT {PageSize}", account.Id);
            Read(control, "SELECT CurrencyCode, COUNT(*), SUM(Available), SUM(Used), SUM(Authorized) FROM Credits WHERE AccountId = $id GROUP BY CurrencyCode", account.Id);
            return Task.CompletedTask;
        }

        for (var i = 0; i < WarmUps; i++)
        {
            await ServiceAsync();
            await BareAsync();
        }

        var services = new List<double>();
        var bares = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            services.Add(await Statistics.TimeAsync(ServiceAsync));
            bares.Add(await Statistics.TimeAsync(BareAsync));
        }

        Console.WriteLine($"User's page: {Credits:N0} credits, the first {PageSize} and the totals, {Rounds} rounds");
        Console.WriteLine();
        Console.WriteLine("| | Median | 95 of 100 within | Longest |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        new Statistics(services).Print("Services");
        new Statistics(bares).Print("Bare statements");
    }

    private static void Read(SqliteConnection connection, string sql, long accountId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", accountId);
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
        }
    }
}
