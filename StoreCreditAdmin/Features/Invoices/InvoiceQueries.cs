using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>The sums of a list in one currency. What is voided is owed by nobody and counts in none.</summary>
public sealed record InvoiceTotals(string Currency, Amount Total, Amount Credit, Amount BalanceRemaining);

/// <summary>A page of invoices, with the totals of the whole filter.</summary>
public sealed record InvoicePage(IReadOnlyList<InvoiceRow> Items, int TotalCount, IReadOnlyList<InvoiceTotals> Totals) : Page<InvoiceRow>(Items, TotalCount);

/// <summary>A list of invoices as the HTTP API answers it, with the totals of the whole filter.</summary>
public sealed record InvoiceList(IReadOnlyList<InvoiceRow> Items, string? NextCursor, IReadOnlyList<InvoiceTotals> Totals) : KeysetPage<InvoiceRow>(Items, NextCursor);

/// <summary>Finds invoices.</summary>
public sealed class InvoiceQueries(IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string ListName = "invoices";

    /// <summary>The names by which lists can be sorted. Any other name gives the usual order: newest first.</summary>
    private static readonly Dictionary<string, Expression<Func<Invoice, object?>>> SortKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["number"] = invoice => invoice.Number,
        ["account"] = invoice => invoice.Account.Name,
        ["kind"] = invoice => invoice.Kind,
        ["issuedOn"] = invoice => invoice.IssuedOn,
        ["dueOn"] = invoice => invoice.DueOn,
        ["total"] = invoice => invoice.TotalMinor,
        ["credit"] = invoice => invoice.CreditMinor,
        ["balance"] = invoice => invoice.VoidedAt == null ? invoice.TotalMinor - invoice.CreditMinor : 0,
    };

    public static IReadOnlyCollection<string> SortNames => SortKeys.Keys;

    /// <summary>Null where there is no such invoice.</summary>
    public async Task<InvoiceView?> GetAsync(Caller caller, string number, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        return await db.FindInvoiceAsync(number) is { } invoice ? await InvoiceView.LoadAsync(db, invoice, cancellationToken) : null;
    }

    public async Task<InvoicePage> ListAsync(Caller caller, InvoiceFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var matching = await filter.ApplyAsync(db, cancellationToken);
        var rows = await WithNames(Sorted(matching, page)).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        var (totals, count) = await TotalsAsync(matching, cancellationToken);
        return new InvoicePage([.. rows.Select(InvoiceRow.Of)], count, totals);
    }

    /// <summary>Newest first.</summary>
    public async Task<InvoiceList> ListAsync(Caller caller, InvoiceFilter filter, KeysetRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var matching = await filter.ApplyAsync(db, cancellationToken);
        var rest = matching;
        if (page.After is { } after)
        {
            var (day, id) = (after.Number(ListName), after.Number(ListName, 1));
            var issuedOn = day >= 0 && day <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)day) : throw new BadCursorException();
            rest = matching.Where(invoice => invoice.IssuedOn < issuedOn || (invoice.IssuedOn == issuedOn && invoice.Id < id));
        }

        var rows = await WithNames(NewestFirst(rest)).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var list = KeysetPage<InvoiceRow>.Of(rows, page.Limit, InvoiceRow.Of, invoice => Cursor.After(ListName, invoice.IssuedOn.DayNumber, invoice.Id));
        var (totals, _) = await TotalsAsync(matching, cancellationToken);
        return new InvoiceList(list.Items, list.NextCursor, totals);
    }

    /// <summary>All invoices of a filter, one after the other, for files.</summary>
    public async IAsyncEnumerable<InvoiceRow> ReadAllAsync(
        Caller caller, InvoiceFilter filter, PageRequest sortedAs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var matching = await filter.ApplyAsync(db, cancellationToken);
        await foreach (var invoice in WithNames(Sorted(matching, sortedAs)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return InvoiceRow.Of(invoice);
        }
    }

    /// <summary>Every kind that there is an invoice of, by name. Goes from one kind to the next in the index, however many invoices each has.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        return await db.Database.SqlQuery<string>(
            $"""
            WITH RECURSIVE Kinds(Kind) AS (
                SELECT (SELECT MIN(Kind) FROM Invoices)
                UNION ALL
                SELECT (SELECT MIN(Invoices.Kind) FROM Invoices WHERE Invoices.Kind > Kinds.Kind) FROM Kinds WHERE Kinds.Kind IS NOT NULL)
            SELECT Kind AS Value FROM Kinds WHERE Kind IS NOT NULL
            """).ToListAsync(cancellationToken);
    }

    private static async Task<(IReadOnlyList<InvoiceTotals> Totals, int Count)> TotalsAsync(IQueryable<Invoice> matching, CancellationToken cancellationToken)
    {
        var sums = await matching
            .GroupBy(invoice => invoice.CurrencyCode)
            .OrderBy(invoices => invoices.Key)
            .Select(invoices => new
            {
                Currency = invoices.Key,
                Count = invoices.Count(),
                Total = invoices.Sum(invoice => invoice.VoidedAt == null ? invoice.TotalMinor : 0),
                Credit = invoices.Sum(invoice => invoice.CreditMinor),
            })
            .ToListAsync(cancellationToken);
        var totals = sums.Select(sum =>
        {
            var currency = Currency.Of(sum.Currency);
            return new InvoiceTotals(currency.Code, Amount.Of(sum.Total, currency), Amount.Of(sum.Credit, currency), Amount.Of(sum.Total - sum.Credit, currency));
        });
        return ([.. totals], sums.Sum(sum => sum.Count));
    }

    private static IQueryable<Invoice> Sorted(IQueryable<Invoice> invoices, PageRequest page) =>
        page.SortBy is null || !SortKeys.TryGetValue(page.SortBy, out var key) ? NewestFirst(invoices)
        : page.Descending ? invoices.OrderByDescending(key).ThenByDescending(invoice => invoice.Id)
        : invoices.OrderBy(key).ThenBy(invoice => invoice.Id);

    private static IQueryable<Invoice> NewestFirst(IQueryable<Invoice> invoices) =>
        invoices.OrderByDescending(invoice => invoice.IssuedOn).ThenByDescending(invoice => invoice.Id);

    private static IQueryable<Invoice> WithNames(IQueryable<Invoice> invoices) => invoices.Include(invoice => invoice.Account).Include(invoice => invoice.Store);
}
