using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Domain.Statements;

/// <summary>
/// What an account's balance was before a period, what changed it, and what it is after: available and authorized together, of one store in one currency.
/// Cannot be made unless the opening balance and the movements give the closing one.
/// </summary>
public sealed class Statement
{
    private Statement(StatementHead head, long openingMinor, IReadOnlyList<StatementLine> lines, StatementClosing closing)
    {
        Head = head;
        OpeningMinor = openingMinor;
        Lines = lines;
        Closing = closing;
    }

    public StatementHead Head { get; }

    public Currency Currency => Head.Currency;

    public long OpeningMinor { get; }

    /// <summary>In the order in which they took effect.</summary>
    public IReadOnlyList<StatementLine> Lines { get; }

    public StatementClosing Closing { get; }

    /// <summary>What came in, and what went out as a number above zero.</summary>
    public long InMinor => Lines.Where(line => line.AmountMinor > 0).Sum(line => line.AmountMinor);

    public long OutMinor => -Lines.Where(line => line.AmountMinor < 0).Sum(line => line.AmountMinor);

    /// <param name="movements">Those of the period that change the balance, by the day of effect and then by sequence.</param>
    /// <param name="closing">Found on its own, not by adding up the movements.</param>
    /// <exception cref="StatementException">The figures do not tie out, or the movements are not those of the period in their order.</exception>
    public static Statement Of(StatementHead head, long openingMinor, IEnumerable<StatementMovement> movements, StatementClosing closing)
    {
        var lines = new List<StatementLine>();
        var balance = openingMinor;
        foreach (var movement in movements)
        {
            if (movement.EffectiveOn < head.From || movement.EffectiveOn > head.To)
            {
                throw new StatementException(head, $"entry {movement.Sequence} took effect outside the period");
            }

            if (lines.Count > 0 && (movement.EffectiveOn, movement.Sequence).CompareTo((lines[^1].Movement.EffectiveOn, lines[^1].Movement.Sequence)) <= 0)
            {
                throw new StatementException(head, $"entry {movement.Sequence} is out of order");
            }

            if (movement.AmountMinor == 0)
            {
                throw new StatementException(head, $"entry {movement.Sequence} changes nothing");
            }

            balance = checked(balance + movement.AmountMinor);
            lines.Add(new StatementLine(movement, balance));
        }

        return balance == closing.BalanceMinor
            ? new Statement(head, openingMinor, lines, closing)
            : throw new StatementException(head, $"the opening balance and the lines give {balance}, the closing balance is {closing.BalanceMinor}");
    }
}

/// <summary>Whose statement it is, of what, and from which state of the ledger it was made.</summary>
public sealed record StatementHead
{
    public required string StoreCode { get; init; }

    public required string StoreName { get; init; }

    /// <summary>In lines; null where the store has none.</summary>
    public required string? StoreAddress { get; init; }

    /// <summary>The IANA name of the zone that the dates are of.</summary>
    public required string TimeZone { get; init; }

    public required Guid AccountId { get; init; }

    public required string? ExternalId { get; init; }

    public required string AccountName { get; init; }

    public required string CardNumber { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>Both days inclusive.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>In the customer's words, without what is for staff.</summary>
    public required bool ForCustomer { get; init; }

    /// <summary>The day in the store on which it was made; a period that ends on it or later is not over.</summary>
    public required DateOnly MadeOn { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The number and the hash of the account's newest entry, in hexadecimal digits: zeros where it has none.</summary>
    public required long LedgerSequence { get; init; }

    public required string LedgerHead { get; init; }

    /// <summary>The last daily anchor of the whole ledger; null before the first.</summary>
    public StatementAnchor? Anchor { get; init; }

    public bool IsOver => To < MadeOn;
}

/// <summary>All of the ledger up to a day in one hash, in hexadecimal digits.</summary>
public sealed record StatementAnchor(DateOnly Day, string Hash);

/// <summary>What was at the end of the period.</summary>
/// <param name="BalanceMinor">Available and authorized together.</param>
/// <param name="AuthorizedMinor">The part of it that was held.</param>
public sealed record StatementClosing(long BalanceMinor, long AuthorizedMinor, StatementExpiry? NextExpiry);

/// <summary>What expires next after the period, and the last day on which it can be spent.</summary>
public sealed record StatementExpiry(DateOnly On, long AmountMinor);

/// <summary>A movement that changes the balance, by <see cref="AmountMinor"/>, with its sign.</summary>
public sealed record StatementMovement
{
    public required long Sequence { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    public required EntryKind Kind { get; init; }

    public required long AmountMinor { get; init; }

    public string? OrderNumber { get; init; }

    public string? InvoiceNumber { get; init; }

    /// <summary>The reason's name. Null in the customer's words.</summary>
    public string? Reason { get; init; }

    /// <summary>For staff; null in the customer's words.</summary>
    public string? Memo { get; init; }

    /// <summary>What the credit says to the customer, on the movement that opened it.</summary>
    public string? Note { get; init; }

    /// <summary>The credit's name, or else its type's.</summary>
    public required string Credit { get; init; }
}

/// <param name="BalanceMinor">After the movement, by the days of effect.</param>
public sealed record StatementLine(StatementMovement Movement, long BalanceMinor)
{
    public long AmountMinor => Movement.AmountMinor;

    /// <summary>The customer's word for it.</summary>
    public string Label => EntryWords.LabelOf(Movement.Kind);

    /// <summary>The one thing that it refers to: an order, an invoice, a reason or a text; null where it names none.</summary>
    public string? Reference => Movement.OrderNumber ?? Movement.InvoiceNumber ?? Movement.Reason ?? Movement.Note ?? Movement.Memo;

    /// <summary>All that is known of it, in words; never empty.</summary>
    public string Description
    {
        get
        {
            string?[] parts =
            [
                Movement.OrderNumber is { } order ? $"Order {order}" : null,
                Movement.InvoiceNumber is { } invoice ? $"Invoice {invoice}" : null,
                Movement.Reason,
                Movement.Note,
                Movement.Memo,
            ];
            var known = string.Join(" · ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
            return known.Length > 0 ? known : Movement.Credit;
        }
    }
}

/// <summary>The ledger gave figures that do not make a statement. Never shown as one.</summary>
public sealed class StatementException(StatementHead head, string what)
    : Exception($"Statement of account {head.AccountId}, store {head.StoreCode}, {head.Currency}, {head.From:yyyy-MM-dd} to {head.To:yyyy-MM-dd}: {what}.");
