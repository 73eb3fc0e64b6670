using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features;

/// <summary>Amounts as people read them, on screen and on paper: grouped as a culture groups, with a real minus sign, never rounded.</summary>
public static class AmountText
{
    private const char Minus = '\u2212';

    /// <summary>Without the currency: <c>1,000.50</c>.</summary>
    public static string Number(Amount amount, CultureInfo culture)
    {
        var format = "N" + amount.Digits.ToString(CultureInfo.InvariantCulture);
        var magnitude = Math.Abs((decimal)amount.Minor);
        for (var digit = 0; digit < amount.Digits; digit++)
        {
            magnitude /= 10;
        }

        return (amount.Minor < 0 ? Minus.ToString() : "") + magnitude.ToString(format, culture);
    }
}
