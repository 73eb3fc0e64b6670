using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

/// <summary>No entry is dated on a day whose books are locked.</summary>
public sealed class LockedBooksTests
{
    private readonly PureWallet wallet = new();

    [Fact]
    public void A_late_expiry_of_a_locked_day_takes_the_first_open_day_and_the_credit_keeps_its_own()
    {
        var lastGoodDay = new DateOnly(2026, 11, 25);
        var credit = wallet.IssueDrawn(50_00, used: 10_00, expiresOn: lastGoodDay);
        wallet.MoveTo(new DateOnly(2026, 12, 5));
        Lock(new DateOnly(2026, 11, 30));

        Assert.Equal(40_00, wallet.Wallet.Expire(wallet.Posting(), credit));

        Assert.Equal((EntryKind.Expire, new DateOnly(2026, 12, 1)), (wallet.Last.Kind, wallet.Last.EffectiveOn));
        Assert.Equal((lastGoodDay, CreditStatus.Expired), (credit.ExpiresOn, credit.StatusOn(wallet.Today)));
    }

    [Fact]
    public void H8_A_late_expiry_of_an_open_day_has_its_true_date()
    {
        var lastGoodDay = new DateOnly(2026, 12, 1);
        var credit = wallet.Issue(50_00, lastGoodDay);
        wallet.MoveTo(new DateOnly(2026, 12, 6));
        Lock(new DateOnly(2026, 11, 30));

        wallet.Wallet.Expire(wallet.Posting(), credit);
        wallet.Wallet.Expire(wallet.Posting(), credit);

        Assert.Equal(["Expire 5000"], wallet.Lines(skip: 1));
        Assert.Equal(lastGoodDay, wallet.Last.EffectiveOn);
    }

    [Fact]
    public void An_extension_books_the_late_expiry_on_the_first_open_day_and_brings_the_value_back_today()
    {
        var credit = wallet.Issue(50_00, wallet.Today);
        wallet.MoveTo(wallet.Today.AddDays(20));
        Lock(wallet.Today.AddDays(-3));

        Assert.True(wallet.Wallet.ChangeExpiry(wallet.Posting(PureWallet.Correction), credit, null).IsOk);

        Assert.Equal(
            [(EntryKind.Expire, wallet.Today.AddDays(-2)), (EntryKind.Reinstate, wallet.Today)],
            wallet.Entries.Skip(1).Select(entry => (entry.Kind, entry.EffectiveOn)));
    }

    [Fact]
    public void The_day_after_the_lock_is_open_and_what_happens_today_is_dated_today()
    {
        Lock(wallet.Today.AddDays(-1));

        wallet.Issue(10_00);

        Assert.Equal(wallet.Today, wallet.Store.FirstOpenDay);
        Assert.Equal(wallet.Today, wallet.Last.EffectiveOn);
    }

    [Fact]
    public void A_lock_goes_forward_only()
    {
        Lock(new DateOnly(2026, 10, 31));
        Lock(new DateOnly(2026, 9, 30));

        Assert.Equal(new DateOnly(2026, 10, 31), wallet.Store.BooksLockedThrough);
    }

    [Fact]
    public void The_books_of_today_cannot_be_locked() =>
        Assert.Throws<InvalidOperationException>(() => Lock(wallet.Today));

    private void Lock(DateOnly through) => wallet.Store.LockBooks(through, wallet.Now);
}
