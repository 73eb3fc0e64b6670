using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

public sealed class SpendabilityTests
{
    private static readonly Currency Dollar = Currency.Of("USD");

    private readonly PureWallet wallet = new();

    [Fact]
    public void The_first_thing_in_the_way_is_named()
    {
        var voided = wallet.Issue(5_00);
        wallet.Wallet.Invalidate(wallet.Posting(PureWallet.Correction), voided);
        var used = wallet.IssueDrawn(5_00, used: 5_00);
        var held = wallet.IssueDrawn(5_00, held: 5_00);
        var late = wallet.Issue(5_00, wallet.Today.AddDays(1));
        var later = wallet.Issue(5_00, effectiveOn: wallet.Today.AddDays(9));
        var good = wallet.Issue(5_00);
        wallet.MoveTo(wallet.Today.AddDays(2));
        var booked = wallet.Issue(5_00, wallet.Today);
        wallet.MoveTo(wallet.Today.AddDays(1));
        wallet.Wallet.Expire(wallet.Posting(), booked);

        Assert.Equal(
            [Unspendable.Invalidated, Unspendable.UsedUp, Unspendable.Held, Unspendable.Expired, Unspendable.NotEffectiveYet, null, Unspendable.Expired],
            new[] { voided, used, held, late, later, good, booked }.Select(credit => credit.WhyNot(wallet.Store, Dollar, wallet.Now)));
        Assert.Equal(Unspendable.OtherCurrency, good.WhyNot(wallet.Store, Currency.Of("EUR"), wallet.Now));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_is_in_the_way_of_exactly_those_that_a_checkout_may_draw_on(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var effective = wallet.Today.AddDays(random.Next(-3, 4));
            var credit = wallet.TryIssue(random.Next(1, 50), random.Next(3) == 0 ? null : wallet.Today.AddDays(random.Next(0, 9)), effective);
            if (credit.IsOk && random.Next(8) == 0)
            {
                wallet.Wallet.Invalidate(wallet.Posting(PureWallet.Correction), credit.Value);
            }

            if (random.Next(4) == 0 && wallet.TryAuthorize(random.Next(1, 40)) is { IsOk: true, Value: { } held } && random.Next(2) == 0)
            {
                wallet.Capture(held, keepRest: true);
            }

            if (i % 20 == 0)
            {
                wallet.MoveTo(wallet.Today.AddDays(1));
            }

            var today = wallet.Today;
            Assert.Equal(
                wallet.Wallet.Spendable(today).Select(one => one.PublicId).Order(),
                wallet.Wallet.Credits.Where(one => one.WhyNot(wallet.Store, Dollar, wallet.Now) is null).Select(one => one.PublicId).Order());
        }
    }
}
