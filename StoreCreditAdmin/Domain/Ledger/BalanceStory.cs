using System.Globalization;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>Answers "why is the balance this?" for one credit: a sentence for each sum of its entries, and a last one that adds them up.</summary>
public static class BalanceStory
{
    /// <param name="entries">All entries of one credit in their order, with their reasons.</param>
    public static IReadOnlyList<string> Of(Currency currency, IReadOnlyList<LedgerEntry> entries, CultureInfo culture)
    {
        var sentences = new List<string>();
        var sums = new Buckets();
        foreach (var entry in entries)
        {
            sums.Move(entry.From, entry.To, entry.AmountMinor);
        }

        foreach (var entry in entries.Where(one => one.Kind is EntryKind.Issue or EntryKind.Adjust))
        {
            sentences.Add(entry.Kind == EntryKind.Issue
                ? $"{Text(entry.AmountMinor)} was issued on {Day(entry)} by {entry.ActorName}{Because(entry)}."
                : $"{Text(entry.AmountMinor)} was {(entry.To == Bucket.Available ? "added" : "taken away")} on {Day(entry)} by {entry.ActorName}{Because(entry)}.");
        }

        foreach (var order in entries.Where(one => one.Kind is EntryKind.Capture or EntryKind.Refund).GroupBy(PaidFor))
        {
            var captured = Sum(order, EntryKind.Capture);
            var refunded = Sum(order, EntryKind.Refund);
            sentences.Add(refunded == 0 ? $"{Text(captured)} was used on {order.Key}."
                : refunded == captured ? $"{Text(captured)} was used on {order.Key} and all of it came back."
                : $"{Text(captured)} was used on {order.Key}, of which {Text(refunded)} came back.");
        }

        foreach (var order in entries.Where(one => one.From == Bucket.Authorized || one.To == Bucket.Authorized).GroupBy(PaidFor))
        {
            var held = order.Sum(one => one.To == Bucket.Authorized ? one.AmountMinor : -one.AmountMinor);
            if (held > 0)
            {
                sentences.Add($"{Text(held)} is held for {order.Key}.");
            }
        }

        foreach (var entry in entries.Where(one => one.Kind is EntryKind.Expire or EntryKind.Reinstate or EntryKind.Reclaim or EntryKind.Invalidate))
        {
            sentences.Add(entry.Kind switch
            {
                EntryKind.Expire => $"{Text(entry.AmountMinor)} expired at the end of {Day(entry)}.",
                EntryKind.Reinstate => $"{Text(entry.AmountMinor)} that had expired was given back on {Day(entry)} by {entry.ActorName}{Because(entry)}.",
                EntryKind.Reclaim => $"{Text(entry.AmountMinor)} was reclaimed on {Day(entry)}{(entry.OrderNumber is null ? "" : $" because order {entry.OrderNumber} was refunded")}.",
                _ => $"{Text(entry.AmountMinor)} was invalidated on {Day(entry)} by {entry.ActorName}{Because(entry)}.",
            });
        }

        sentences.Add(Addition(sums, Text));
        return sentences;

        string Text(long minor) => new Money(minor, currency).ToText(culture);
    }

    private static string Addition(Buckets sums, Func<long, string> text)
    {
        (long Minor, string Word)[] taken =
        [
            (sums.Used, "used"), (sums.Authorized, "held"), (sums.Expired, "expired"), (sums.Reclaimed, "reclaimed"), (sums.Invalidated, "invalidated"),
        ];
        var terms = string.Concat(taken.Where(one => one.Minor > 0).Select(one => $" − {text(one.Minor)} {one.Word}"));
        return terms.Length == 0
            ? $"So {text(sums.Available)} is left."
            : $"So {text(sums.Available)} is left: {text(sums.Credited)} credited{terms}.";
    }

    private static long Sum(IEnumerable<LedgerEntry> entries, EntryKind kind) => entries.Where(one => one.Kind == kind).Sum(one => one.AmountMinor);

    private static string PaidFor(LedgerEntry entry) =>
        entry.OrderNumber is not null ? $"order {entry.OrderNumber}"
        : entry.InvoiceNumber is not null ? $"invoice {entry.InvoiceNumber}"
        : "a purchase without a number";

    private static string Day(LedgerEntry entry) => entry.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Because(LedgerEntry entry) => entry.Reason is null ? "" : $" (reason: {entry.Reason.Name})";
}
