namespace StoreCreditAdmin.Domain.Journal;

/// <summary>An amount above zero on the debit side of one account and the credit side of another, on a day.</summary>
/// <param name="Entries">How many entries of the ledger it stands for.</param>
public sealed record JournalTransaction(
    DateOnly On, Currency Currency, JournalMovement Movement, string TypeCode, bool PaidFor, GlPair Accounts, long AmountMinor, long Entries, JournalSource? Source = null)
{
    /// <summary>What it is called in files; the same for ever.</summary>
    public string Number => Source is { } source
        ? source.EntryId.ToString()
        : $"{On:yyyy-MM-dd}-{Currency}-{JournalMovements.NameOf(Movement).Replace(' ', '-')}-{TypeCode}";

    /// <summary>What moved and for what, in one line without anything that people may rename later.</summary>
    public string Description
    {
        get
        {
            var what = $"Store credit {JournalMovements.NameOf(Movement)}";
            return Source is { OrderNumber: { } order } ? $"{what}, order {order}"
                : Source is { InvoiceNumber: { } invoice } ? $"{what}, invoice {invoice}"
                : Source is null ? $"{what}, {Entries} {(Entries == 1 ? "entry" : "entries")}"
                : what;
        }
    }
}

/// <summary>The one entry that a transaction is, where it is not the sum of a day.</summary>
public sealed record JournalSource(Guid EntryId, Guid AccountId, Guid CreditId, long Sequence, string? OrderNumber, string? InvoiceNumber, string? ReasonCode);
