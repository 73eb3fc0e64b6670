using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>Reads the figures of a statement from a snapshot: the balances before and after the period by one way, the movements in it by another.</summary>
internal static class StatementReading
{
    /// <summary>More lines than anybody reads; a statement of so many takes some seconds to draw.</summary>
    public const int MaxLines = 50_000;

    private static readonly Func<StoreCreditDbContext, long, int, string, DateOnly, DateOnly, IAsyncEnumerable<Row>> Movements =
        EF.CompileAsyncQuery((StoreCreditDbContext db, long account, int store, string currency, DateOnly from, DateOnly to) => db.LedgerEntries
            .Where(entry => entry.AccountId == account && entry.StoreId == store && entry.CurrencyCode == currency)
            .Where(entry => entry.EffectiveOn >= from && entry.EffectiveOn <= to && entry.Kind != EntryKind.Authorize && entry.Kind != EntryKind.Release)
            .OrderBy(entry => entry.EffectiveOn).ThenBy(entry => entry.Sequence)
            .Take(MaxLines + 1)
            .Select(entry => new Row(
                entry.Sequence, entry.RecordedAt, entry.EffectiveOn, entry.Kind, entry.From, entry.To, entry.AmountMinor, entry.OrderNumber, entry.InvoiceNumber,
                entry.Reason!.Name, entry.Memo, entry.Credit.CustomerNote, entry.Credit.Name, entry.Credit.Type.Name)));

    private static readonly Func<StoreCreditDbContext, long, int, string, DateOnly, IAsyncEnumerable<Expiring>> ExpiringNow =
        EF.CompileAsyncQuery((StoreCreditDbContext db, long account, int store, string currency, DateOnly today) => db.Credits
            .Where(credit => credit.AccountId == account && credit.StoreId == store && credit.CurrencyCode == currency)
            .Where(credit => credit.Buckets.Available > 0 && credit.ExpiresOn >= today)
            .Select(credit => new Expiring(credit.ExpiresOn!.Value, credit.Buckets.Available)));

    private static readonly Func<StoreCreditDbContext, long, int, string, DateOnly, IAsyncEnumerable<Expiring>> ExpiringAfter =
        EF.CompileAsyncQuery((StoreCreditDbContext db, long account, int store, string currency, DateOnly day) => db.Credits
            .Where(credit => credit.AccountId == account && credit.StoreId == store && credit.CurrencyCode == currency)
            .Where(credit => credit.IssuedOn <= day && credit.ExpiresOn > day)
            .Select(credit => new Expiring(
                credit.ExpiresOn!.Value,
                db.LedgerEntries
                    .Where(entry => entry.CreditId == credit.Id && entry.EffectiveOn <= day && (entry.From == Bucket.Available || entry.To == Bucket.Available))
                    .Sum(entry => entry.To == Bucket.Available ? entry.AmountMinor : -entry.AmountMinor))));

    /// <exception cref="StatementException">The figures do not tie out: a bug, or a ledger that was tampered with.</exception>
    public static async Task<Result<Statement>> ReadAsync(StoreCreditDbContext db, StatementHead head, long accountId, int storeId, CancellationToken cancellationToken)
    {
        var currency = head.Currency.Code;
        var opening = await db.BalanceBeforeAsync(accountId, storeId, currency, head.From, cancellationToken);
        var closing = await db.BalanceBeforeAsync(accountId, storeId, currency, head.To == DateOnly.MaxValue ? head.To : head.To.AddDays(1), cancellationToken);
        var movements = new List<StatementMovement>();
        await foreach (var row in Movements(db, accountId, storeId, currency, head.From, head.To).WithCancellation(cancellationToken))
        {
            movements.Add(row.Movement(head.ForCustomer));
        }

        if (movements.Count > MaxLines)
        {
            return new Refusal(
                "period-too-long", string.Create(CultureInfo.InvariantCulture, $"The period has more than {MaxLines:N0} movements. Choose a shorter one."), "from");
        }

        var expiring = head.IsOver ? ExpiringAfter(db, accountId, storeId, currency, head.To) : ExpiringNow(db, accountId, storeId, currency, head.MadeOn);
        return Statement.Of(
            head, opening.TotalMinor, movements, new StatementClosing(closing.TotalMinor, closing.AuthorizedMinor, await FirstAsync(expiring, cancellationToken)));
    }

    private static async Task<StatementExpiry?> FirstAsync(IAsyncEnumerable<Expiring> credits, CancellationToken cancellationToken)
    {
        StatementExpiry? next = null;
        await foreach (var credit in credits.WithCancellation(cancellationToken))
        {
            if (credit.AvailableMinor > 0 && (next is null || credit.On <= next.On))
            {
                next = new StatementExpiry(credit.On, checked(credit.AvailableMinor + (credit.On == next?.On ? next.AmountMinor : 0)));
            }
        }

        return next;
    }

    private sealed record Expiring(DateOnly On, long AvailableMinor);

    private sealed record Row(
        long Sequence,
        DateTimeOffset RecordedAt,
        DateOnly EffectiveOn,
        EntryKind Kind,
        Bucket From,
        Bucket To,
        long AmountMinor,
        string? OrderNumber,
        string? InvoiceNumber,
        string? ReasonName,
        string? Memo,
        string? CustomerNote,
        string? CreditName,
        string TypeName)
    {
        public StatementMovement Movement(bool forCustomer) => new()
        {
            Sequence = Sequence,
            RecordedAt = RecordedAt,
            EffectiveOn = EffectiveOn,
            Kind = Kind,
            AmountMinor = EntryWords.BalanceSign(From, To) * AmountMinor,
            OrderNumber = OrderNumber,
            InvoiceNumber = InvoiceNumber,
            Reason = forCustomer ? null : ReasonName,
            Memo = forCustomer ? null : Memo,
            Note = Kind == EntryKind.Issue ? CustomerNote : null,
            Credit = CreditName ?? TypeName,
        };
    }
}
