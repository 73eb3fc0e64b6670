namespace StoreCreditAdmin.Domain.Invoices;

/// <summary>What one invoice gets of an account's credit. In minor units, above zero.</summary>
public readonly record struct InvoiceShare(Invoice Invoice, long AmountMinor)
{
    /// <summary>
    /// Shares what an account can spend among its invoices of one store and currency: the oldest first, by date of issue and then in the order of arrival,
    /// each as much as it still owes.
    /// </summary>
    public static IReadOnlyList<InvoiceShare> Of(long availableMinor, IEnumerable<Invoice> invoices)
    {
        var shares = new List<InvoiceShare>();
        foreach (var invoice in invoices.Where(one => one is { IsAutomatic: true, Status: InvoiceStatus.Open }).OrderBy(one => one.IssuedOn).ThenBy(one => one.Id))
        {
            var part = Math.Min(availableMinor, invoice.BalanceMinor);
            if (part > 0)
            {
                shares.Add(new InvoiceShare(invoice, part));
                availableMinor -= part;
            }
        }

        return shares;
    }
}
