using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.TestSupport.PureWallet;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

/// <summary>Cases E15 to E18 and F of the behaviour catalogue: issuing, editing, debiting, invalidating and deleting.</summary>
public sealed class IssuingTests
{
    private readonly PureWallet wallet = new();

    [Fact]
    public void F1_Issuing_makes_one_credit_and_one_entry_by_whoever_did_it()
    {
        var credit = wallet.Issue(1_00);

        Assert.Equal([credit], wallet.Wallet.Credits);
        Assert.Equal(("Eve", "Eve", 1_00L), (credit.CreatedBy, wallet.Last.ActorName, credit.OpeningMinor));
        Assert.Equal((EntryKind.Issue, Bucket.Outside, Bucket.Available), (wallet.Last.Kind, wallet.Last.From, wallet.Last.To));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1_00)]
    [InlineData(Money.MaxMinor + 1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void F2_Amounts_that_are_not_positive_or_too_large_are_refused(long amount) =>
        wallet.Refuses("amount-invalid", one => one.TryIssue(amount));

    [Fact]
    public void F4_F5_An_amount_is_set_by_an_adjustment_of_the_difference()
    {
        var credit = wallet.Issue(30_00);

        AdjustTo(credit, 10_00);
        wallet.Refuses("amount-invalid", one => AdjustTo(credit, -10_00));
        wallet.Refuses("amount-invalid", one => AdjustTo(credit, 10_00));
        AdjustTo(credit, 12_00);

        Assert.Equal(["Adjust 2000", "Adjust 200"], wallet.Lines(skip: 1));
        Assert.Equal((Bucket.Outside, Bucket.Available), (wallet.Entries[1].To, wallet.Entries[2].To));
        Assert.Equal(("Eve", "Correction", 30_00L), (wallet.Last.ActorName, wallet.Last.Reason?.Name, credit.OpeningMinor));
    }

    [Fact]
    public void F7_An_amount_is_not_set_below_what_is_used_and_held()
    {
        var credit = wallet.IssueDrawn(100_00, used: 10_00, held: 5_00);

        Assert.Contains("The least is 15.00 USD", wallet.Refuses("below-used-and-authorized", _ => AdjustTo(credit, 14_00)).Message, StringComparison.Ordinal);
        AdjustTo(credit, 15_00);

        Assert.Equal((10_00, 5_00, 0), Uhr(credit));
    }

    [Fact]
    public void F8_Edits_of_the_amount_and_voids_need_a_reason()
    {
        var credit = wallet.Issue(30_00);

        wallet.Refuses("reason-required", one => one.Wallet.AdjustBy(one.Posting(), credit, 1));
        wallet.Refuses("reason-required", one => one.Wallet.AdjustTo(one.Posting(), credit, 1));
        wallet.Refuses("reason-required", one => one.Wallet.Invalidate(one.Posting(), credit));
        wallet.Refuses("reason-required", one => one.Wallet.Delete(one.Posting(), credit));
        wallet.Refuses("reason-required", one => one.Wallet.Debit(one.Posting(), 1));
        wallet.Refuses("reason-required", one => one.Wallet.ChangeExpiry(one.Posting(), credit, null));
    }

    [Fact]
    public void F12_F14_A_void_waits_for_what_is_held_and_happens_once()
    {
        var credit = wallet.Issue(150_00);
        var held = wallet.Authorize(5_00);
        wallet.Refuses("credit-in-use", one => Invalidate(credit));
        wallet.Capture(held);

        Assert.True(Invalidate(credit).IsOk);

        Assert.Equal((5_00, 0, 0), Uhr(credit));
        Assert.Equal((145_00, "Eve", "Correction"), (credit.Buckets.Invalidated, credit.InvalidatedBy, credit.InvalidationReason));
        wallet.Refuses("credit-invalidated", one => Invalidate(credit));
        wallet.Refuses("credit-invalidated", one => AdjustTo(credit, 200_00));
        wallet.Refuses("credit-invalidated", one => ChangeExpiry(credit, null));
        wallet.Refuses("credit-invalidated", one => Delete(credit));
        Assert.Equal(CreditStatus.Invalidated, credit.StatusOn(wallet.Today));
    }

    [Fact]
    public void F15_Only_credit_that_was_never_used_or_held_is_deleted()
    {
        var used = wallet.IssueDrawn(1_00, used: 1_00);
        var held = wallet.IssueDrawn(1_00, held: 1_00);
        var untouched = wallet.Issue(1_00);
        wallet.Refuses("credit-in-use", one => Delete(used));
        wallet.Refuses("credit-in-use", one => Delete(held));

        Assert.True(Delete(untouched).IsOk);

        Assert.Equal((0, CreditStatus.Deleted), (untouched.Buckets.Credited, untouched.StatusOn(wallet.Today)));
        wallet.Refuses("credit-deleted", one => Delete(untouched));
        wallet.Refuses("credit-deleted", one => AdjustTo(untouched, 5_00));
        wallet.Refuses("credit-deleted", one => Invalidate(untouched));
        wallet.Refuses("credit-deleted", one => ChangeExpiry(untouched, null));
        wallet.Refuses("insufficient-credit", one => one.TryAuthorize(1));
    }

    [Fact]
    public void Credit_that_was_held_once_is_not_deleted_though_it_was_freed()
    {
        var credit = wallet.Issue(10_00);
        wallet.Void(wallet.Authorize(5_00));

        wallet.Refuses("credit-in-use", one => Delete(credit));
    }

    [Fact]
    public void F22_Credit_that_paid_a_debit_is_used_and_one_that_did_not_is_deletable()
    {
        var prepayment = wallet.Issue(300_00);
        var unused = wallet.Issue(5_00);

        Debit(50_00);

        Assert.Equal(250_00, prepayment.Buckets.Available);
        wallet.Refuses("credit-in-use", one => Delete(prepayment));
        Assert.True(Delete(unused).IsOk);
        Assert.Equal(250_00, wallet.Wallet.Balance.Available);
    }

    [Fact]
    public void F18_A_debit_never_goes_below_zero_and_says_what_is_left()
    {
        wallet.Issue(10_00);

        Assert.Equal("Only 10.00 USD is left.", wallet.Refuses("insufficient-credit", one => Debit(15_00)).Message);
        wallet.Refuses("amount-invalid", one => Debit(0));
        wallet.Refuses("amount-invalid", one => Debit(-1));
        wallet.Refuses("amount-invalid", one => Debit(long.MinValue));
    }

    [Fact]
    public void An_account_at_the_top_of_the_range_can_still_be_debited()
    {
        wallet.Issue(Money.MaxMinor);

        Assert.True(Debit(1_00).IsOk);
        wallet.Refuses("insufficient-credit", one => Debit(long.MaxValue));
    }

    [Fact]
    public void F19_An_adjustment_by_nothing_is_refused()
    {
        var credit = wallet.Issue(10_00);

        wallet.Refuses("amount-invalid", one => AdjustBy(credit, 0));
    }

    [Theory]
    [InlineData(long.MinValue, "below-used-and-authorized")]
    [InlineData(-10_01, "below-used-and-authorized")]
    [InlineData(long.MaxValue, "amount-invalid")]
    [InlineData(Money.MaxMinor, "amount-invalid")]
    public void Adjustments_beyond_the_range_are_refused(long delta, string code)
    {
        var credit = wallet.Issue(10_00);

        wallet.Refuses(code, one => AdjustBy(credit, delta));
    }

    [Fact]
    public void F20_The_cap_holds_for_issuing_and_for_raising_an_amount()
    {
        var credit = wallet.IssueDrawn(950_00, used: 100_00, held: 50_00);
        wallet.Issue(100_00);

        Assert.Contains("at most 50.00 USD can be added", wallet.Refuses("cap-exceeded", one => one.TryIssue(60_00, cap: 1000_00)).Message, StringComparison.Ordinal);
        wallet.Refuses("cap-exceeded", one => one.Wallet.AdjustBy(one.Posting(Correction), credit, 50_01, 1000_00));
        wallet.Refuses("cap-exceeded", one => one.TryIssue(1, cap: 100_00));
        Assert.True(wallet.TryIssue(50_00, cap: 1000_00).IsOk);
        Assert.True(wallet.Wallet.AdjustBy(wallet.Posting(Correction), credit, -1_00, 100_00).IsOk);
    }

    [Fact]
    public void E15_A_debit_takes_the_soonest_expiring_first()
    {
        var december = wallet.Issue(10_00, expiresOn: new DateOnly(2026, 12, 1));
        var november = wallet.Issue(20_00, expiresOn: new DateOnly(2026, 11, 30));
        var never = wallet.Issue(30_00);

        Assert.Equal([new Draw(november, 20_00), new Draw(december, 5_00)], Debit(25_00).Value);
        Assert.Equal(30_00, never.Buckets.Available);
    }

    [Fact]
    public void E17_E18_Credits_alike_are_taken_in_the_order_of_issue_though_issued_in_one_instant()
    {
        var first = wallet.Issue(30_00);
        var second = wallet.Issue(50_00);

        Assert.Equal([new Draw(first, 30_00), new Draw(second, 30_00)], Debit(60_00).Value);
        Debit(5_00);

        Assert.Equal(15_00, second.Buckets.Available);
    }

    [Fact]
    public void The_spending_order_goes_by_priority_expiry_kind_effective_date_and_issue()
    {
        CreditType Type(int priority, bool paidFor) => new("type", "Type") { Priority = priority, PaidFor = paidFor };
        var day = wallet.Today;
        var last = wallet.Issue(1, type: Type(30, false), expiresOn: day);
        var sixth = wallet.Issue(1, type: Type(10, false));
        var fifth = wallet.Issue(1, type: Type(0, true));
        wallet.Now = wallet.Now.AddMinutes(1);
        var fourth = wallet.Issue(1, type: Type(0, false));
        var third = wallet.Issue(1, type: Type(0, false), effectiveOn: day.AddDays(-1));
        var second = wallet.Issue(1, type: Type(0, false), expiresOn: day.AddDays(2));
        var first = wallet.Issue(1, type: Type(0, true), expiresOn: day.AddDays(1));

        Assert.Equal([first, second, third, fourth, fifth, sixth, last], wallet.Wallet.Spendable(day));
    }

    [Fact]
    public void Two_stores_of_one_account_share_its_sequence_and_chain()
    {
        var tokyo = new PureWallet("JPY", "Asia/Tokyo", wallet.Account) { Now = wallet.Now.AddHours(-2) };

        wallet.Issue(10_00);
        tokyo.Issue(1000);
        wallet.Issue(20_00);

        var all = wallet.Entries.Concat(tokyo.Entries).OrderBy(entry => entry.Sequence).ToList();
        Assert.Equal([1, 2, 3], all.Select(entry => entry.Sequence));
        Assert.Equal(all.SkipLast(1).Select(entry => entry.Hash), all.Skip(1).Select(entry => entry.PreviousHash));
        Assert.Equal((30_00, 1000), (wallet.Wallet.Balance.Available, tokyo.Wallet.Balance.Available));
    }

    [Fact]
    public void An_entry_is_never_recorded_before_the_one_before_though_the_clock_went_back()
    {
        wallet.Issue(10_00);
        var first = wallet.Last;
        wallet.Now = wallet.Now.AddDays(-2);
        wallet.Issue(10_00);

        Assert.Equal((first.RecordedAt, new DateOnly(2026, 11, 20)), (wallet.Last.RecordedAt, wallet.Last.EffectiveOn));
    }

    [Fact]
    public void A_wallet_moves_only_credit_of_its_own_account_store_and_currency()
    {
        var euros = new PureWallet("EUR", account: wallet.Account);
        var foreign = euros.Issue(10_00);

        Assert.Throws<InvalidOperationException>(() => wallet.Wallet.Invalidate(wallet.Posting(Correction), foreign));
    }

    private Result<Credit> AdjustBy(Credit credit, long delta) => wallet.Wallet.AdjustBy(wallet.Posting(Correction), credit, delta);

    private Result<Credit> AdjustTo(Credit credit, long amount) => wallet.Wallet.AdjustTo(wallet.Posting(Correction), credit, amount);

    private Result<Credit> Invalidate(Credit credit) => wallet.Wallet.Invalidate(wallet.Posting(Correction), credit);

    private Result<Credit> Delete(Credit credit) => wallet.Wallet.Delete(wallet.Posting(Correction), credit);

    private Result<Credit> ChangeExpiry(Credit credit, DateOnly? on) => wallet.Wallet.ChangeExpiry(wallet.Posting(Correction), credit, on);

    private Result<IReadOnlyList<Draw>> Debit(long amount) => wallet.Wallet.Debit(wallet.Posting(Correction), amount);
}
