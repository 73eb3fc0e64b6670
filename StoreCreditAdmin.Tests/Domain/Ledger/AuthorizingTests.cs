using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.TestSupport.PureWallet;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

/// <summary>Cases A of the behaviour catalogue: holding credit for an order.</summary>
public sealed class AuthorizingTests
{
    private readonly PureWallet wallet = new();

    [Theory]
    [InlineData(3_00, 4_00, 146_00)]
    [InlineData(149_00, 150_00, 0)]
    public void A1_A2_What_is_held_leaves_what_remains(long amount, long held, long remaining)
    {
        var credit = wallet.IssueDrawn(150_00, held: 1_00);

        var authorization = wallet.Authorize(amount);

        Assert.Equal((0, held, remaining), Uhr(credit));
        Assert.Equal((EntryKind.Authorize, amount, authorization), (wallet.Last.Kind, wallet.Last.AmountMinor, wallet.Last.Authorization));
        Assert.Equal([(credit, amount)], authorization.Lines.Select(line => (line.Credit, line.AuthorizedMinor)));
        Assert.Equal(AuthorizationStatus.Open, authorization.Status);
    }

    [Fact]
    public void A4_A_cent_more_than_there_is_is_refused()
    {
        wallet.Issue(150_00);

        var refusal = wallet.Refuses("insufficient-credit", one => one.TryAuthorize(150_01));

        Assert.Equal("Only 150.00 USD is left.", refusal.Message);
    }

    [Fact]
    public void A7_All_that_there_is_can_be_held_to_the_cent()
    {
        var credit = wallet.Issue(8_21);

        wallet.Authorize(8_21);

        Assert.Equal((0, 8_21, 0), Uhr(credit));
    }

