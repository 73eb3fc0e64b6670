using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

public sealed class BalanceStoryTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public void A_new_credit_is_told_in_two_sentences()
    {
        var wallet = new PureWallet();
        var credit = wallet.Issue(100_050);

        Assert.Equal(["1,000.50 USD was issued on 2026-11-22 by Eve.", "So 1,000.50 USD is left."], Tell(wallet, credit));
    }

    [Fact]
    public void Every_way_that_value_went_has_its_sentence_and_the_last_one_adds_them_up()
    {
        var wallet = new PureWallet();
        var credit = wallet.Issue(10_000, expiresOn: new DateOnly(2026, 12, 31));
        wallet.Wallet.AdjustBy(wallet.Posting(PureWallet.Correction), credit, 500);
        wallet.Wallet.AdjustBy(wallet.Posting(PureWallet.Correction), credit, -200);
        var bought = wallet.Authorize(3000);
        wallet.Capture(bought, 2500);
        wallet.Refund(bought, 1000);
        wallet.Authorize(700);
        wallet.MoveTo(new DateOnly(2027, 1, 1));
        wallet.Wallet.Expire(wallet.Posting(), credit);

        Assert.Equal(
            [
                "100.00 USD was issued on 2026-11-22 by Eve.",
                "5.00 USD was added on 2026-11-22 by Eve (reason: Correction).",
                "2.00 USD was taken away on 2026-11-22 by Eve (reason: Correction).",
                "25.00 USD was used on order 1001, of which 10.00 USD came back.",
                "7.00 USD is held for order 1001.",
                "81.00 USD expired at the end of 2026-12-31.",
                "So 0.00 USD is left: 103.00 USD credited − 15.00 USD used − 7.00 USD held − 81.00 USD expired.",
            ],
            Tell(wallet, credit));
    }

    [Fact]
    public void What_was_wholly_given_back_and_what_was_invalidated_is_told_so()
    {
        var wallet = new PureWallet("JPY");
        var credit = wallet.Issue(1500);
        var bought = wallet.Authorize(400);
        wallet.Capture(bought);
        wallet.Refund(bought);
        wallet.Wallet.Invalidate(wallet.Posting(PureWallet.Correction), credit);

        Assert.Equal(
            [
                "1,500 JPY was issued on 2026-11-22 by Eve.",
                "400 JPY was used on order 1001 and all of it came back.",
                "1,500 JPY was invalidated on 2026-11-22 by Eve (reason: Correction).",
                "So 0 JPY is left: 1,500 JPY credited − 1,500 JPY invalidated.",
            ],
            Tell(wallet, credit));
    }

    [Fact]
    public void A_hold_that_was_freed_is_no_longer_told()
    {
        var wallet = new PureWallet();
        var credit = wallet.Issue(100);
        wallet.Void(wallet.Authorize(40));

        Assert.Equal(2, Tell(wallet, credit).Count);
    }

    private static IReadOnlyList<string> Tell(PureWallet wallet, Credit credit) =>
        BalanceStory.Of(Currency.Of(credit.CurrencyCode), [.. wallet.Entries.Where(entry => entry.Credit == credit)], English);
}
