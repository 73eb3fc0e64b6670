using System.Net;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.Features.Checkout.CheckoutApp;

namespace StoreCreditAdmin.Tests.Features.Checkout;

/// <summary>What time does to checkouts, on the running application's own clock, which each test moves further on.</summary>
public sealed class CheckoutClockTests(CheckoutApp shop) : IClassFixture<CheckoutApp>
{
    [Fact]
    public async Task A17_A_stale_hold_is_freed_exactly_once_by_the_job()
    {
        var account = await shop.CustomerAsync("100");
        var code = await shop.HoldAsync(account, "40");
        var now = await shop.NowAsync();

        await shop.MoveToAsync(now.AddHours(23));
        Assert.Equal(("60.00", "40.00", "0.00"), await shop.BalanceAsync(account));
        await shop.MoveToAsync(now.AddHours(24).AddMinutes(1));
        await shop.MoveToAsync(now.AddHours(48));

        Assert.Equal(("100.00", "0.00", "0.00"), await shop.BalanceAsync(account));
        var entries = (await shop.Api.GetAsync($"accounts/{account}/entries?view=staff")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["release", "authorize", "issue"], entries.Select(entry => entry.GetProperty("kind").GetString()));
        Assert.Equal("expired", (await shop.Api.GetAsync("authorizations/" + code)).Text("status"));
        (await shop.CaptureAsync(code)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "authorization-expired");
    }

    [Fact]
    public async Task A13_B8_Credit_that_expired_pays_what_was_promised_and_nothing_more()
    {
        var now = await shop.NowAsync();
        var account = await shop.Api.AddAccountAsync();
        await shop.Api.IssueAsync(account, "50", expiresOn: now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await shop.Api.IssueAsync(account, "7", expiresOn: now.AddDays(400).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var code = (await shop.PostAsync("authorizations", new { accountId = account, orderNumber = NewOrder(), orderTotal = Usd("20"), expiresInMinutes = 5000 })).Text("code");
        var only = await shop.Api.AddAccountAsync();
        await shop.Api.IssueAsync(only, "50", expiresOn: now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await shop.MoveToAsync(new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero).AddMinutes(5));

        var quoted = await shop.QuoteAsync(account, "10");
        (await shop.CaptureAsync(code)).Expect(HttpStatusCode.OK);

        Assert.Equal(("7.00", "3.00", "7.00"), (quoted.Text("applicable"), quoted.Text("due"), quoted.Text("available")));
        Assert.Equal("credit-expired", (await shop.QuoteAsync(only, "1", "1")).Text("refusal"));
        (await shop.AuthorizeAsync(only, "1", "1")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "credit-expired");
    }

    [Fact]
    public async Task Credit_for_later_and_voided_credit_say_why_they_do_not_pay()
    {
        var now = await shop.NowAsync();
        var later = await shop.Api.AddAccountAsync();
        var day = now.AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (await shop.Api.PostAsync($"accounts/{later}/credits", new { amount = Usd("10"), type = "goodwill", effectiveOn = day })).Expect(HttpStatusCode.Created);
        var voided = await shop.Api.AddAccountAsync();
        await shop.Api.PostAsync($"credits/{await shop.Api.IssueAsync(voided, "150")}/invalidate", new { reason = "fraud" });

        foreach (var (account, code) in new[] { (later, "credit-not-effective"), (voided, "credit-invalidated") })
        {
            Assert.Equal(code, (await shop.QuoteAsync(account, "0.01")).Text("refusal"));
            (await shop.AuthorizeAsync(account, "0.01", "0.01")).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        }

        await shop.MoveToAsync(now.AddDays(5));
        await shop.HoldAsync(later, "10");
    }

    [Fact]
    public async Task Value_that_returns_late_expires_again_or_gets_the_days_that_the_store_gives_it()
    {
        var now = await shop.NowAsync();
        var code = "late-" + Guid.NewGuid().ToString("N")[..8];
        (await shop.Api.PostAsync("stores", new { code, name = "Late", currency = "USD", timeZone = "UTC", returnedValueDays = 30 })).Expect(HttpStatusCode.Created);
        var account = await shop.Api.AddAccountAsync();
        async Task<string> HoldAsync(string store)
        {
            var expiresOn = now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            (await shop.Api.PostAsync($"accounts/{account}/credits", new { store, amount = Usd("50"), type = "promotion", expiresOn })).Expect(HttpStatusCode.Created);
            return (await shop.PostAsync("authorizations", new { store, accountId = account, orderNumber = NewOrder(), orderTotal = Usd("20"), expiresInMinutes = 5000 })).Expect(HttpStatusCode.Created).Text("code");
        }

        var (main, late) = (await HoldAsync("main"), await HoldAsync(code));
        var used = (await shop.PostAsync("authorizations", new { store = code, accountId = account, orderNumber = NewOrder(), orderTotal = Usd("10"), expiresInMinutes = 5000 })).Text("code");
        await shop.CaptureAsync(used);
        await shop.MoveToAsync(new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero).AddHours(1));

        await shop.VoidAsync(main);
        await shop.VoidAsync(late);
        var refund = (await shop.RefundAsync(used)).Expect(HttpStatusCode.Created);

        var until = now.AddDays(31).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var active = (await shop.Api.GetAsync($"credits?accountId={account}&status=active")).Json.GetProperty("items").EnumerateArray()
            .Select(credit => $"{credit.GetProperty("store")} {credit.GetProperty("type")} {credit.GetProperty("remaining")} {credit.GetProperty("expiresOn")} {credit.GetProperty("source")}");
        Assert.Equal([$"{code} promotion 10.00 {until} returned", $"{code} promotion 20.00 {until} returned"], active.Order());
        Assert.Equal("10.00", refund.Text("authorization.refunded"));
        Assert.Equal("true", (await shop.Api.GetAsync("system/ledger/verify")).Text("ok").ToLowerInvariant());
    }
}
