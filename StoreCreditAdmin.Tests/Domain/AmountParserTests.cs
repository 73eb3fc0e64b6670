using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Tests.Domain;

public sealed class AmountParserTests
{
    private static readonly string[] Cultures = ["en-US", "en-GB", "de-DE", "de-CH", "de-AT", "fr-FR", "fr-CH", "es-ES", "pt-BR", "sv-SE", "pl-PL", "en-IN", "hi-IN", "ja-JP", "ar-EG", "ar-SA", "fa-IR", "he-IL"];

    [Theory]
    [InlineData("0", "USD", 0)]
    [InlineData("12.34", "USD", 1234)]
    [InlineData("-12.34", "USD", -1234)]
    [InlineData("12.3", "USD", 1230)]
    [InlineData("0012", "USD", 1200)]
    [InlineData("00000000000000000000000000000000000005", "USD", 500)]
    [InlineData("1000000000000000", "JPY", Money.MaxMinor)]
    [InlineData("12", "JPY", 12)]
    [InlineData("1.005", "KWD", 1005)]
    [InlineData("10000000000000.00", "USD", Money.MaxMinor)]
    [InlineData("-10000000000000.00", "USD", -Money.MaxMinor)]
    public void A_canonical_decimal_is_read_exactly(string text, string currency, long minor) =>
        Assert.Equal(minor, AmountParser.ParseSigned(text, Currency.Of(currency)).Value);

    [Theory]
    [InlineData(null, "USD")]
    [InlineData("", "USD")]
    [InlineData(" ", "USD")]
    [InlineData("-", "USD")]
    [InlineData(".", "USD")]
    [InlineData("5.", "USD")]
    [InlineData(".5", "USD")]
    [InlineData("+5", "USD")]
    [InlineData(" 5", "USD")]
    [InlineData("--5", "USD")]
    [InlineData("1e3", "USD")]
    [InlineData("0x10", "USD")]
    [InlineData("1,000.50", "USD")]
    [InlineData("1.000.50", "USD")]
    [InlineData("1.005", "USD")]
    [InlineData("10.5", "JPY")]
    [InlineData("1.0005", "KWD")]
    [InlineData("10000000000000.01", "USD")]
    [InlineData("1234567890123456", "USD")]
    [InlineData("1000000000000001", "JPY")]
    [InlineData("9999999999999999999", "JPY")]
    [InlineData("9999999999999999999999999999", "USD")]
    [InlineData("١٢", "USD")]
    [InlineData("１２", "USD")]
    [InlineData("NaN", "USD")]
    [InlineData("5\n", "USD")]
    public void Anything_else_is_refused_at_its_field(string? text, string currency)
    {
        var refusal = AmountParser.ParseSigned(text, Currency.Of(currency), "orderTotal").Refusal;

        Assert.Equal(("amount-invalid", "orderTotal"), (refusal?.Code, refusal?.Field));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.00")]
    [InlineData("-0")]
    [InlineData("-5")]
    public void A_positive_amount_is_above_zero(string text) =>
        Assert.Equal("The amount must be more than zero.", AmountParser.ParsePositive(text, Currency.Of("USD")).Refusal?.Message);

    [Fact]
    public void What_an_amount_is_written_as_is_read_back_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<int>(), (high, low) =>
        {
            var minor = ((long)high * int.MaxValue + low) % (Money.MaxMinor + 1);
            return Currency.All.Where(currency => currency.Code is "JPY" or "USD" or "KWD").All(currency =>
                AmountParser.ParseSigned(Amount.Of(minor, currency).ToString(), currency).Value == minor);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_a_culture_shows_it_also_takes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), Gen.Elements(Cultures).ToArbitrary(), (number, name) =>
        {
            var culture = CultureInfo.GetCultureInfo(name);
            var money = new Money(number * 1009L, Currency.Of("USD"));
            var typed = money.ToDecimalText(culture);
            return (AmountParser.Canonical(typed, culture) == money.ToString()).Label($"{name}: {typed}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_at_all_upsets_the_parsers() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), Gen.Elements(Cultures).ToArbitrary(), (text, name) =>
        {
            var canonical = AmountParser.Canonical(text, CultureInfo.GetCultureInfo(name));
            return AmountParser.ParseSigned(text, Currency.Of("USD")) is { IsOk: true } or { Refusal.Code: "amount-invalid" }
                && (canonical is null || canonical.TrimStart('-').All(mark => char.IsAsciiDigit(mark) || mark == '.'));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("de-DE", "1.000,50", "1000.50")]
    [InlineData("de-DE", "1000,50", "1000.50")]
    [InlineData("de-DE", "1.000", "1000")]
    [InlineData("de-DE", "-1.234.567,8", "-1234567.8")]
    [InlineData("en-US", "1,000.50", "1000.50")]
    [InlineData("en-US", "  1000.50 ", "1000.50")]
    [InlineData("en-US", "\u22125", "-5")]
    [InlineData("fr-FR", "1\u202F000,50", "1000.50")]
    [InlineData("fr-FR", "1\u00A0000,50", "1000.50")]
    [InlineData("fr-FR", "1 000,50", "1000.50")]
    [InlineData("de-CH", "1’000.50", "1000.50")]
    [InlineData("de-CH", "1'000.50", "1000.50")]
    [InlineData("en-IN", "1,00,000.50", "100000.50")]
    [InlineData("en-IN", "12,34,567", "1234567")]
    [InlineData("ar-EG", "١٬٠٠٠٫٥٠", "1000.50")]
    [InlineData("ar-EG", "1000.50", "1000.50")]
    [InlineData("ar-EG", "1000٫50", "1000.50")]
    [InlineData("ja-JP", "１２３４.５", "1234.5")]
    public void People_write_amounts_as_their_culture_does(string culture, string typed, string canonical) =>
        Assert.Equal(canonical, AmountParser.Canonical(typed, CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData("de-DE", "1,000.50")]
    [InlineData("de-DE", "10.50")]
    [InlineData("de-DE", "1.00")]
    [InlineData("de-DE", "1000.000")]
    [InlineData("de-DE", "1.0000")]
    [InlineData("en-US", "1.000,50")]
    [InlineData("en-US", "1,00")]
    [InlineData("en-US", "1,0000")]
    [InlineData("en-US", "10,00,000")]
    [InlineData("en-US", ",100")]
    [InlineData("en-US", "1,,000")]
    [InlineData("en-US", "1 000")]
    [InlineData("en-US", "1'000")]
    [InlineData("en-US", "5.")]
    [InlineData("en-US", "1.2.3")]
    [InlineData("en-US", "1,000.5,00")]
    [InlineData("en-US", "1e3")]
    [InlineData("en-US", "$5")]
    [InlineData("en-US", "--5")]
    [InlineData("en-US", "12\n345")]
    [InlineData("fr-FR", "10.50")]
    [InlineData("fr-FR", "12\n345")]
    [InlineData("en-IN", "1,000,000")]
    [InlineData("en-IN", "1,00")]
    [InlineData("en-US", "")]
    [InlineData("en-US", null)]
    public void A_mark_where_the_culture_has_none_is_not_guessed_at(string culture, string? typed) =>
        Assert.Null(AmountParser.Canonical(typed, CultureInfo.GetCultureInfo(culture)));
}
