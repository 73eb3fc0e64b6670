using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Features.Accounts;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>By which invoices are looked for.</summary>
public enum InvoiceState
{
    /// <summary>Neither paid nor voided.</summary>
    Open,

    /// <summary>Open, and something is left to pay.</summary>
    Due,

    /// <summary>Open, and nothing is left to pay: it may be marked paid.</summary>
    Covered,

    Paid,
    Voided,
}

/// <summary>Which invoices a list shows. What is null does not narrow it.</summary>
public sealed record InvoiceFilter
{
    private const int MaxAccounts = 200;
    private const int MaxMatches = 5000;

    /// <summary>Follows every text that begins with the text before it.</summary>
    private const string Last = "\U0010FFFF";

    /// <summary>The beginning of a number, or what finds the account.</summary>
    public string? Search { get; init; }

    /// <summary>An account's id, or <c>ext:</c> and its external id.</summary>
    public string? Account { get; init; }

    /// <summary>The store's code.</summary>
    public string? Store { get; init; }

    public string? Kind { get; init; }

    public InvoiceState? State { get; init; }

    public string? Currency { get; init; }

    public DateOnly? DueFrom { get; init; }

    /// <summary>Inclusive.</summary>
    public DateOnly? DueTo { get; init; }

    internal async Task<IQueryable<Invoice>> ApplyAsync(StoreCreditDbContext db, CancellationToken cancellationToken)
    {
        var invoices = db.Invoices.AsNoTracking();
        if (Account is not null)
        {
            // Looked up first: with the id itself at hand the database goes by the account's index.
            var accountId = await db.Accounts.WithReference(Account).Select(account => account.Id).SingleOrDefaultAsync(cancellationToken);
            invoices = invoices.Where(invoice => invoice.AccountId == accountId);
        }

        if (Store is not null)
        {
            var storeId = await db.Stores.Where(store => store.Code == Store).Select(store => store.Id).SingleOrDefaultAsync(cancellationToken);
            invoices = invoices.Where(invoice => invoice.StoreId == storeId);
        }

        if (Texts.Clean(Search) is { } text)
        {
            var ids = await MatchesAsync(db, text, cancellationToken);
            invoices = invoices.Where(invoice => ids.Contains(invoice.Id));
        }

        if (Kind is not null)
        {
            invoices = invoices.Where(invoice => invoice.Kind == Kind);
        }

        if (Currency is not null)
        {
            invoices = invoices.Where(invoice => invoice.CurrencyCode == Currency);
        }

        if (DueFrom is { } dueFrom)
        {
            invoices = invoices.Where(invoice => invoice.DueOn >= dueFrom);
        }

        if (DueTo is { } dueTo)
        {
            invoices = invoices.Where(invoice => invoice.DueOn <= dueTo);
        }

        return State switch
        {
            InvoiceState.Open => invoices.Where(invoice => invoice.PaidAt == null && invoice.VoidedAt == null),
            InvoiceState.Due => invoices.WithBalance(),
            InvoiceState.Covered => invoices.Where(invoice => invoice.PaidAt == null && invoice.VoidedAt == null && invoice.CreditMinor == invoice.TotalMinor),
            InvoiceState.Paid => invoices.Where(invoice => invoice.PaidAt != null && invoice.VoidedAt == null),
            InvoiceState.Voided => invoices.Where(invoice => invoice.VoidedAt != null),
            _ => invoices,
        };
    }

    /// <summary>Invoices whose number begins so; where there is none, those of accounts that match.</summary>
    private static async Task<List<long>> MatchesAsync(StoreCreditDbContext db, string text, CancellationToken cancellationToken)
    {
        var matches = new HashSet<long>();
        foreach (var start in new[] { text, text.ToUpperInvariant(), text.ToLowerInvariant() }.Distinct())
        {
            matches.UnionWith(await db.Database.SqlQuery<long>(
                $"SELECT Id AS Value FROM Invoices WHERE Number >= {start} AND Number < {start + Last} LIMIT {MaxMatches}").ToListAsync(cancellationToken));
        }

        if (matches.Count == 0 && SearchTerms.Of(text) is { } terms)
        {
            var accounts = (await new AccountMatcher(db, terms, cancellationToken).FindAsync(0, MaxAccounts)).Ids;
            matches.UnionWith(await db.Invoices.Where(invoice => accounts.Contains(invoice.AccountId)).Select(invoice => invoice.Id).Take(MaxMatches).ToListAsync(cancellationToken));
        }

        return [.. matches];
    }
}
