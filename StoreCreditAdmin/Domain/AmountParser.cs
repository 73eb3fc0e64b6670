using System.Globalization;
using System.Text;

namespace StoreCreditAdmin.Domain;

/// <summary>Reads amounts that people and machines write. Never rounds: what is finer than the currency is refused.</summary>
public static class AmountParser
{
    /// <summary>The number of digits before the decimal point that an amount may have at most.</summary>
    private const int MaxIntegerDigits = 15;

    /// <summary>Reads a canonical decimal string such as <c>-12.34</c>: a dot, no grouping, no exponent, no blanks.</summary>
    /// <returns>Minor units; refused with <c>amount-invalid</c> when not canonical, too fine or beyond ±10^15 minor units.</returns>
    public static Result<long> ParseSigned(string? text, Currency currency, string field = "amount")
    {
        if (string.IsNullOrEmpty(text))
        {
            return Invalid("Enter an amount.", field);
        }

        var digits = text.AsSpan(text[0] == '-' ? 1 : 0);
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || !AllDigits(whole) || !AllDigits(fraction))
        {
            return Invalid($"'{Shortened(text)}' is not an amount. Write digits with a dot, for example {Example(currency)}.", field);
        }

        if (fraction.Length > currency.Digits)
        {
            return Invalid(
                currency.Digits == 0
                    ? $"{currency} has no decimals. Write a whole number."
                    : $"{currency} has {currency.Digits} decimals. Write at most {currency.Digits} digits after the point.",
                field);
        }

        whole = whole.TrimStart('0');
        if (whole.Length > MaxIntegerDigits)
        {
            return TooLarge(currency, field);
        }

        var minorText = new StringBuilder().Append(whole).Append(fraction).Append('0', currency.Digits - fraction.Length).ToString();
        var minor = minorText.Length == 0 ? 0L : long.Parse(minorText, CultureInfo.InvariantCulture);
        if (minor > Money.MaxMinor)
        {
            return TooLarge(currency, field);
        }

        return text[0] == '-' ? -minor : minor;
    }

    /// <summary>As <see cref="ParseSigned"/>, and refuses zero and negative amounts.</summary>
    public static Result<long> ParsePositive(string? text, Currency currency, string field = "amount")
    {
        var minor = ParseSigned(text, currency, field);
        return minor.IsOk && minor.Value <= 0 ? Invalid("The amount must be more than zero.", field) : minor;
    }

    /// <summary>
    /// Turns what a person typed in their culture (<c>1.000,50</c> or <c>1,000.50</c>) into the canonical form.
    /// Grouping marks are accepted only where the culture puts them, so that a comma is never taken for a point.
    /// </summary>
    /// <returns>The canonical text, or null when the text is not a number in this culture.</returns>
    public static string? Canonical(string? typed, CultureInfo culture)
    {
        var text = typed?.Trim() ?? "";
        var format = culture.NumberFormat;
        var negative = text.StartsWith('-') || text.StartsWith('\u2212');
        if (negative)
        {
            text = text[1..];
        }

        var parts = text.Split(format.NumberDecimalSeparator);
        if (parts.Length > 2 || (parts.Length == 2 && parts[1].Length == 0))
        {
            return null;
        }

        var groups = GroupsOf(parts[0], format.NumberGroupSeparator);
        var grouped = groups.Length > 1;
        if (groups[0].Length == 0 || (grouped && (groups[0].Length > 3 || groups.Skip(1).Any(group => group.Length != 3))))
        {
            return null;
        }

        var whole = string.Concat(groups);
        var fraction = parts.Length == 2 ? parts[1] : "";
        if (!AllDigits(whole) || !AllDigits(fraction))
        {
            return null;
        }

        return (negative ? "-" : "") + whole + (fraction.Length > 0 ? "." + fraction : "");
    }

    private static string[] GroupsOf(string whole, string separator)
    {
        // Cultures that group with a no-break space are typed with an ordinary one.
        if (separator.Length == 1 && char.IsWhiteSpace(separator[0]))
        {
            whole = whole.Replace(' ', separator[0]).Replace('\u00A0', separator[0]).Replace('\u202F', separator[0]);
        }

        return separator.Length == 0 ? [whole] : whole.Split(separator);
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static string Example(Currency currency) => new Amount(1250 * currency.MinorPerMajor / 100, currency.Digits).ToString();

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static Refusal TooLarge(Currency currency, string field) =>
        Invalid($"The amount is too large. The most is {new Amount(Money.MaxMinor, currency.Digits)} {currency}.", field);

    private static Refusal Invalid(string message, string field) => new("amount-invalid", message, field);
}
