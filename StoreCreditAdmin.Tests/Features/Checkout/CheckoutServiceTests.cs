using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Checkout;

public sealed class CheckoutServiceTests
{
    [Fact]
    public async Task An_authorization_is_held_captured_and_given_back_to_the_credit_that_it_came_from()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "150");
        var checkout = new Shop(database, account);

        var held = (await checkout.AuthorizeAsync("1001", "30", "25")).Value;
        var captured = (await checkout.CaptureAsync(held.Code, "20")).Value;
        var refunded = (await checkout.RefundAsync(held.Code, "5.50")).Value;

        Assert.Equal(("open", "25.00", account.PublicId), (held.Status, held.Amount.ToString(), held.AccountId));
        Assert.Equal(database.Clock.Now.AddHours(24), held.ExpiresAt);
        Assert.Equal(("partly-captured", "20.00", "5.00"), (captured.Status, captured.Captured.ToString(), captured.Released.ToString()));
        Assert.Equal(("5.50", "14.50"), (refunded.Refund.Amount.ToString(), (await database.ReadViewAsync(credit.Id)).Used.ToString()));
        Assert.Equal([new RefundLineView(credit.Id, refunded.Refund.Amount)], refunded.Refund.Lines);
        Assert.Equal(["Issue", "Authorize", "Capture", "Release", "Refund"], (await database.ReadEntriesAsync(account)).Select(entry => entry.Kind.ToString()));
        Assert.All((await database.ReadEntriesAsync(account)).Skip(1), entry => Assert.Equal("1001", entry.OrderNumber));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Without_an_amount_as_much_as_possible_is_held_and_zero_frees_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "16.50");
        var checkout = new Shop(database, account);

        var most = (await checkout.AuthorizeAsync("7", "100")).Value;
        var less = (await checkout.AuthorizeAsync("7", "10")).Value;
        var none = (await checkout.AuthorizeAsync("7", "10", "0")).Value;
        var noneAgain = await checkout.AuthorizeAsync("7", "10", "0");

        Assert.Equal(("16.50", "10.00"), (most.Amount.ToString(), less.Amount.ToString()));
        Assert.Equal((less.Code, "voided", "10.00"), (none.Code, none.Status, none.Released.ToString()));
        Assert.Equal("amount-invalid", noneAgain.Refusal?.Code);
        Assert.Equal(1650, (await database.ReadEntriesAsync(account))[^1].AccountAvailableAfter);
    }

    [Fact]
    public async Task An_order_never_gets_more_than_its_total_from_all_its_authorizations_together()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var partner = await database.AddAccountAsync("Partner");
        await database.IssueAsync(account, "500");
        await database.IssueAsync(partner, "500");
        var first = new Shop(database, account);
        var second = new Shop(database, partner);

        var held = (await first.AuthorizeAsync("7", "100", "60")).Value;
        var tooMuch = await second.AuthorizeAsync("7", "100", "40.01");
        var rest = (await second.AuthorizeAsync("7", "100")).Value;
        await first.CaptureAsync(held.Code);
        await second.CaptureAsync(rest.Code);
        var again = await first.AuthorizeAsync("7", "100");
        await first.RefundAsync(held.Code, "10");
        var afterRefund = await first.AuthorizeAsync("7", "100");

        Assert.Equal(("exceeds-order", "amount"), (tooMuch.Refusal?.Code, tooMuch.Refusal?.Field));
        Assert.Equal("40.00", rest.Amount.ToString());
        Assert.Equal("exceeds-order", again.Refusal?.Code);
        Assert.Equal("10.00", afterRefund.Value.Amount.ToString());
    }

    [Fact]
    public async Task A_refusal_says_why_there_is_nothing_to_spend()
    {
        await using var database = await TestDatabase.CreateAsync();
        var nobody = await database.AddAccountAsync("Nobody");
        var dollars = await database.AddAccountAsync("Dollars");
        await database.IssueAsync(dollars, "150", "AUD");
        var voided = await database.AddAccountAsync("Voided");
        var credit = await database.IssueAsync(voided, "150");
        await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, new InvalidateCreditRequest { Reason = "fraud" });
        var late = await database.AddAccountAsync("Late");
        await database.IssueAsync(late, "150", expiresOn: new DateOnly(2026, 11, 22));
        database.Clock.Now = new DateTimeOffset(2026, 11, 23, 0, 5, 0, TimeSpan.Zero);

        Assert.Equal("insufficient-credit", (await new Shop(database, nobody).AuthorizeAsync("1", "10")).Refusal?.Code);
        Assert.Equal("currency-mismatch", (await new Shop(database, dollars).AuthorizeAsync("2", "10", "10")).Refusal?.Code);
        Assert.Equal("credit-invalidated", (await new Shop(database, voided).AuthorizeAsync("3", "0.01", "0.01")).Refusal?.Code);
        Assert.Equal("credit-expired", (await new Shop(database, late).AuthorizeAsync("4", "1", "1")).Refusal?.Code);
        await using var db = database.Open();
        Assert.False(await db.Authorizations.AnyAsync());
    }

    [Fact]
    public async Task An_order_that_is_known_is_paid_in_its_store_and_currency_only()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddStoreAsync("tokyo", "Tokyo", "JPY", "Asia/Tokyo");
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("100");
        await database.IssueAsync(account, "100", "EUR");
        await feed.PlacedAsync(ShopFeed.Order("1", "50.00"));

        var inEuros = await new Shop(database, account, "EUR").AuthorizeAsync("1", "50");
        var inTokyo = await database.Get<CheckoutService>().AuthorizeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new AuthorizeRequest
        {
            Store = "tokyo",
            OrderNumber = "1",
            OrderTotal = MoneyInput.Of("50", "USD"),
        });

        Assert.Equal(("currency-mismatch", "orderTotal"), (inEuros.Refusal?.Code, inEuros.Refusal?.Field));
        Assert.Equal(("store-mismatch", "store"), (inTokyo.Refusal?.Code, inTokyo.Refusal?.Field));
        Assert.Equal("50.00", (await new Shop(database, account).AuthorizeAsync("1", "50")).Value.Amount.ToString());
    }

    [Theory]
    [InlineData("A\nB")]
    [InlineData("A\0B")]
    public async Task An_order_s_number_stands_on_one_line(string number)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        var shop = new Shop(database, account);
        var held = (await shop.AuthorizeAsync("1", "5")).Value;

        Assert.Equal(("text-invalid", "orderNumber"), await shop.AuthorizeAsync(number, "5") is { Refusal: { } refusal } ? (refusal.Code, refusal.Field) : default);
        Assert.Equal(("text-invalid", "reason"), await shop.VoidAsync(held.Code, "by\0mistake") is { Refusal: { } words } ? (words.Code, words.Field) : default);
    }

    [Fact]
    public async Task Only_a_contact_of_the_account_who_may_use_its_credit_can()
    {
        await using var database = await TestDatabase.CreateAsync();
        var company = await database.AddAccountAsync("Engines Ltd", AccountKind.Company);
        await database.IssueAsync(company, "100");
        var contact = await database.AddContactAsync(company, mayUseCredit: false);
        var stranger = await database.AddContactAsync(await database.AddAccountAsync("Other", AccountKind.Company), mayUseCredit: true);
        var checkout = new Shop(database, company);

        var off = await checkout.AuthorizeAsync("1", "10", contactId: contact.PublicId);
        await database.AllowCreditAsync(contact);
        var on = await checkout.AuthorizeAsync("1", "10", contactId: contact.PublicId);
        var foreign = await checkout.AuthorizeAsync("1", "10", contactId: stranger.PublicId);

        Assert.Equal("contact-not-permitted", off.Refusal?.Code);
        Assert.Equal(contact.PublicId, on.Value.ContactId);
        Assert.Equal("not-found", foreign.Refusal?.Code);
    }

    [Theory]
    [InlineData("10", null, "open")]
    [InlineData("10", "USD", "open")]
    [InlineData("10", "EUR", "currency-mismatch")]
    [InlineData("10", "", "currency-mismatch")]
    [InlineData("1.005", null, "amount-invalid")]
    [InlineData("-5", null, "amount-invalid")]
    [InlineData("0", null, "amount-invalid")]
    [InlineData("1e3", null, "amount-invalid")]
    [InlineData("1234567890123456", null, "amount-invalid")]
    [InlineData("", null, "amount-invalid")]
    [InlineData("10.01", null, "exceeds-order")]
    public async Task A_part_is_a_plain_decimal_in_the_orders_currency(string amount, string? currency, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "150");
        var request = new AuthorizeRequest { OrderNumber = "1", OrderTotal = MoneyInput.Of("10", "USD"), Amount = new PartialAmount(amount, currency) };

        var result = await database.Get<CheckoutService>().AuthorizeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request);

        Assert.Equal(expected, result.IsOk ? result.Value.Status : result.Refusal.Code);
        Assert.Equal(result.IsOk ? 2 : 1, (await database.ReadEntriesAsync(account)).Length);
    }

    [Fact]
    public async Task Captures_voids_and_refunds_of_an_unknown_code_are_refused_by_its_name()
    {
        await using var database = await TestDatabase.CreateAsync();
        var checkout = new Shop(database, await database.AddAccountAsync());

        foreach (var refusal in new[] { (await checkout.CaptureAsync("nope")).Refusal, (await checkout.VoidAsync("nope")).Refusal, (await checkout.RefundAsync("nope", "5")).Refusal })
        {
            Assert.Equal(("not-found", "There is no authorization 'nope'."), (refusal?.Code, refusal?.Message));
        }
    }

    [Fact]
    public async Task Voiding_twice_answers_the_same_and_after_a_capture_it_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        var checkout = new Shop(database, account);
        var held = (await checkout.AuthorizeAsync("1", "10")).Value;

        var first = await checkout.VoidAsync(held.Code, "customer went away");
        var second = await checkout.VoidAsync(held.Code);
        var capture = await checkout.CaptureAsync(held.Code);
        var other = (await checkout.AuthorizeAsync("2", "10")).Value;
        await checkout.CaptureAsync(other.Code);
        var late = await checkout.VoidAsync(other.Code);

        Assert.Equal(("voided", "voided"), (first.Value.Status, second.Value.Status));
        Assert.Equal("already-voided", capture.Refusal?.Code);
        Assert.Equal("already-captured", late.Refusal?.Code);
        var release = Assert.Single(await database.ReadEntriesAsync(account), entry => entry.Kind == StoreCreditAdmin.Domain.Ledger.EntryKind.Release);
        Assert.Equal("customer went away", release.Memo);
    }

    [Fact]
    public async Task A_repeated_call_gets_the_first_answer_and_holds_nothing_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        var service = database.Get<CheckoutService>();
        var request = new AuthorizeRequest { OrderNumber = "1", OrderTotal = MoneyInput.Of("10", "USD") };
        var key = new OperationKey("api:k:1", [1]);

        var first = await service.AuthorizeAsync(TestDatabase.Robot, key, account.PublicId.ToString(), request);
        var again = await service.AuthorizeAsync(TestDatabase.Robot, key, account.PublicId.ToString(), request);

        Assert.True(again.Replayed);
        Assert.Equal(first.Value.Code, again.Value.Code);
        Assert.Equal(first.Value.Lines, again.Value.Lines);
        Assert.Equal(2, (await database.ReadEntriesAsync(account)).Length);
    }

    [Fact]
    public async Task What_comes_back_to_voided_credit_opens_a_new_credit_linked_to_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "100");
        var checkout = new Shop(database, account);
        var held = (await checkout.AuthorizeAsync("1", "5")).Value;
        await checkout.CaptureAsync(held.Code);
        await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, new InvalidateCreditRequest { Reason = "fraud" });

        var refund = (await checkout.RefundAsync(held.Code, "5")).Value;

        var line = Assert.Single(refund.Refund.Lines);
        var opened = await database.ReadViewAsync(line.CreditId);
        Assert.Equal(("5.00", "refund-credit", credit.Id), (opened.Remaining.ToString(), opened.Type, opened.OriginCreditId));
        Assert.Equal("refunded", refund.Authorization.Status);
        Assert.True((await database.VerifyAsync()).Ok);
    }
}
