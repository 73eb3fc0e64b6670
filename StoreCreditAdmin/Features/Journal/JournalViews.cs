using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Journal;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>Which part of the ledger a journal is of. Both days are inclusive.</summary>
public sealed record JournalRequest
{
    public string? Store { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Null for all. An export for good has all of them.</summary>
    public string? Currency { get; init; }
}

/// <summary>One account of the general ledger in one currency. <see cref="Net"/> is debit less credit.</summary>
public sealed record JournalAccountLine(string Currency, string Account, Amount Debit, Amount Credit, Amount Net)
{
    internal static JournalAccountLine Of(JournalAccountTotal total)
    {
        var currency = Domain.Currency.Of(total.Currency);
        return new(total.Currency, total.Account, Amount.Of(total.DebitMinor, currency), Amount.Of(total.CreditMinor, currency), Amount.Of(total.DebitMinor - total.CreditMinor, currency));
    }
}

/// <summary>What a file of the range would hold.</summary>
public sealed record JournalPreview
{
    public required string Store { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required long Entries { get; init; }

    /// <summary>By currency and account. Both sides are equal in each currency: it was proven.</summary>
    public required IReadOnlyList<JournalAccountLine> Accounts { get; init; }

    public required int MappingNumber { get; init; }

    /// <summary>How many credits ran out in the range or before and are not booked as expired yet.</summary>
    public required int UnbookedExpiries { get; init; }

    /// <summary>Why it cannot be exported for good; null where it can.</summary>
    public required Refusal? NotExportable { get; init; }

    /// <summary>The export that is this very range, where there is one.</summary>
    public required Guid? ExportedAs { get; init; }
}

/// <summary>How far a store is accounted for.</summary>
/// <param name="FirstEntryOn">The day of the first entry; null while there is none.</param>
/// <param name="ExportedThrough">The last day of the last export.</param>
/// <param name="NextFrom">The first day that the next export begins with.</param>
/// <param name="NextTo">The end of that month, or yesterday where it is not over.</param>
public sealed record JournalDesk(BooksView Books, DateOnly? FirstEntryOn, DateOnly? ExportedThrough, DateOnly? NextFrom, DateOnly? NextTo);

/// <summary>An export for good as lists show it.</summary>
public sealed record JournalExportView
{
    public required Guid Id { get; init; }

    public required string Store { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required long Entries { get; init; }

    public required IReadOnlyList<JournalAccountLine> Accounts { get; init; }

    public required IReadOnlyList<JournalFile> Files { get; init; }

    public required int MappingNumber { get; init; }

    public required string? HeadHash { get; init; }

    public required string? AnchorHash { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    internal static JournalExportView Of(JournalExport export, string store) => new()
    {
        Id = export.PublicId,
        Store = store,
        From = export.From,
        To = export.To,
        Entries = export.Entries,
        Accounts = [.. export.Totals.Select(JournalAccountLine.Of)],
        Files = export.Files,
        MappingNumber = export.MappingNumber,
        HeadHash = export.HeadHash is { } head ? Convert.ToHexStringLower(head) : null,
        AnchorHash = export.AnchorHash is { } anchor ? Convert.ToHexStringLower(anchor) : null,
        By = export.ActorName,
        At = export.At,
    };
}
