using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.TestSupport.PureWallet;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

/// <summary>Cases C10 and D of the behaviour catalogue: giving back what was captured.</summary>
public sealed class RefundingTests
{
    private readonly PureWallet wallet = new();

    [Fact]
    public void C10_D1_A_refund_puts_used_value_back_in_one_entry()
    {
        var credit = wallet.Issue(100_00);
        var captured = Captured(10_00);

        wallet.Refund(captured, 5_00);

        Assert.Equal((5_00, 0, 95_00), Uhr(credit));
        Assert.Equal(["Refund 500"], wallet.Lines(skip: 3));
        Assert.Equal((Bucket.Used, Bucket.Available, captured), (wallet.Last.From, wallet.Last.To, wallet.Last.Authorization));
        wallet.Refund(captured);
        Assert.Equal((0, 0, 100_00), Uhr(credit));
        Assert.Equal(AuthorizationStatus.Refunded, captured.Status);
    }

    [Fact]
    public void D4_D6_Refunds_in_parts_never_pass_what_was_captured()
    {
        wallet.Issue(100_00);
        var captured = Captured(10_00);

        Assert.True(wallet.Refund(captured, 6_00).IsOk);
        Assert.Equal("Only 4.00 USD can still be given back.", wallet.Refuses("exceeds-captured", one => one.Refund(captured, 5_00)).Message);
        Assert.True(wallet.Refund(captured, 4_00).IsOk);
        wallet.Refuses("exceeds-captured", one => one.Refund(captured, 1));
        wallet.Refuses("exceeds-captured", one => one.Refund(captured));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Nothing_or_less_is_not_given_back(long amount)
    {
        wallet.Issue(100_00);
        var captured = Captured(10_00);

        wallet.Refuses("amount-invalid", one => one.Refund(captured, amount));
    }

    [Fact]
    public void D17_What_is_only_held_is_not_given_back()
    {
        wallet.Issue(100_00);
        var held = wallet.Authorize(10_00);

        wallet.Refuses("exceeds-captured", one => one.Refund(held, 1));
        wallet.Capture(held, 4_00, keepRest: true);
        wallet.Refuses("exceeds-captured", one => one.Refund(held, 4_01));
    }

    [Fact]
    public void D7_D18_What_comes_back_to_voided_credit_opens_a_new_one_linked_to_it()
    {
        var credit = wallet.Issue(100_00);
        var captured = Captured(5_00);
        wallet.Wallet.Invalidate(wallet.Posting(Correction), credit);
        Assert.Equal(0, wallet.Wallet.Balance.Available);

        var draw = Assert.Single(wallet.Refund(captured, 5_00).Value);

        Assert.Equal(5_00, wallet.Wallet.Balance.Available);
        Assert.Equal((credit, wallet.RefundCredit, 5_00L), (draw.Credit.OriginCredit, draw.Credit.Type, draw.Credit.OpeningMinor));
        Assert.Equal((5_00, 0, 0), Uhr(credit));
        Assert.Equal((EntryKind.Issue, captured, "1001"), (wallet.Last.Kind, wallet.Last.Authorization, wallet.Last.OrderNumber));
        wallet.Refuses("exceeds-captured", one => one.Refund(captured, 1));
    }

    [Fact]
    public void D8_What_comes_back_after_the_last_good_day_expires_again_at_once()
    {
        var credit = wallet.Issue(30_00, expiresOn: wallet.Today);
        var captured = Captured(30_00);
        wallet.Now = wallet.Now.AddDays(9);

        wallet.Refund(captured);

        Assert.Equal(["Refund 3000", "Expire 3000"], wallet.Lines(skip: 3));
        Assert.Equal((0, 0, 0), Uhr(credit));
        Assert.Equal((30_00, wallet.Today), (credit.Buckets.Expired, wallet.Last.EffectiveOn));
    }

    [Fact]
    public void D9_A_refund_goes_back_last_drawn_first_and_expiry_dates_stay()
    {
        var x = wallet.Issue(25_00, expiresOn: wallet.Today.AddDays(1));
        var y = wallet.Issue(50_00, expiresOn: wallet.Today.AddDays(2));
        var captured = Captured(40_00);

        Assert.Equal([new Draw(y, 15_00), new Draw(x, 1_00)], wallet.Refund(captured, 16_00).Value);
        wallet.Refund(captured);

        Assert.Equal((0, 0, 25_00), Uhr(x));
        Assert.Equal((0, 0, 50_00), Uhr(y));
        Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 24)), (x.ExpiresOn, y.ExpiresOn));
    }

    [Fact]
    public void To_a_new_credit_the_used_value_stays_used_and_the_new_one_lives_as_its_type_says()
    {
        var credit = wallet.Issue(30_00, expiresOn: wallet.Today.AddDays(1));
        var captured = Captured(30_00);
        wallet.RefundCredit.DefaultExpiry = ExpiryPolicy.AfterDays(90);

        var draw = Assert.Single(wallet.Refund(captured, 10_00, toNewCredit: true).Value);

        Assert.Equal((30_00, 0, 0), Uhr(credit));
        Assert.Equal((wallet.Today.AddDays(90), 10_00), (draw.Credit.ExpiresOn, draw.Credit.Buckets.Available));
        wallet.Refuses("exceeds-captured", one => one.Refund(captured, 20_01));
    }

    [Fact]
    public void A_type_whose_fixed_date_has_passed_gives_credit_that_never_expires_rather_than_none()
    {
        wallet.Issue(30_00);
        var captured = Captured(30_00);
        wallet.RefundCredit.DefaultExpiry = ExpiryPolicy.OnDate(wallet.Today.AddDays(-1));

        Assert.Null(Assert.Single(wallet.Refund(captured, toNewCredit: true).Value).Credit.ExpiresOn);
    }

    [Fact]
    public void An_account_at_the_top_of_the_range_refuses_a_new_credit_and_still_takes_value_back_where_it_was()
    {
        wallet.Issue(Money.MaxMinor);
        var captured = Captured(10_00);

        wallet.Refuses("amount-invalid", one => one.Refund(captured, 10_00, toNewCredit: true));

        Assert.True(wallet.Refund(captured, 10_00).IsOk);
    }

    [Fact]
    public void Value_released_after_the_last_good_day_expires_at_once()
    {
        var credit = wallet.IssueDrawn(50_00, expiresOn: wallet.Today);
        var held = wallet.Authorize(15_00);
        wallet.Now = wallet.Now.AddHours(13);

        wallet.Void(held);

        Assert.Equal(["Release 1500", "Expire 1500"], wallet.Lines(skip: 2));
        Assert.Equal((0, 0, 35_00), Uhr(credit));
    }

    private Authorization Captured(long amount) => wallet.Capture(wallet.Authorize(amount)).Value;
}
