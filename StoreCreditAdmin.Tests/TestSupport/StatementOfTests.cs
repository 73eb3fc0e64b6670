using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Statements;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Statements made up for tests: of November 2026, in dollars.</summary>
public static class StatementOfTests
{
    public static StatementHead Head(string name = "Ada Byron", string currency = "USD") => new()
    {
        StoreCode = "main",
        StoreName = "Main store",
        StoreAddress = "12 Long Lane\nLondon EC1A 9AA",
        TimeZone = "Europe/London",
        AccountId = new Guid("11111111-2222-3333-4444-555555555555"),
        ExternalId = "C-17850",
        AccountName = name,
        CardNumber = "4821930475561208",
        Currency = Currency.Of(currency),
        From = new DateOnly(2026, 11, 1),
        To = new DateOnly(2026, 11, 30),
        ForCustomer = false,
        MadeOn = new DateOnly(2026, 12, 1),
        MadeAt = new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero),
        LedgerSequence = 57,
        LedgerHead = new string('a', 64),
    };

    public static StatementMovement Movement(long sequence, long amount, DateOnly? on = null) => new()
    {
        Sequence = sequence,
        RecordedAt = new DateTimeOffset(2026, 11, 5, 9, 0, 0, TimeSpan.Zero),
        EffectiveOn = on ?? new DateOnly(2026, 11, 5),
        Kind = amount < 0 ? EntryKind.Capture : EntryKind.Issue,
        AmountMinor = amount,
        Credit = "Store Credit",
    };

    public static Statement Of(long opening, params IEnumerable<long> amounts) => Of(Head(), opening, amounts.Select((amount, index) => Movement(index + 1, amount)));

    public static Statement Of(StatementHead head, long opening, IEnumerable<StatementMovement> movements)
    {
        var all = movements.ToList();
        return Statement.Of(head, opening, all, new StatementClosing(opening + all.Sum(one => one.AmountMinor), 0, null));
    }

    /// <summary>So many lines, spread over the month.</summary>
    public static Statement WithLines(int count, string name = "Ada Byron", string? memo = null, string currency = "USD") => Of(
        Head(name, currency),
        10_000_000,
        Enumerable.Range(1, count).Select(index => Movement(index, index % 3 == 0 ? -index * 7 : index * 11, new DateOnly(2026, 11, 1).AddDays((index - 1) * 29 / Math.Max(1, count))) with
        {
            OrderNumber = index % 3 == 0 ? $"order-{index}" : null,
            Memo = index % 4 == 0 ? memo : null,
        }));
}
