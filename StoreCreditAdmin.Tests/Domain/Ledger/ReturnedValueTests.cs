using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.TestSupport.PureWallet;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

/// <summary>Value that comes back to a credit after its last good day, in a store that gives it days of its own.</summary>
public sealed class ReturnedValueTests
{
    private readonly PureWallet wallet = new();

    public ReturnedValueTests() => wallet.Store.ReturnedValueDays = 30;

    [Fact]
    public void What_was_held_goes_over_to_a_new_credit_of_the_same_type_and_nothing_expires_that_did_not()
    {
        var promotion = new StoreCreditAdmin.Domain.Catalogue.CreditType("promotion", "Promotion") { Priority = 3 };
        var old = wallet.Issue(50_00, wallet.Today, type: promotion);
        var held = wallet.Authorize(15_00);
        wallet.MoveTo(wallet.Today.AddDays(1));
        wallet.Wallet.Expire(wallet.Posting(), old);

        wallet.Void(held);

        Assert.Equal(["Expire 3500", "Release 1500", "Adjust 1500", "Issue 1500"], wallet.Lines(skip: 2));
        var opened = wallet.Wallet.Credits[^1];
        Assert.Same(old, opened.OriginCredit);
        Assert.Equal((promotion, wallet.Today.AddDays(30), "returned"), (opened.Type, opened.ExpiresOn, opened.Source));
        Assert.Equal(15_00, wallet.Wallet.Balance.Available);
        Assert.Equal((35_00, 0), (old.Buckets.Expired, old.Buckets.Available));
        Assert.Equal(50_00, wallet.Wallet.Balance.Credited);
        Assert.Equal(AuthorizationStatus.Voided, held.Status);
    }

    [Fact]
    public void What_was_used_goes_over_to_a_new_credit_and_the_old_one_keeps_its_use()
    {
        var old = wallet.Issue(50_00, wallet.Today);
        var held = wallet.Authorize(20_00);
        wallet.Capture(held);
        wallet.MoveTo(wallet.Today.AddDays(9));

        var refunded = wallet.Refund(held, 12_00).Value;

        var (opened, amount) = Assert.Single(refunded);
        Assert.Equal((12_00, old, wallet.Today.AddDays(30)), (amount, opened.OriginCredit, opened.ExpiresOn));
        Assert.Equal((20_00, 0, 30_00), Uhr(old));
        Assert.Equal((12_00, 20_00), (held.RefundedMinor, held.CapturedMinor));
        wallet.Refuses("exceeds-captured", one => one.Refund(held, 8_01));
    }

    [Fact]
    public void Each_expired_credit_opens_one_of_its_own_and_good_ones_take_their_part_back()
    {
        var first = wallet.Issue(10_00, wallet.Today);
        var second = wallet.Issue(10_00, wallet.Today.AddDays(1));
        var good = wallet.Issue(10_00);
        var held = wallet.Authorize(25_00);
        wallet.MoveTo(wallet.Today.AddDays(2));

        wallet.Void(held);

        Assert.Equal(10_00, good.Buckets.Available);
        Assert.Equal([first, second], wallet.Wallet.Credits.Skip(3).Select(credit => credit.OriginCredit));
        Assert.All(wallet.Wallet.Credits.Skip(3), credit => Assert.Equal(10_00, credit.Buckets.Available));
        Assert.Equal(30_00, wallet.Wallet.Balance.Available);
    }

    [Fact]
    public void A_part_that_is_freed_goes_over_too_and_the_rest_stays_held()
    {
        wallet.Issue(10_00, wallet.Today);
        var held = wallet.Authorize(10_00);
        wallet.Capture(held, 4_00, keepRest: true);
        wallet.MoveTo(wallet.Today.AddDays(1), hour: 1);

        wallet.Wallet.ReleasePart(wallet.Posting(), held, 5_00);

        Assert.Equal(5_00, wallet.Wallet.Credits[^1].Buckets.Available);
        Assert.Equal(1_00, held.OpenMinor);
        wallet.Capture(held);
        Assert.Equal(5_00, wallet.Wallet.Balance.Available);
    }

    [Fact]
    public void A_checkout_that_is_repeated_after_the_expiry_may_draw_on_what_the_first_one_gave_back()
    {
        wallet.Issue(10_00, wallet.Today);
        var held = wallet.Authorize(8_00, total: 10_00);
        wallet.MoveTo(wallet.Today.AddDays(1));

        var again = wallet.Authorize(8_00, total: 10_00, replaced: held);

        Assert.Equal(8_00, again.AuthorizedMinor);
        Assert.Equal(wallet.Wallet.Credits[^1], Assert.Single(again.Lines).Credit);
        wallet.Store.ReturnedValueDays = null;
        wallet.MoveTo(wallet.Today.AddDays(31));
        wallet.Refuses("credit-expired", one => one.TryAuthorize(8_00, 10_00, again));
    }

    [Fact]
    public void Into_an_invalidated_credit_or_as_new_credit_the_rules_of_refund_credit_hold()
    {
        wallet.Issue(10_00, wallet.Today);
        var held = wallet.Authorize(10_00);
        wallet.Capture(held);
        wallet.MoveTo(wallet.Today.AddDays(1));

        var asked = Assert.Single(wallet.Refund(held, 4_00, toNewCredit: true).Value).Credit;

        Assert.Equal((wallet.RefundCredit, null, "refund"), (asked.Type, asked.ExpiresOn, asked.Source));
    }

    [Fact]
    public void Value_that_comes_back_to_a_good_credit_stays_there()
    {
        var credit = wallet.Issue(10_00, wallet.Today);
        var held = wallet.Authorize(10_00);
        wallet.Void(held);

        Assert.Equal(10_00, credit.Buckets.Available);
        Assert.Same(credit, Assert.Single(wallet.Wallet.Credits));
    }
}
