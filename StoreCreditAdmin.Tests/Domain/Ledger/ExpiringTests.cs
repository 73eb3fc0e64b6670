using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.TestSupport.PureWallet;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

/// <summary>Cases H of the behaviour catalogue: how credit ends, and how it is brought back.</summary>
public sealed class ExpiringTests
{
    private readonly PureWallet wallet = new();

    [Fact]
    public void H2_A_year_from_a_leap_day_is_365_days() =>
        Assert.Equal(new DateOnly(2029, 2, 28), ExpiryPolicy.AfterDays(365).LastGoodDay(new DateOnly(2028, 2, 29)));

    [Fact]
    public void H3_H8_The_exact_rest_expires_once_on_the_last_good_day_however_late_the_job_is()
    {
        var lastGoodDay = wallet.Today.AddDays(3);
        var credit = wallet.IssueDrawn(50_00, used: 10_00, expiresOn: lastGoodDay);
        wallet.MoveTo(lastGoodDay);
        Assert.Equal(0, Expire(credit));
        wallet.MoveTo(lastGoodDay.AddDays(5));

        Assert.Equal(40_00, Expire(credit));
        Assert.Equal(0, Expire(credit));

        Assert.Equal(["Expire 4000"], wallet.Lines(skip: 3));
        Assert.Equal(lastGoodDay, wallet.Last.EffectiveOn);
        Assert.Equal((10_00, 0, 0), Uhr(credit));
        Assert.Equal(CreditStatus.Expired, credit.StatusOn(wallet.Today));
    }

    [Fact]
    public void H4_What_was_held_at_expiry_expires_when_it_is_freed()
    {
        var credit = wallet.IssueDrawn(50_00, used: 10_00, expiresOn: wallet.Today);
        var held = wallet.Authorize(15_00);
        wallet.Now = wallet.Now.AddHours(13);

        Assert.Equal(25_00, Expire(credit));
        wallet.Void(held);

        Assert.Equal(["Expire 2500", "Release 1500", "Expire 1500"], wallet.Lines(skip: 4));
        Assert.Equal((10_00, 0, 0), Uhr(credit));
        Assert.Equal(40_00, credit.Buckets.Expired);
    }

    [Fact]
    public void H5_A_changed_policy_leaves_credit_that_was_issued_before_alone()
    {
        wallet.StoreCredit.DefaultExpiry = ExpiryPolicy.AfterDays(30);
        var credit = wallet.Issue(50_00, expiresOn: wallet.StoreCredit.DefaultExpiry.LastGoodDay(wallet.Today));
        wallet.StoreCredit.DefaultExpiry = ExpiryPolicy.AfterDays(10);

        Assert.Equal(wallet.Today.AddDays(30), credit.ExpiresOn);
    }

