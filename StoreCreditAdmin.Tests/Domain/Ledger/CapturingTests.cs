using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.TestSupport.PureWallet;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

/// <summary>Cases B and C of the behaviour catalogue: taking what is held, and freeing it.</summary>
public sealed class CapturingTests
{
    private readonly PureWallet wallet = new();

    [Fact]
    public void B2_The_rest_stays_held_where_asked()
    {
        var credit = wallet.Issue(150_00);
        var held = wallet.Authorize(10_00);

        wallet.Capture(held, 9_00, keepRest: true);

        Assert.Equal((9_00, 1_00, 140_00), Uhr(credit));
        Assert.Equal(AuthorizationStatus.PartlyCaptured, held.Status);
        wallet.Capture(held);
        Assert.Equal((10_00, 0, 140_00), Uhr(credit));
        Assert.Equal(AuthorizationStatus.Captured, held.Status);
    }

    [Fact]
    public void Without_that_a_partial_capture_frees_the_rest_at_once()
    {
        var credit = wallet.Issue(150_00);
        var held = wallet.Authorize(10_00);

        wallet.Capture(held, 9_00);

        Assert.Equal((9_00, 0, 141_00), Uhr(credit));
        Assert.Equal(["Capture 900", "Release 100"], wallet.Lines(skip: 2));
    }

    [Fact]
    public void B3_No_more_is_captured_than_is_held()
    {
        wallet.Issue(150_00);
        var held = wallet.Authorize(10_00);

        Assert.Equal("Only 10.00 USD is held.", wallet.Refuses("exceeds-authorized", one => one.Capture(held, 20_00)).Message);
        wallet.Capture(held, 4_00, keepRest: true);
        wallet.Refuses("exceeds-authorized", one => one.Capture(held, 6_01));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Nothing_or_less_is_not_captured(long amount)
    {
        wallet.Issue(150_00);
        var held = wallet.Authorize(10_00);

        wallet.Refuses("amount-invalid", one => one.Capture(held, amount));
    }

    [Fact]
    public void B6_What_is_captured_is_not_captured_again()
    {
        var credit = wallet.Issue(150_00);
        var held = wallet.Authorize(10_00);
        wallet.Capture(held, 10_00);

        wallet.Refuses("already-captured", one => one.Capture(held, 10_00));

        Assert.Equal((10_00, 0, 140_00), Uhr(credit));
    }

    [Fact]
    public void B8_B9_A_capture_succeeds_though_the_credit_expired_and_the_account_is_on_hold()
    {
        var credit = wallet.Issue(50_00, expiresOn: wallet.Today);
        var held = wallet.Authorize(20_00);
        wallet.Now = wallet.Now.AddHours(13);
        wallet.Account.Hold(Correction, null, wallet.Actor, wallet.Now);

        wallet.Capture(held, 20_00);

        Assert.Equal((20_00, 0, 30_00), Uhr(credit));
        wallet.Refuses("account-on-hold", one => one.TryAuthorize(1_00));
    }

    [Fact]
    public void B10_The_entry_names_who_captured_and_for_which_order()
    {
        wallet.Issue(50_00);
        var held = wallet.Authorize(20_00);
        wallet.Actor = new Actor(ActorKind.Staff, "7", "Agent 7");

        wallet.Capture(held);

        Assert.Equal(("Agent 7", "1001", EntryKind.Capture, Bucket.Used), (wallet.Last.ActorName, wallet.Last.OrderNumber, wallet.Last.Kind, wallet.Last.To));
    }

    [Fact]
    public void An_authorization_is_not_captured_after_its_time_though_no_job_has_freed_it()
    {
        var credit = wallet.Issue(50_00);
        var held = wallet.Authorize(20_00);
        wallet.Now = held.ExpiresAt;

        wallet.Refuses("authorization-expired", one => one.Capture(held));
        wallet.Void(held);

        Assert.Equal((0, 0, 50_00), Uhr(credit));
    }

    [Fact]
    public void Captures_take_from_the_credits_drawn_first()
    {
        var second = wallet.Issue(30_00);
        var first = wallet.Issue(20_00, expiresOn: wallet.Today.AddDays(3));
        var held = wallet.Authorize(40_00);

        wallet.Capture(held, 25_00, keepRest: true);

        Assert.Equal((20_00, 0, 0), Uhr(first));
        Assert.Equal((5_00, 15_00, 10_00), Uhr(second));
    }

    [Fact]
    public void C3_C5_What_was_captured_is_not_voided()
    {
        var credit = wallet.Issue(150_00);
        var held = wallet.Authorize(10_00);
        wallet.Capture(held);

        wallet.Refuses("already-captured", one => one.Void(held));

        Assert.Equal((10_00, 0, 140_00), Uhr(credit));
    }

    [Fact]
    public void C4_Voiding_twice_frees_once()
    {
        var credit = wallet.Issue(100_00);
        var held = wallet.Authorize(10_00);

        Assert.True(wallet.Void(held).IsOk);
        Assert.True(wallet.Void(held).IsOk);

        Assert.Equal((0, 0, 100_00), Uhr(credit));
        Assert.Equal(3, wallet.Entries.Count);
        wallet.Refuses("already-voided", one => one.Capture(held));
    }

    [Fact]
    public void A_rest_that_was_kept_is_released_when_its_time_has_passed()
    {
        var credit = wallet.Issue(100_00);
        var held = wallet.Authorize(10_00);
        wallet.Capture(held, 4_00, keepRest: true);
        wallet.Now = held.ExpiresAt;

        Assert.True(wallet.Wallet.ReleaseStale(wallet.Posting(), held));

        Assert.Equal((4_00, 0, 96_00), Uhr(credit));
        Assert.Equal(AuthorizationStatus.PartlyCaptured, held.Status);
        wallet.Refuses("already-captured", one => one.Capture(held));
    }
}
