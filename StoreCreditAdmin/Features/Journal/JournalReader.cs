using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>The part of the ledger that a journal is made of.</summary>
/// <param name="LastEntryId">Entries after it are left out; null for none.</param>
internal sealed record JournalScope(Store Store, DateOnly From, DateOnly To, Currency? Currency = null, long? LastEntryId = null)
{
    public IQueryable<LedgerEntry> Of(StoreCreditDbContext db)
    {
        var entries = db.LedgerEntries.AsNoTracking().Where(entry =>
            entry.EffectiveOn >= From && entry.EffectiveOn <= To && entry.StoreId == Store.Id && entry.Kind != EntryKind.Authorize && entry.Kind != EntryKind.Release);
        entries = Currency is null ? entries : entries.Where(entry => entry.CurrencyCode == Currency.Code);
        return LastEntryId is { } last ? entries.Where(entry => entry.Id <= last) : entries;
    }
}

/// <summary>A transaction, and what its entries did to what is owed as the ledger's buckets say it.</summary>
internal readonly record struct JournalItem(JournalTransaction Transaction, long OwedChangeMinor);

/// <summary>Reads the ledger as transactions of the general ledger, in the order of days. What it gives for a range whose books are locked is the same for ever.</summary>
internal sealed class JournalReader(StoreCreditDbContext db, JournalScope scope, AccountMapping mapping)
{
    public IAsyncEnumerable<JournalItem> ReadAsync(JournalLayout layout, CancellationToken cancellationToken) =>
        layout == JournalLayout.Day ? DaysAsync(cancellationToken) : EntriesAsync(cancellationToken);

    public async Task<JournalTotals> TotalsAsync(CancellationToken cancellationToken)
    {
        var totals = new JournalTotals();
        await foreach (var (transaction, owed) in DaysAsync(cancellationToken))
        {
            totals.Add(transaction, owed);
        }

        totals.Prove();
        return totals;
    }

    private async IAsyncEnumerable<JournalItem> DaysAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sums = scope.Of(db)
            .GroupBy(entry => new
            {
                entry.EffectiveOn,
                entry.CurrencyCode,
                TypeCode = entry.Credit.Type.Code,
                entry.Credit.Type.PaidFor,
                entry.Kind,
                entry.From,
                entry.To,
                PaidAnOrder = entry.AuthorizationId != null,
                CarriedOver = entry.Credit.OriginCreditId != null,
            })
            .Select(entries => new { entries.Key, Minor = entries.Sum(entry => entry.AmountMinor), Count = entries.LongCount() })
            .OrderBy(sum => sum.Key.EffectiveOn);
        var day = new List<JournalItem>();
        await foreach (var sum in sums.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (day.Count > 0 && day[0].Transaction.On != sum.Key.EffectiveOn)
            {
                foreach (var item in Together(day))
                {
                    yield return item;
                }

                day.Clear();
            }

            day.Add(ItemOf(
                sum.Key.EffectiveOn, sum.Key.CurrencyCode, sum.Key.Kind, sum.Key.From, sum.Key.To, sum.Key.PaidAnOrder, sum.Key.CarriedOver, sum.Key.TypeCode, sum.Key.PaidFor, sum.Minor, sum.Count));
        }

        foreach (var item in Together(day))
        {
            yield return item;
        }
    }

    private async IAsyncEnumerable<JournalItem> EntriesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entries = scope.Of(db)
            .OrderBy(entry => entry.EffectiveOn).ThenBy(entry => entry.Id)
            .Select(entry => new
            {
                entry.EffectiveOn,
                entry.CurrencyCode,
                TypeCode = entry.Credit.Type.Code,
                entry.Credit.Type.PaidFor,
                entry.Kind,
                entry.From,
                entry.To,
                PaidAnOrder = entry.AuthorizationId != null,
                CarriedOver = entry.Credit.OriginCreditId != null,
                entry.AmountMinor,
                entry.PublicId,
                Account = entry.Account.PublicId,
                Credit = entry.Credit.PublicId,
                entry.Sequence,
                entry.OrderNumber,
                entry.InvoiceNumber,
                Reason = entry.Reason!.Code,
            });
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return ItemOf(
                entry.EffectiveOn, entry.CurrencyCode, entry.Kind, entry.From, entry.To, entry.PaidAnOrder, entry.CarriedOver, entry.TypeCode, entry.PaidFor, entry.AmountMinor, 1,
                new JournalSource(entry.PublicId, entry.Account, entry.Credit, entry.Sequence, entry.OrderNumber, entry.InvoiceNumber, entry.Reason));
        }
    }

    /// <summary>What is the same movement of a day, one transaction each, in an order that does not depend on the database.</summary>
    private static IEnumerable<JournalItem> Together(List<JournalItem> day) => day
        .GroupBy(item => (Currency: item.Transaction.Currency.Code, item.Transaction.Movement, Type: item.Transaction.TypeCode))
        .OrderBy(items => items.Key.Currency, StringComparer.Ordinal).ThenBy(items => items.Key.Movement).ThenBy(items => items.Key.Type, StringComparer.Ordinal)
        .Select(items => new JournalItem(
            items.First().Transaction with
            {
                AmountMinor = items.Aggregate(0L, (sum, item) => checked(sum + item.Transaction.AmountMinor)),
                Entries = items.Sum(item => item.Transaction.Entries),
            },
            items.Aggregate(0L, (sum, item) => checked(sum + item.OwedChangeMinor))));

    private JournalItem ItemOf(
        DateOnly on, string currency, EntryKind kind, Bucket from, Bucket to, bool paidAnOrder, bool carriedOver, string typeCode, bool paidFor, long amountMinor, long entries, JournalSource? source = null)
    {
        var movement = JournalMovements.Of(kind, to, paidAnOrder, carriedOver) ?? throw new InvalidOperationException($"An entry of kind {kind} moves nothing that is owed.");
        var transaction = new JournalTransaction(on, Currency.Of(currency), movement, typeCode, paidFor, mapping.PairOf(movement, typeCode, paidFor), amountMinor, entries, source);
        return new JournalItem(transaction, EntryWords.BalanceSign(from, to) * amountMinor);
    }
}