    [Fact]
    public void A10_Invalidated_credit_counts_as_nothing()
    {
        var credit = wallet.Issue(150_00);
        wallet.Wallet.Invalidate(wallet.Posting(Correction), credit);

        wallet.Refuses("credit-invalidated", one => one.TryAuthorize(1));
        wallet.Refuses("credit-invalidated", one => one.TryAuthorize(null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5_00)]
    [InlineData(long.MinValue)]
    public void A11_The_amount_must_be_positive(long amount)
    {
        wallet.Issue(150_00);

        wallet.Refuses("amount-invalid", one => one.TryAuthorize(amount));
    }

    [Fact]
    public void A12_Zero_frees_what_the_order_holds_even_while_the_account_is_on_hold()
    {
        var credit = wallet.Issue(16_50);
        var held = wallet.Authorize(10_00);
        wallet.Account.Hold(Correction, null, wallet.Actor, wallet.Now);

        Assert.Null(wallet.TryAuthorize(0, replaced: held).Value);

        Assert.Equal((0, 0, 16_50), Uhr(credit));
        Assert.Equal(AuthorizationStatus.Voided, held.Status);
    }

    [Fact]
    public void A13_H1_The_clock_decides_whether_credit_has_expired_though_no_job_has_run()
    {
        var tokyo = new PureWallet(timeZone: "Asia/Tokyo");
        tokyo.Issue(150_00, expiresOn: new DateOnly(2026, 12, 31));

        tokyo.Now = DateTimeOffset.Parse("2026-12-31T23:59:59+09:00");
        tokyo.Authorize(1_00);
        tokyo.Now = DateTimeOffset.Parse("2027-01-01T00:00:00+09:00");

        tokyo.Refuses("credit-expired", one => one.TryAuthorize(1_00));
    }

    [Fact]
    public void A15_An_account_on_hold_authorizes_nothing_until_the_hold_is_lifted()
    {
        wallet.Issue(100_00);
        wallet.Account.Hold(Correction, null, wallet.Actor, wallet.Now);

        wallet.Refuses("account-on-hold", one => one.TryAuthorize(10_00));
        wallet.Refuses("account-on-hold", one => one.TryAuthorize(null));
        wallet.Account.LiftHold();

        Assert.Equal(10_00, wallet.Authorize(10_00).AuthorizedMinor);
    }

    [Fact]
    public void A17_What_is_held_too_long_is_released_exactly_once()
    {
        var credit = wallet.Issue(100_00);
        var held = wallet.Authorize(40_00);
        wallet.Now = held.ExpiresAt.AddTicks(-1);
        Assert.False(wallet.Wallet.ReleaseStale(wallet.Posting(), held));
        wallet.Now = held.ExpiresAt;

        Assert.True(wallet.Wallet.ReleaseStale(wallet.Posting(), held));
        Assert.False(wallet.Wallet.ReleaseStale(wallet.Posting(), held));

        Assert.Equal((0, 0, 100_00), Uhr(credit));
        Assert.Equal(AuthorizationStatus.Expired, held.Status);
        Assert.Equal(["Release 4000"], wallet.Lines(skip: 2));
        wallet.Refuses("authorization-expired", one => one.Capture(held));
    }

    [Fact]
    public void Scheduled_credit_is_neither_held_nor_quoted_before_its_day()
    {
        var credit = wallet.Issue(50_00, effectiveOn: wallet.Today.AddDays(1));

        Assert.Empty(wallet.Wallet.DrawsFor(10_00, wallet.Today));
        wallet.Refuses("credit-not-effective", one => one.TryAuthorize(10_00));
        wallet.Now = wallet.Now.AddDays(1);

        Assert.Equal([new Draw(credit, 10_00)], wallet.Wallet.DrawsFor(10_00, wallet.Today));
        Assert.Equal(10_00, wallet.Authorize(10_00).AuthorizedMinor);
    }

    [Fact]
    public void Without_an_amount_as_much_as_possible_is_held_up_to_what_the_order_owes()
    {
        wallet.Issue(70_00);

        Assert.Equal(30_00, wallet.TryAuthorize(null, total: 100_00, taken: 70_00).Value!.AuthorizedMinor);
        Assert.Equal(40_00, wallet.TryAuthorize(null, total: 100_00).Value!.AuthorizedMinor);
        wallet.Refuses("insufficient-credit", one => one.TryAuthorize(null, total: 100_00));
    }

    [Fact]
    public void No_more_than_the_order_still_owes_is_held()
    {
        wallet.Issue(500_00);

        wallet.Refuses("exceeds-order", one => one.TryAuthorize(100_01, total: 100_00));
        wallet.Refuses("exceeds-order", one => one.TryAuthorize(40_01, total: 100_00, taken: 60_00));
        wallet.Refuses("exceeds-order", one => one.TryAuthorize(null, total: 100_00, taken: 100_00));
        wallet.Refuses("exceeds-order", one => one.TryAuthorize(1, total: 100_00, taken: 120_00));
        wallet.Refuses("amount-invalid", one => one.TryAuthorize(null, total: 0));
        Assert.Equal("orderTotal", wallet.Refuses("amount-invalid", one => one.TryAuthorize(null, total: -1)).Field);
    }

    [Fact]
    public void A_second_authorization_of_an_order_replaces_the_open_part_of_the_first()
    {
        var credit = wallet.Issue(100_00);
        var first = wallet.Authorize(60_00);
        wallet.Capture(first, 20_00, keepRest: true);

        var second = wallet.Authorize(80_00, replaced: first);

        Assert.Equal((20_00, 80_00, 0), Uhr(credit));
        Assert.Equal((AuthorizationStatus.PartlyCaptured, false), (first.Status, first.IsOpen));
        Assert.Equal(80_00, second.OpenMinor);
        Assert.Equal(["Release 4000", "Authorize 8000"], wallet.Lines(skip: 3));
    }

    [Fact]
    public void A_refused_replacement_leaves_the_first_as_it_was()
    {
        wallet.Issue(100_00);
        var first = wallet.Authorize(60_00);

        wallet.Refuses("insufficient-credit", one => one.TryAuthorize(100_01, replaced: first));
        wallet.Account.Hold(Correction, null, wallet.Actor, wallet.Now);
        wallet.Refuses("account-on-hold", one => one.TryAuthorize(10_00, replaced: first));

        Assert.Equal(60_00, first.OpenMinor);
    }

    [Fact]
    public void What_an_expired_credit_holds_is_not_there_for_a_replacement_and_stays_promised_to_the_first()
    {
        wallet.Issue(100_00, expiresOn: wallet.Today);
        var first = wallet.Authorize(60_00);
        wallet.Now = first.CreatedAt.AddHours(13);

        wallet.Refuses("credit-expired", one => one.TryAuthorize(50_00, replaced: first));

        Assert.Equal(60_00, wallet.Capture(first).Value.CapturedMinor);
    }

    [Fact]
    public void Several_credits_are_drawn_in_spending_order_with_one_line_each()
    {
        var never = wallet.Issue(30_00);
        var december = wallet.Issue(10_00, expiresOn: new DateOnly(2026, 12, 1));
        var november = wallet.Issue(20_00, expiresOn: new DateOnly(2026, 11, 30));

        var authorization = wallet.Authorize(25_00);

        Assert.Equal([(november, 20_00L, 0), (december, 5_00L, 1)], authorization.Lines.Select(line => (line.Credit, line.AuthorizedMinor, line.Position)));
        Assert.Equal((0, 0, 30_00), Uhr(never));
    }

    [Fact]
    public void The_largest_amount_can_be_held_and_taken()
    {
        var credit = wallet.Issue(Money.MaxMinor);

        wallet.Capture(wallet.Authorize(Money.MaxMinor));

        Assert.Equal((Money.MaxMinor, 0, 0), Uhr(credit));
        wallet.Refuses("amount-invalid", one => one.TryIssue(1));
    }
}
