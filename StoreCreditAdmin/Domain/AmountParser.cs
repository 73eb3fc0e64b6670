using System.Globalization;
using System.Text;

namespace StoreCreditAdmin.Domain;

/// <summary>Reads amounts that people and machines write. Never rounds: what is finer than the currency is refused.</summary>
public static class AmountParser
{
    /// <summary>The decimal point of Arabic script, for which many keyboards have an ordinary one.</summary>
    private const string ArabicPoint = "\u066B";

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

        var minorText = new StringBuilder().Append(whole).Append(fraction).Append('0', currency.Digits - fraction.Length).ToString();
        if (!long.TryParse(minorText, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) || minor > Money.MaxMinor)
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
    /// Grouping marks are accepted only where the culture puts them, so that a comma is never taken for a point. Digits of any script will do.
    /// </summary>
    /// <returns>The canonical text, or null when the text is not a number in this culture.</returns>
    public static string? Canonical(string? typed, CultureInfo culture)
    {
        var format = culture.NumberFormat;
        var point = AsTyped(format.NumberDecimalSeparator);
        var separator = AsTyped(format.NumberGroupSeparator);
        var text = AsTyped(typed ?? "").Trim();
        if (point == ArabicPoint && separator != ".")
        {
            text = text.Replace(".", point, StringComparison.Ordinal);
        }

        var negative = text.StartsWith('-');
        if (negative)
        {
            text = text[1..];
        }

        var parts = text.Split(point);
        if (parts.Length > 2 || (parts.Length == 2 && parts[1].Length == 0))
        {
            return null;
        }

        var groups = separator.Length == 0 ? [parts[0]] : parts[0].Split(separator);
        var fraction = parts.Length == 2 ? parts[1] : "";
        if (groups[0].Length == 0 || !GroupedAs(format.NumberGroupSizes, groups) || !groups.All(group => AllDigits(group)) || !AllDigits(fraction))
        {
            return null;
        }

        return (negative ? "-" : "") + string.Concat(groups) + (fraction.Length > 0 ? "." + fraction : "");
    }

    /// <summary>
    /// Puts marks that look alike, of which keyboards have one and cultures another, as one: spaces, apostrophes, minus signs.
    /// Leaves out marks of direction and writes digits of any script as 0 to 9.
    /// </summary>
    private static string AsTyped(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var mark in text)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(mark);
            if (digit >= 0)
            {
                plain.Append((char)('0' + digit));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(mark) != UnicodeCategory.Format)
            {
                plain.Append(mark switch
                {
                    '\u2212' => '-',
                    '\u2019' => '\'',
                    _ when char.GetUnicodeCategory(mark) == UnicodeCategory.SpaceSeparator => ' ',
                    _ => mark,
                });
            }
        }

        return plain.ToString();
    }

    /// <param name="sizes">Of the groups from the right; the last one repeats, and 0 as the last means no more grouping.</param>
    private static bool GroupedAs(int[] sizes, string[] groups)
    {
        if (groups.Length == 1)
        {
            return true;
        }

        for (var fromRight = 0; fromRight < groups.Length; fromRight++)
        {
            var size = sizes.Length == 0 ? 0 : sizes[Math.Min(fromRight, sizes.Length - 1)];
            var leftmost = fromRight == groups.Length - 1;
            var length = groups[groups.Length - 1 - fromRight].Length;
            if (leftmost ? size > 0 && length > size : length != size)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static string Example(Currency currency) => new Amount(1250 * currency.MinorPerMajor / 100, currency.Digits).ToString();

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static Refusal TooLarge(Currency currency, string field) =>
        Invalid($"The amount is too large. The most is {new Amount(Money.MaxMinor, currency.Digits)} {currency}.", field);

    private static Refusal Invalid(string message, string field) => new("amount-invalid", message, field);
}
