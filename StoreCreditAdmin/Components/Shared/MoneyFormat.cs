using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>Amounts as people read them: grouped as their culture groups, with a real minus sign, never rounded.</summary>
public static class MoneyFormat
{
    private const char Minus = '\u2212';

    /// <summary>Without the currency: <c>1,000.50</c>.</summary>
    public static string Number(Amount amount)
    {
        var format = "N" + amount.Digits.ToString(CultureInfo.InvariantCulture);
        var magnitude = Math.Abs((decimal)amount.Minor);
        for (var digit = 0; digit < amount.Digits; digit++)
        {
            magnitude /= 10;
        }

        return (amount.Minor < 0 ? Minus.ToString() : "") + magnitude.ToString(format, CultureInfo.CurrentCulture);
    }

    /// <summary>With the currency's code: <c>1,000.50 USD</c>.</summary>
    public static string Text(Amount amount, string currency) => $"{Number(amount)}\u00A0{currency}";

    /// <summary>As a person types it in their culture, without grouping: <c>1000,50</c>.</summary>
    public static string Typed(Amount amount) =>
        amount.ToString().Replace(".", CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal);
}
