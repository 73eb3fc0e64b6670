using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Tests.Domain;

public sealed class MoneyTests
{
    private static readonly Currency Dollar = Currency.Of("USD");

    [Fact]
    public void Currencies_never_mix()
    {
        var dollars = new Money(10_00, Dollar);
        var euros = new Money(10_00, Currency.Of("EUR"));

        Assert.Throws<InvalidOperationException>(() => dollars + euros);
        Assert.Throws<InvalidOperationException>(() => dollars - euros);
        Assert.Throws<InvalidOperationException>(() => dollars < euros);
        Assert.NotEqual(dollars, euros);
    }

    [Fact]
    public void The_range_ends_at_a_thousand_billions_of_minor_units()
    {
        var most = new Money(Money.MaxMinor, Dollar);

        Assert.Throws<ArgumentOutOfRangeException>(() => most + new Money(1, Dollar));
        Assert.Throws<ArgumentOutOfRangeException>(() => -most - new Money(1, Dollar));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(long.MinValue, Dollar));
        Assert.Equal(Money.Zero(Dollar), most + -most);
    }

    [Fact]
    public void Money_of_no_currency_cannot_be_made_or_reckoned_with()
    {
        Assert.Throws<ArgumentNullException>(() => new Money(1, null!));
        Assert.Throws<InvalidOperationException>(() => default(Money) + new Money(1, Dollar));
        Assert.Equal("0", default(Money).ToString());
    }

    [Theory]
    [InlineData(0, 2, "0.00")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(100050, 2, "1000.50")]
    [InlineData(7, 3, "0.007")]
    [InlineData(-12, 0, "-12")]
    [InlineData(long.MinValue, 2, "-92233720368547758.08")]
    [InlineData(long.MaxValue, 0, "9223372036854775807")]
    public void An_amount_is_written_with_all_its_digits(long minor, int digits, string text) =>
        Assert.Equal(text, new Amount(minor, digits).ToString());

    [Fact]
    public void An_amount_in_json_is_read_back_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), Gen.Choose(0, 3).ToArbitrary(), (minor, digits) =>
        {
            var amount = new Amount(minor, digits);
            return JsonSerializer.Deserialize<Amount>(JsonSerializer.Serialize(amount)) == amount;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("en-US", 100050, "USD", "1,000.50 USD")]
    [InlineData("de-DE", 100050, "USD", "1.000,50 USD")]
    [InlineData("en-US", 1000, "JPY", "1,000 JPY")]
    [InlineData("en-US", 1005, "KWD", "1.005 KWD")]
    public void People_read_amounts_as_their_culture_writes_them(string culture, long minor, string currency, string text) =>
        Assert.Equal(text, new Money(minor, Currency.Of(currency)).ToText(CultureInfo.GetCultureInfo(culture)));
}
