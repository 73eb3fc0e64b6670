using System.Globalization;

namespace StoreCreditAdmin.Domain;

/// <summary>
/// An exact amount in minor units of one currency. Range ±10^15 minor units; arithmetic is checked and refuses to mix currencies.
/// </summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>The largest magnitude of any amount, in minor units.</summary>
    public const long MaxMinor = 1_000_000_000_000_000;

    public Money(long minor, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minor, MaxMinor);
        ArgumentOutOfRangeException.ThrowIfLessThan(minor, -MaxMinor);
        Minor = minor;
        Currency = currency;
    }

    public long Minor { get; }

    public Currency Currency { get; }

    public bool IsZero => Minor == 0;

    public static Money Zero(Currency currency) => new(0, currency);

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.In(left.Currency)), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.In(left.Currency)), left.Currency);

    public static Money operator -(Money value) => new(-value.Minor, value.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => Minor.CompareTo(other.In(Currency));

    /// <summary>The amount as people read it in the given culture, with its currency's code: <c>1,000.50 USD</c>.</summary>
    public string ToText(CultureInfo culture) => $"{ToDecimalText(culture)} {Currency.Code}";

    /// <summary>The amount without its currency, with the culture's separators: <c>1,000.50</c>.</summary>
    public string ToDecimalText(CultureInfo culture) =>
        ((decimal)Minor / Currency.MinorPerMajor).ToString("N" + Currency.Digits.ToString(CultureInfo.InvariantCulture), culture);

    /// <summary>The amount as the HTTP API writes it: no grouping, a dot, all the currency's digits: <c>1000.50</c>.</summary>
    public override string ToString() => new Amount(Minor, Currency?.Digits ?? 0).ToString();

    private long In(Currency currency) =>
        Currency == currency ? Minor : throw new InvalidOperationException($"{Currency} and {currency} cannot be mixed.");
}
