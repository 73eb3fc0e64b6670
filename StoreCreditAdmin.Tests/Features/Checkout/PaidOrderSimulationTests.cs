using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Checkout;

/// <summary>An order that comes paid by card, simulated and then told: both do the same.</summary>
public sealed class PaidOrderSimulationTests
{
    [Theory]
    [InlineData("8.12", "23.75", "8.12", "15.63")]
    [InlineData("20", "11.88", "11.88", "0.00")]
    public async Task A_guests_order_takes_what_was_shown_and_asks_as_much_back_from_the_card(string credit, string total, string captured, string stays)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync(credit);
        await database.IssueAsync(account, "1", type: "promotion", currency: "EUR");
        await feed.ApplyAfterCheckoutAsync();
        var before = await CountsAsync(database);

        var shown = (await SimulateAsync(database, total, email: " ADA@example.com ")).Value;

        Assert.Equal(before, await CountsAsync(database));
        Assert.Equal((account.PublicId, captured, stays), (shown.AccountId, shown.Quote.Applicable.ToString(), shown.Quote.Due.ToString()));
        var told = await feed.PaidAsync(ShopFeed.Order("100", total, guest: true, payments: ShopFeed.Card(total)));
        Assert.Equal([$"card-refund-requested {captured}", .. shown.Paying.Select(one => $"captured {one.Pays}")], told.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Equal(shown.Paying.Select(one => one.CreditId), told.Effects.Skip(1).Select(effect => effect.CreditId!.Value));
    }

    [Fact]
    public async Task Nothing_is_shown_for_a_store_that_does_not_want_it_an_account_on_hold_and_one_who_may_not_spend()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var held = await feed.CustomerAsync("20");
        var company = await feed.CustomerAsync("20", "bea@example.com", AccountKind.Company, mayUseCredit: false);

        var off = (await SimulateAsync(database, "10", held)).Value;
        await feed.ApplyAfterCheckoutAsync();
        await database.Get<AccountService>().HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), held.PublicId.ToString(), new HoldRequest { Reason = "fraud" });
        var onHold = (await SimulateAsync(database, "10", held)).Value;
        var forbidden = (await SimulateAsync(database, "10", company, "bea@example.com")).Value;
        var byAccount = (await SimulateAsync(database, "10", company)).Value;
        var told = new List<string?>();
        foreach (var (number, email) in new[] { ("1", ShopFeed.Email), ("2", "bea@example.com") })
        {
            told.Add((await feed.PaidAsync(ShopFeed.Order(number, "10.00", email: email, payments: ShopFeed.Card("10.00")))).Effects.Single().Reason);
        }

        Assert.Equal(("not-applied-after-checkout", "0.00", "20.00"), (off.Quote.Refusal, off.Quote.Applicable.ToString(), off.Quote.Available.ToString()));
        Assert.Equal([onHold.Quote.Refusal, forbidden.Quote.Refusal], told);
        Assert.Equal(("0.00", "10.00"), (forbidden.Quote.Applicable.ToString(), forbidden.Quote.Due.ToString()));
        Assert.Equal("10.00", byAccount.Quote.Applicable.ToString());
    }

    [Fact]
    public async Task Nothing_is_shown_while_the_module_is_off()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");
        await feed.ApplyAfterCheckoutAsync();
        await database.Get<EarningSettingsService>().SetModuleAsync(TestDatabase.Robot, OperationKey.ForForm(), new ModuleSettings { Enabled = false });

        var shown = (await SimulateAsync(database, "10", account)).Value;

        Assert.Equal(("module-disabled", "0.00", "20.00"), (shown.Quote.Refusal, shown.Quote.Applicable.ToString(), shown.Quote.Available.ToString()));
        Assert.All(shown.Others, credit => Assert.Equal(IdleReason.Refused, credit.Reason));
        var told = await feed.PaidAsync(ShopFeed.Order("1", "10.00", payments: ShopFeed.Card("10.00")));
        Assert.Equal(shown.Quote.Refusal, told.Effects.Single().Reason);
    }

    [Fact]
    public async Task A_guest_whom_nobody_knows_has_no_credit_and_nobody_at_all_is_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new ShopFeed(database).CustomerAsync("20", "bea@example.com", AccountKind.Company);

        foreach (var email in new[] { "nobody@example.com", "bea@example.com" })
        {
            Assert.Equal(("not-found", "email"), ((await SimulateAsync(database, "10", email: email)).Refusal?.Code, (await SimulateAsync(database, "10", email: email)).Refusal?.Field));
        }

        Assert.Equal("invalid-request", (await SimulateAsync(database, "10", email: " ")).Refusal?.Code);
    }

    private static Task<Result<SimulationView>> SimulateAsync(TestDatabase database, string total, Account? account = null, string? email = null) =>
        database.Get<CheckoutQuotes>().SimulateAsync(TestDatabase.Robot, new SimulationRequest
        {
            Account = account?.PublicId.ToString(),
            Email = email,
            OrderTotal = MoneyInput.Of(total, "USD"),
            Amount = new PartialAmount("1"),
            PaidByCard = true,
        });

    private static async Task<(int, int, int, int)> CountsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Operations.CountAsync(), await db.LedgerEntries.CountAsync(), await db.AuditEntries.CountAsync(), await db.OutboxMessages.CountAsync());
    }
}
