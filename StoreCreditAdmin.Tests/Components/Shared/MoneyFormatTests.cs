using System.Globalization;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Tests.Components.Shared;

public sealed class MoneyFormatTests
{
    [Theory]
    [InlineData("en-US", 100_050, 2, "1,000.50")]
    [InlineData("de-DE", 100_050, 2, "1.000,50")]
    [InlineData("de-CH", 100_050, 2, "1’000.50")]
    [InlineData("fr-FR", 100_050, 2, "1\u202F000,50")]
    [InlineData("en-IN", 12_345_678_900, 2, "12,34,56,789.00")]
    [InlineData("en-US", -5, 2, "−0.05")]
    [InlineData("sv-SE", -5, 2, "−0,05")]
    [InlineData("en-US", 1_500, 0, "1,500")]
    [InlineData("en-US", 1, 3, "0.001")]
    [InlineData("en-US", Money.MaxMinor, 2, "10,000,000,000,000.00")]
    public void Amounts_are_exact_and_grouped_as_the_culture_groups(string culture, long minor, int digits, string text)
    {
        In(culture, () => Assert.Equal(text, MoneyFormat.Number(new Amount(minor, digits))));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("de-CH")]
    [InlineData("fr-FR")]
    [InlineData("en-IN")]
    [InlineData("sv-SE")]
    [InlineData("pl-PL")]
    public void What_is_shown_can_be_typed(string culture)
    {
        In(culture, () =>
        {
            var amount = new Amount(123_456_789, 2);
            Assert.Equal("1234567.89", AmountField.Read(MoneyFormat.Number(amount), "USD").Value);
            Assert.Equal("1234567.89", AmountField.Read(MoneyFormat.Typed(amount), "USD").Value);
        });
    }

    private static void In(string culture, Action test)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            test();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
