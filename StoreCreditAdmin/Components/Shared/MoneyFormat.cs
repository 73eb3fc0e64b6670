using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>Amounts as people read them: grouped as their culture groups, with a real minus sign, never rounded.</summary>
public static class MoneyFormat
{
    /// <summary>Without the currency: <c>1,000.50</c>.</summary>
    public static string Number(Amount amount) => AmountText.Number(amount, CultureInfo.CurrentCulture);

    /// <summary>With the currency's code: <c>1,000.50 USD</c>.</summary>
    public static string Text(Amount amount, string currency) => $"{Number(amount)}\u00A0{currency}";

    /// <summary>As a person types it in their culture, without grouping: <c>1000,50</c>.</summary>
    public static string Typed(Amount amount) =>
        amount.ToString().Replace(".", CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal);
}
