using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Invoices;

public sealed class InvoiceQueriesTests
{
    private static readonly string[] All = ["EUR-1", "INV-4", "INV-3", "INV-2", "INV-1"];

    [Theory]
    [InlineData("inv-1", "INV-1")]
    [InlineData("INV", "INV-4,INV-3,INV-2,INV-1")]
    [InlineData("byron", "EUR-1,INV-4,INV-3,INV-2,INV-1")]
    [InlineData("ada@example.com", "EUR-1,INV-3,INV-2,INV-1")]
    [InlineData("eve@example.com", "INV-4")]
    [InlineData("%", "")]
    [InlineData("' OR 1=1 --", "")]
    [InlineData("no such thing", "")]
    public async Task Invoices_are_found_by_number_and_by_customer(string text, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = await LayOutAsync(database);

        Assert.Equal(expected, await billing.NumbersAsync(new InvoiceFilter { Search = text }));
    }

    [Fact]
    public async Task Invoices_are_filtered_by_account_store_kind_status_currency_and_due_date()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = await LayOutAsync(database);

        Assert.Equal("INV-4", await billing.NumbersAsync(new InvoiceFilter { Account = "ext:c-eve@example.com" }));
        Assert.Equal("", await billing.NumbersAsync(new InvoiceFilter { Account = "ext:nobody" }));
        Assert.Equal(string.Join(",", All), await billing.NumbersAsync(new InvoiceFilter { Store = "main" }));
        Assert.Equal("", await billing.NumbersAsync(new InvoiceFilter { Store = "nowhere" }));
        Assert.Equal("INV-4", await billing.NumbersAsync(new InvoiceFilter { Kind = "self-storage" }));
        Assert.Equal("EUR-1", await billing.NumbersAsync(new InvoiceFilter { Currency = "EUR" }));
        Assert.Equal("EUR-1,INV-4,INV-2", await billing.NumbersAsync(new InvoiceFilter { State = InvoiceState.Open }));
        Assert.Equal("EUR-1,INV-4", await billing.NumbersAsync(new InvoiceFilter { State = InvoiceState.Due }));
        Assert.Equal("INV-2", await billing.NumbersAsync(new InvoiceFilter { State = InvoiceState.Covered }));
        Assert.Equal("INV-1", await billing.NumbersAsync(new InvoiceFilter { State = InvoiceState.Paid }));
        Assert.Equal("INV-3", await billing.NumbersAsync(new InvoiceFilter { State = InvoiceState.Voided }));
        Assert.Equal("INV-3,INV-2", await billing.NumbersAsync(new InvoiceFilter { DueFrom = new DateOnly(2026, 3, 1), DueTo = new DateOnly(2026, 4, 1) }));
    }

    [Fact]
    public async Task Totals_follow_the_filter_leave_out_what_is_voided_and_never_mix_currencies()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        var queries = database.Get<InvoiceQueries>();

        async Task<string[]> TotalsAsync(InvoiceFilter filter) =>
            [.. (await queries.ListAsync(TestDatabase.Robot, filter, new PageRequest(Take: 1))).Totals.Select(sum => $"{sum.Currency} {sum.Total} - {sum.Credit} = {sum.BalanceRemaining}")];

        Assert.Equal(["EUR 9.00 - 0.00 = 9.00", "USD 95.00 - 55.00 = 40.00"], await TotalsAsync(new InvoiceFilter()));
        Assert.Equal(["USD 55.00 - 55.00 = 0.00"], await TotalsAsync(new InvoiceFilter { Search = "ada@example.com", Currency = "USD" }));
        Assert.Equal(["USD 0.00 - 0.00 = 0.00"], await TotalsAsync(new InvoiceFilter { State = InvoiceState.Voided }));
        Assert.Empty(await TotalsAsync(new InvoiceFilter { Search = "nobody" }));
    }

    [Fact]
    public async Task Pages_sorts_and_cursors_take_their_part_of_the_list()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = await LayOutAsync(database);
        var queries = database.Get<InvoiceQueries>();

        Assert.Equal("INV-4,INV-3", await billing.NumbersAsync(new InvoiceFilter(), new PageRequest(1, 2)));
        Assert.Equal("EUR-1,INV-1,INV-2,INV-3,INV-4", await billing.NumbersAsync(new InvoiceFilter(), new PageRequest(SortBy: "number")));
        Assert.Equal("INV-4,EUR-1,INV-3,INV-2,INV-1", await billing.NumbersAsync(new InvoiceFilter(), new PageRequest(SortBy: "balance", Descending: true)));
        Assert.Equal(string.Join(",", All), await billing.NumbersAsync(new InvoiceFilter(), new PageRequest(SortBy: "1; DROP TABLE Invoices")));
        foreach (var name in InvoiceQueries.SortNames)
        {
            Assert.Equal(All.Order(), (await billing.NumbersAsync(new InvoiceFilter(), new PageRequest(SortBy: name))).Split(',').Order());
        }

        var read = new List<string>();
        var page = await queries.ListAsync(TestDatabase.Robot, new InvoiceFilter(), new KeysetRequest(2));
        while (true)
        {
            read.AddRange(page.Items.Select(row => row.Number));
            if (page.NextCursor is null)
            {
                break;
            }

            page = await queries.ListAsync(TestDatabase.Robot, new InvoiceFilter(), new KeysetRequest(2, Cursor.Parse(page.NextCursor)));
        }

        Assert.Equal(All, read);
        await Assert.ThrowsAsync<BadCursorException>(() => queries.ListAsync(TestDatabase.Robot, new InvoiceFilter(), new KeysetRequest(2, Cursor.After("credits", 1, 2))));
        await Assert.ThrowsAsync<BadCursorException>(() => queries.ListAsync(TestDatabase.Robot, new InvoiceFilter(), new KeysetRequest(2, Cursor.After("invoices", long.MaxValue, 2))));
    }

    [Fact]
    public async Task A_row_says_the_same_as_the_invoice_and_the_kinds_are_those_that_there_are()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = await LayOutAsync(database);
        var queries = database.Get<InvoiceQueries>();

        foreach (var row in (await queries.ListAsync(TestDatabase.Robot, new InvoiceFilter(), new PageRequest())).Items)
        {
            var invoice = await billing.ReadAsync(row.Number);
            Assert.Equal(
                (invoice.Id, invoice.Status, invoice.Total, invoice.Credit, invoice.BalanceRemaining, invoice.AccountId, invoice.DueOn),
                (row.Id, row.Status, row.Total, row.Credit, row.BalanceRemaining, row.AccountId, row.DueOn));
        }

        Assert.Equal(["self-storage", "user", "valet"], await queries.KindsAsync(TestDatabase.Robot));
    }

    [Fact]
    public async Task Every_query_goes_by_an_index()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        var billing = await LayOutAsync(database);
        plans.Start();

        await billing.NumbersAsync(new InvoiceFilter { Search = "INV" });
        await billing.NumbersAsync(new InvoiceFilter { Search = "ada" });
        await billing.NumbersAsync(new InvoiceFilter { Account = "ext:c-eve@example.com" });
        await billing.NumbersAsync(new InvoiceFilter { Kind = "valet" });
        await billing.NumbersAsync(new InvoiceFilter { Store = "main" });
        await billing.NumbersAsync(new InvoiceFilter { DueFrom = new DateOnly(2026, 3, 1), DueTo = new DateOnly(2026, 4, 1) });
        await billing.ReadAsync("INV-1");
        await database.Get<InvoiceQueries>().KindsAsync(TestDatabase.Robot);
        await new Shop(database, (await billing.Feed.CustomerAsync("10", "new@example.com"))).AuthorizeAsync("1", "1");

        Assert.NotEmpty(plans.Queries);
        Assert.DoesNotContain(plans.Scans, scan => scan.Contains("SCAN i", StringComparison.Ordinal));
        Assert.Contains(plans.Steps, step => step.Contains("IX_Invoices_Due", StringComparison.Ordinal));
    }

    private static async Task<Billing> LayOutAsync(TestDatabase database)
    {
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("55");
        await billing.Feed.CustomerAsync(email: "eve@example.com");
        await billing.CreatedAsync(Billing.Invoice("INV-1", "30.00", issuedOn: "2026-01-01", dueOn: "2026-02-01"));
        await billing.MarkPaidAsync("INV-1");
        await billing.CreatedAsync(Billing.Invoice("INV-2", "25.00", "valet", "2026-02-01", "2026-03-01"));
        await billing.CreatedAsync(Billing.Invoice("INV-3", "11.00", issuedOn: "2026-03-01", dueOn: "2026-04-01"));
        await billing.VoidedAsync("INV-3");
        await billing.CreatedAsync(Billing.Invoice("INV-4", "40.00", "self-storage", "2026-04-01", "2026-05-01", account: "c-eve@example.com"));
        await billing.CreatedAsync(Billing.Invoice("EUR-1", "9.00", issuedOn: "2026-05-01", dueOn: "2026-06-01", currency: "EUR"));
        return billing;
    }
}