    [Fact]
    public void Extending_expired_credit_brings_its_value_back()
    {
        var credit = Lapsed(booked: true);

        Assert.True(ChangeExpiry(credit, wallet.Today).IsOk);

        Assert.Equal(["Expire 5000", "Reinstate 5000"], wallet.Lines(skip: 1));
        Assert.Equal((50_00, CreditStatus.Active), (credit.Buckets.Available, credit.StatusOn(wallet.Today)));
        Assert.Equal(5_00, wallet.Authorize(5_00).AuthorizedMinor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_history_is_the_same_whether_or_not_the_job_was_late(bool booked)
    {
        var credit = Lapsed(booked);

        ChangeExpiry(credit, null);

        Assert.Equal(["Expire 5000", "Reinstate 5000"], wallet.Lines(skip: 1));
        Assert.Equal(new DateOnly(2026, 11, 22), wallet.Entries[1].EffectiveOn);
        Assert.Equal(wallet.Today, wallet.Last.EffectiveOn);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Voiding_expired_credit_takes_nothing_more(bool booked)
    {
        var credit = Lapsed(booked);

        wallet.Wallet.Invalidate(wallet.Posting(Correction), credit);

        Assert.Equal(["Expire 5000"], wallet.Lines(skip: 1));
        Assert.Equal((50_00, 0, true), (credit.Buckets.Expired, credit.Buckets.Invalidated, credit.IsInvalidated));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void J8_Nothing_is_reclaimed_from_expired_credit(bool booked)
    {
        var credit = Lapsed(booked);

        Assert.Equal(0, wallet.Wallet.Reclaim(wallet.Posting(), credit, 10_00).Value);

        Assert.Equal(["Expire 5000"], wallet.Lines(skip: 1));
    }

    [Fact]
    public void Reclaim_takes_what_is_there_and_no_more()
    {
        var credit = wallet.IssueDrawn(100_00, used: 30_00);

        Assert.Equal(70_00, wallet.Wallet.Reclaim(wallet.Posting(), credit, 100_00).Value);
        Assert.Equal(0, wallet.Wallet.Reclaim(wallet.Posting(), credit, 30_00).Value);

        Assert.Equal((30_00, 0, 0), Uhr(credit));
        Assert.Equal(70_00, credit.Buckets.Reclaimed);
        wallet.Refuses("amount-invalid", one => one.Wallet.Reclaim(one.Posting(), credit, 0));
    }

    [Fact]
    public void Expired_credit_is_neither_debited_adjusted_nor_deleted()
    {
        var credit = Lapsed(booked: false);

        wallet.Refuses("insufficient-credit", one => one.Wallet.Debit(one.Posting(Correction), 1));
        wallet.Refuses("credit-expired", one => one.Wallet.AdjustBy(one.Posting(Correction), credit, -1));
        wallet.Refuses("credit-expired", one => one.Wallet.AdjustBy(one.Posting(Correction), credit, 1));
        wallet.Refuses("credit-in-use", one => one.Wallet.Delete(one.Posting(Correction), credit));
    }

    [Fact]
    public void An_expiry_date_can_be_shortened_to_today_and_not_to_yesterday()
    {
        var credit = wallet.Issue(50_00, expiresOn: wallet.Today.AddDays(9));

        Assert.Equal("expiresOn", wallet.Refuses("expiry-in-past", one => ChangeExpiry(credit, wallet.Today.AddDays(-1))).Field);
        Assert.True(ChangeExpiry(credit, wallet.Today).IsOk);

        Assert.Equal(wallet.Today, credit.ExpiresOn);
        Assert.Single(wallet.Entries);
        Assert.Equal(1_00, wallet.Authorize(1_00).AuthorizedMinor);
    }

    [Fact]
    public void The_same_date_again_moves_nothing()
    {
        var credit = wallet.Issue(50_00, expiresOn: wallet.Today);

        Assert.True(ChangeExpiry(credit, wallet.Today).IsOk);
        Assert.Single(wallet.Entries);
        wallet.Now = wallet.Now.AddDays(1);
        wallet.Refuses("expiry-in-past", one => ChangeExpiry(credit, credit.ExpiresOn));
    }

    [Fact]
    public void No_expiry_lies_before_the_effective_date_or_before_today()
    {
        wallet.Refuses("expiry-in-past", one => one.TryIssue(1_00, expiresOn: one.Today.AddDays(-1)));
        wallet.Refuses("expiry-in-past", one => one.TryIssue(1_00, expiresOn: one.Today.AddDays(1), effectiveOn: one.Today.AddDays(2)));
        var credit = wallet.Issue(1_00, effectiveOn: wallet.Today.AddDays(2));

        wallet.Refuses("expiry-in-past", one => ChangeExpiry(credit, wallet.Today.AddDays(1)));
        Assert.True(ChangeExpiry(credit, wallet.Today.AddDays(2)).IsOk);
    }

    [Fact]
    public void A_type_that_never_expires_takes_no_date()
    {
        var giftCard = new CreditType("gift-card", "Gift Card") { MayExpire = false };
        var credit = wallet.Issue(1_00, type: giftCard);

        wallet.Refuses("expiry-not-allowed", one => one.TryIssue(1_00, expiresOn: one.Today, type: giftCard));
        wallet.Refuses("expiry-not-allowed", one => ChangeExpiry(credit, wallet.Today));
    }

    [Fact]
    public void Credit_whose_whole_value_is_held_past_its_last_good_day_is_expired()
    {
        var credit = wallet.Issue(50_00, expiresOn: wallet.Today);
        wallet.Authorize(50_00);

        Assert.Equal(CreditStatus.Active, credit.StatusOn(wallet.Today));
        Assert.Equal(CreditStatus.Expired, credit.StatusOn(wallet.Today.AddDays(1)));
    }

    private Credit Lapsed(bool booked)
    {
        var credit = wallet.Issue(50_00, expiresOn: wallet.Today);
        wallet.Now = wallet.Now.AddDays(2);
        if (booked)
        {
            Expire(credit);
        }

        return credit;
    }

    private long Expire(Credit credit) => wallet.Wallet.Expire(wallet.Posting(), credit);

    private Result<Credit> ChangeExpiry(Credit credit, DateOnly? on) => wallet.Wallet.ChangeExpiry(wallet.Posting(Correction), credit, on);
}
