using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Checkout;

public sealed class CheckoutQuotesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_quote_is_what_the_checkout_then_does_and_writes_nothing(int seed)
    {
        await using var database = await TestDatabase.CreateAsync();
        var random = new Random(seed);
        var account = await database.AddAccountAsync();
        for (var i = 0; i < 8; i++)
        {
            var expiresOn = random.Next(2) == 0 ? (DateOnly?)null : new DateOnly(2026, 11, 22).AddDays(random.Next(0, 4));
            await database.IssueAsync(account, $"{random.Next(1, 20)}.{random.Next(100):00}", random.Next(5) == 0 ? "EUR" : "USD", expiresOn: expiresOn);
        }

        for (var step = 0; step < 25; step++)
        {
            var total = MoneyInput.Of($"{random.Next(0, 15)}.{random.Next(100):00}", random.Next(5) == 0 ? "EUR" : "USD");
            var amount = random.Next(3) == 0 ? new PartialAmount($"{random.Next(0, 9)}.50") : null;
            var before = await CountsAsync(database);
            var quote = await QuoteAsync(database, account.PublicId, total, amount);
            Assert.Equal(before, await CountsAsync(database));

            var held = await database.Get<CheckoutService>().AuthorizeAsync(
                TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new AuthorizeRequest { OrderNumber = $"{step}", OrderTotal = total, Amount = amount });
            if (held.IsOk)
            {
                Assert.Equal((held.Value.Amount, null), (quote.Value.Applicable, quote.Value.Refusal));
                Assert.Equal(held.Value.Lines.Select(line => (line.CreditId, line.Authorized)), quote.Value.Lines.Select(line => (line.CreditId, line.Amount)));
            }
            else if (quote.IsOk && quote.Value.Refusal is not null)
            {
                Assert.Equal((held.Refusal.Code, 0), (quote.Value.Refusal, quote.Value.Lines.Count));
            }
            else
            {
                Assert.Equal("amount-invalid", held.Refusal.Code);
            }

            if (step % 8 == 7)
            {
                database.Clock.Now = database.Clock.Now.AddDays(1);
            }
        }
    }

    [Fact]
    public async Task A_simulation_tells_of_each_credit_why_it_would_not_pay()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.Get<StoreService>().AddAsync(
            TestDatabase.Robot, OperationKey.ForForm(), new AddStoreRequest { Code = "tokyo", Name = "Tokyo", Currency = "JPY", TimeZone = "Asia/Tokyo" });
        var checkout = new Shop(database, account);
        var used = await database.IssueAsync(account, "4");
        await checkout.CaptureAsync((await checkout.AuthorizeAsync("1", "4")).Value.Code);
        var held = await database.IssueAsync(account, "4");
        await checkout.AuthorizeAsync("2", "4");
        var expired = await database.IssueAsync(account, "5", expiresOn: new DateOnly(2026, 11, 22));
        database.Clock.Now = database.Clock.Now.AddDays(1);
        var voided = await database.IssueAsync(account, "5");
        await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), voided.Id, new InvalidateCreditRequest { Reason = "fraud" });
        var euros = await database.IssueAsync(account, "5", "EUR");
        var tokyo = await IssueAsync(database, account, new IssueCreditRequest { Store = "tokyo", Amount = MoneyInput.Of("5", "USD"), Type = "goodwill" });
        var later = await IssueAsync(database, account, new IssueCreditRequest { Amount = MoneyInput.Of("5", "USD"), Type = "goodwill", EffectiveOn = new DateOnly(2026, 12, 24) });
        var soon = await database.IssueAsync(account, "5", expiresOn: new DateOnly(2026, 12, 1));
        var paying = await database.IssueAsync(account, "5", expiresOn: new DateOnly(2026, 11, 30));
        var idle = await database.IssueAsync(account, "5");

        var simulation = (await SimulateAsync(database, account.PublicId, "7")).Value;

        Assert.Equal([(paying.Id, "5.00", "0.00"), (soon.Id, "2.00", "3.00")], simulation.Paying.Select(credit => (credit.CreditId, credit.Pays.ToString(), credit.After.ToString())));
        Assert.Equal(
            new Dictionary<Guid, IdleReason>
            {
                [used.Id] = IdleReason.UsedUp,
                [held.Id] = IdleReason.Held,
                [expired.Id] = IdleReason.Expired,
                [voided.Id] = IdleReason.Invalidated,
                [euros.Id] = IdleReason.OtherCurrency,
                [tokyo] = IdleReason.OtherStore,
                [later] = IdleReason.NotEffectiveYet,
                [idle.Id] = IdleReason.NotNeeded,
            },
            simulation.Others.ToDictionary(credit => credit.CreditId, credit => credit.Reason));
        Assert.Equal(
            [new DateOnly(2026, 11, 22), new DateOnly(2026, 12, 24)],
            simulation.Others.Where(credit => credit.On is not null).Select(credit => credit.On!.Value).Order());
        Assert.Equal(("7.00", "0.00", "15.00", 8), (simulation.Quote.Applicable.ToString(), simulation.Quote.Due.ToString(), simulation.Quote.Available.ToString(), simulation.OthersCount));
        var tooMuch = (await SimulateAsync(database, account.PublicId, "70", "16")).Value;
        Assert.Equal(("insufficient-credit", "Only 15.00 USD is left.", 0), (tooMuch.Quote.Refusal, tooMuch.Why, tooMuch.Paying.Count));
        Assert.Equal(3, tooMuch.Others.Count(credit => credit.Reason == IdleReason.Refused));
    }

    [Fact]
    public async Task A_simulation_of_an_account_on_hold_says_so_of_each_credit_that_could_pay()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "5");
        await database.Get<StoreCreditAdmin.Features.Accounts.AccountService>().HoldAsync(
            TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new StoreCreditAdmin.Features.Accounts.HoldRequest { Reason = "fraud" });

        var simulation = (await SimulateAsync(database, account.PublicId, "7")).Value;

        Assert.True(simulation.OnHold);
        Assert.Equal("account-on-hold", simulation.Quote.Refusal);
        Assert.Equal(IdleReason.OnHold, Assert.Single(simulation.Others).Reason);
    }

    [Fact]
    public async Task Quotes_need_the_checkout_permission_and_simulations_only_a_look()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var till = Caller.ApiKey(Guid.NewGuid(), "Till", [Scopes.Checkout]);
        var reader = Caller.ApiKey(Guid.NewGuid(), "Reader", [Scopes.Read]);
        var request = new QuoteRequest { OrderTotal = MoneyInput.Of("1", "USD") };
        var simulation = new SimulationRequest { Account = account.PublicId.ToString(), OrderTotal = request.OrderTotal };

        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<CheckoutQuotes>().QuoteAsync(reader, request with { AccountId = account.PublicId.ToString() }));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<CheckoutQuotes>().SimulateAsync(till, simulation));
        Assert.True((await database.Get<CheckoutQuotes>().SimulateAsync(reader, simulation)).IsOk);
    }

    private static Task<Result<QuoteView>> QuoteAsync(TestDatabase database, Guid account, MoneyInput total, PartialAmount? amount) =>
        database.Get<CheckoutQuotes>().QuoteAsync(TestDatabase.Robot, new QuoteRequest { AccountId = account.ToString(), OrderTotal = total, Amount = amount });

    private static Task<Result<SimulationView>> SimulateAsync(TestDatabase database, Guid account, string total, string? amount = null) =>
        database.Get<CheckoutQuotes>().SimulateAsync(
            TestDatabase.Robot, new SimulationRequest { Account = account.ToString(), OrderTotal = MoneyInput.Of(total, "USD"), Amount = amount is null ? null : new PartialAmount(amount) });

    private static async Task<Guid> IssueAsync(TestDatabase database, StoreCreditAdmin.Domain.Accounts.Account account, IssueCreditRequest request) =>
        (await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value.Id;

    private static async Task<(int, int, int, int, int)> CountsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Operations.CountAsync(), await db.LedgerEntries.CountAsync(), await db.AuditEntries.CountAsync(), await db.AccountBalances.CountAsync(), await db.Authorizations.CountAsync());
    }
}
