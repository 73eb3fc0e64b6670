using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.ApiKeys;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Exports;

/// <summary>Every list that pages show, as files.</summary>
public sealed class ListExportTests
{
    [Fact]
    public async Task Every_list_is_the_same_as_text_and_as_a_workbook()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);

        foreach (var list in database.Services.GetServices<ListExport>())
        {
            var query = list.Name is "history" or "awards" ? $"?account={(await database.FirstAccountAsync()).PublicId}" : "";
            var text = CsvTable.RowsOf(await ReadAsync(database, list.Name, ExportFormat.Csv, query));
            var sheet = SheetTable.RowsOf(await ReadAsync(database, list.Name, ExportFormat.Xlsx, query));

            Assert.Equal(text.Count, sheet.Count);
            Assert.All(text.Zip(sheet), rows => Assert.Equal(
                rows.First.Select(cell => (cell.Key, cell.Value)), rows.Second.Select(cell => (cell.Key, SheetTable.TextOf(cell.Value, like: rows.First[cell.Key])))));
        }
    }

    [Fact]
    public async Task Users_have_a_row_for_each_balance_and_one_without()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);

        var rows = CsvTable.RowsOf(await ReadAsync(database, "users", ExportFormat.Csv, ""));
        var found = CsvTable.RowsOf(await ReadAsync(database, "users", ExportFormat.Csv, "?q=cmd"));

        Assert.Equal(
            ["Bea  ", "'=cmd JPY 500", "'=cmd USD 12.50"],
            rows.Select(row => $"{row["Name"]} {row["Currency"]} {row["Available"]}"));
        Assert.Equal(["JPY", "USD"], found.Select(row => row["Currency"]));
    }

    [Fact]
    public async Task A_users_history_follows_its_filter_and_nobody_s_is_empty()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        var account = await database.FirstAccountAsync();

        async Task<IEnumerable<string>> KindsAsync(string query) =>
            CsvTable.RowsOf(await ReadAsync(database, "history", ExportFormat.Csv, query)).Select(row => $"{row["Kind"]} {row["Amount"]}");

        Assert.Equal(["authorize 2.50", "issue 500", "issue 15.00", "account.hold "], await KindsAsync($"?account={account.PublicId}"));
        Assert.Equal(["issue 500", "issue 15.00"], await KindsAsync($"?account={account.PublicId}&view=customer"));
        Assert.Equal(["authorize 2.50"], await KindsAsync($"?account={account.PublicId}&kind=authorize"));
        Assert.Equal(["account.hold "], await KindsAsync($"?account={account.PublicId}&kind=account.hold"));
        Assert.Empty(await KindsAsync($"?account={account.PublicId}&to=2020-01-01"));
        Assert.Empty(await KindsAsync($"?account={Guid.NewGuid()}"));
    }

    [Fact]
    public async Task A_hold_is_in_the_history_and_in_the_list_of_accounts_on_hold()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        var account = await database.FirstAccountAsync();

        var history = CsvTable.RowsOf(await ReadAsync(database, "history", ExportFormat.Csv, $"?account={account.PublicId}&kind=account.hold")).Single();
        var held = CsvTable.RowsOf(await ReadAsync(database, "on-hold", ExportFormat.Csv, "")).Single();

        Assert.Equal(("Put on hold", "Fraud", "'=note", "test"), (history["In words"], history["Reason"], history["Memo"], history["By"]));
        Assert.Equal((account.PublicId.ToString(), "'=cmd", "2026-11-22T12:00:00Z", "'=note"), (held["User"], held["Name"], held["On hold since"], held["Note"]));
    }

    [Fact]
    public async Task What_was_earned_is_in_a_file_with_why_nothing_was()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5", MinimumSpend = "50" });
        await earning.PayAsync("1", "130");
        await earning.PayAsync("2", "20");
        var account = await earning.CustomerAsync();

        var rows = CsvTable.RowsOf(await ReadAsync(database, "awards", ExportFormat.Csv, $"?account={account.PublicId}"));

        Assert.Equal(["2 order-placed 20.00 0.00 below-minimum-spend", "1 order-placed 130.00 5.00 "], rows.Select(row => $"{row["Order"]} {row["Rule"]} {row["Goods paid"]} {row["Earned"]} {row["Why nothing"]}"));
        Assert.Empty(CsvTable.RowsOf(await ReadAsync(database, "awards", ExportFormat.Csv, $"?account={Guid.NewGuid()}")));
    }

    [Fact]
    public async Task A_key_s_secret_is_in_no_file()
    {
        await using var database = await TestDatabase.CreateAsync();
        var created = (await database.Get<ApiKeyService>().CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), new CreateApiKeyRequest { Name = "Shop", Scopes = ["read"] })).Value;

        var file = Encoding.UTF8.GetString(await ReadAsync(database, "api-keys", ExportFormat.Csv, ""));

        Assert.Contains("Shop", file, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Secret!, file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_read_under_the_permission_that_its_route_asks_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        var nobody = await database.SignInNewAsync("Eve", Roles.Agent);

        foreach (var list in database.Services.GetServices<ListExport>().Where(list => list.Permission != Permission.View && list.Name is not ("types" or "reasons" or "stores")))
        {
            await Assert.ThrowsAsync<AccessDeniedException>(() => ReadAsync(database, list.Name, ExportFormat.Csv, "", nobody));
        }
    }

    [Fact]
    public async Task Many_rows_take_no_more_memory_than_few()
    {
        const long Most = 8_000_000;

        // The tests beside this one take memory of the same process; rows that were kept would be there each time.
        const int Tries = 6;
        ExportColumn<int>[] columns = [ExportColumn<int>.Text("Text", row => row.ToString(CultureInfo.InvariantCulture)), ExportColumn<int>.Number("Number", row => (long)row)];
        async Task<long> HeldAsync(ExportFormat format, int rows)
        {
            long most = 0;
            async IAsyncEnumerable<int> Rows()
            {
                for (var row = 0; row < rows; row++)
                {
                    if (row % (rows / 5) == rows / 10)
                    {
                        most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
                        await Task.Yield();
                    }

                    yield return row;
                }
            }

            await (format == ExportFormat.Csv ? CsvFile.WriteAsync(Stream.Null, columns, Rows()) : SheetFile.WriteAsync(Stream.Null, "rows", columns, Rows()));
            return most;
        }

        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            await HeldAsync(format, 1000);
            var (few, many) = (0L, long.MaxValue);
            for (var tries = 0; tries < Tries && many - few >= Most; tries++)
            {
                (few, many) = (await HeldAsync(format, 2000), await HeldAsync(format, 100_000));
            }

            Assert.True(many - few < Most, $"{format}: {few} bytes for few rows, {many} for many, each of {Tries} times.");
        }
    }

    private static async Task<byte[]> ReadAsync(TestDatabase database, string name, ExportFormat format, string query, Caller? caller = null)
    {
        var list = database.Services.GetServices<ListExport>().Single(one => one.Name == name);
        var context = new DefaultHttpContext { RequestServices = database.Services };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await list.Open(database.Services, caller ?? TestDatabase.Robot, new ListFilter(query), format, database.Clock.Now).ExecuteAsync(context);
        return body.ToArray();
    }

    private static async Task FillAsync(TestDatabase database)
    {
        var account = await database.AddAccountAsync("=cmd");
        await database.AddAccountAsync("Bea", AccountKind.Company);
        await database.IssueAsync(account, "15", expiresOn: new DateOnly(2026, 11, 25));
        await database.IssueAsync(account, "500", "JPY");
        await new Shop(database, account).AuthorizeAsync("1001", "2.50");
        await database.Get<AccountService>().HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new HoldRequest { Reason = "fraud", Note = "=note" });
    }
}

internal static class FirstAccount
{
    public static async Task<Account> FirstAccountAsync(this TestDatabase database)
    {
        await using var db = database.Open();
        return db.Accounts.OrderBy(account => account.Id).First();
    }
}
