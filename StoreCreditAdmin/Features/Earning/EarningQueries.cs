using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>Reads what rules gave, what could not be taken back, and how far customers are.</summary>
public sealed class EarningQueries(IDbContextFactory<StoreCreditDbContext> contexts)
{
    /// <summary>What rules gave an account, or why they gave nothing, the newest first.</summary>
    /// <param name="accountReference">The account's id, or <c>ext:</c> and its external id.</param>
    public async Task<Page<AwardRow>> AwardsAsync(Caller caller, string accountReference, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var awards = await OfAccountAsync(db, accountReference, cancellationToken);
        var rows = await Awards(awards.Skip(page.Skip).Take(page.Rows)).ToListAsync(cancellationToken);
        return new Page<AwardRow>([.. rows.Select(RowOf)], await awards.CountAsync(cancellationToken));
    }

    /// <summary>All of them, one after the other, for files. None where there is no such account.</summary>
    /// <inheritdoc cref="AwardsAsync"/>
    public async IAsyncEnumerable<AwardRow> ReadAllAwardsAsync(Caller caller, string accountReference, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        await foreach (var row in Awards(await OfAccountAsync(db, accountReference, cancellationToken)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return RowOf(row);
        }
    }

    /// <summary>The rules that are on, store by store, and how far the account is with each. None while the module is off.</summary>
    /// <inheritdoc cref="AwardsAsync"/>
    public async Task<IReadOnlyList<RuleProgress>> ProgressAsync(Caller caller, string accountReference, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        if (!await db.IsModuleEnabledAsync())
        {
            return [];
        }

        var accountId = await AccountIdAsync(db, accountReference, cancellationToken);
        var rules = await db.CurrentVersions().AsNoTracking().Where(version => version.Rule.Enabled).RulesAsync(cancellationToken);
        var paid = await db.Orders.Where(order => order.AccountId == accountId && order.BaseMinor != null)
            .GroupBy(order => new { order.StoreId, order.CurrencyCode })
            .Select(orders => new { orders.Key.StoreId, orders.Key.CurrencyCode, Orders = orders.LongCount(), SpentMinor = orders.Sum(order => order.BaseMinor!.Value) })
            .ToListAsync(cancellationToken);
        var ruleIds = rules.ConvertAll(rule => rule.Id);
        var newest = db.Awards.Where(award => award.AccountId == accountId && ruleIds.Contains(award.RuleId))
            .GroupBy(award => new { award.RuleId, award.CurrencyCode }).Select(awards => awards.Max(award => award.Id));
        var last = await db.Awards.AsNoTracking().Where(award => newest.Contains(award.Id)).ToListAsync(cancellationToken);
        var registered = await db.Awards.Where(award => award.AccountId == accountId && award.OrderId == null).Select(award => award.StoreId).ToListAsync(cancellationToken);
        return
        [
            .. rules.OrderByDescending(rule => rule.Store.IsDefault).ThenBy(rule => rule.Store.Name, StringComparer.Ordinal).ThenBy(rule => rule.Method).Select(rule => new RuleProgress(
                rule.Store.Code,
                rule.Method,
                rule.Version,
                rule.Current.Terms,
                rule.Current.Currency,
                paid.Where(one => rule.Method == EarningMethod.FirstOrder || one.StoreId == rule.StoreId).Sum(one => one.Orders),
                paid.Where(one => one.StoreId == rule.StoreId && one.CurrencyCode == rule.Current.CurrencyCode).Sum(one => one.SpentMinor),
                last.Find(award => award.RuleId == rule.Id && award.CurrencyCode == rule.Current.CurrencyCode)?.CarryAfterMinor ?? 0,
                registered.Contains(rule.StoreId))),
        ];
    }

    /// <summary>Awards of which something should have been taken back that was spent already, the newest first, and what is missing in all.</summary>
    /// <param name="store">The store's code; null for all.</param>
    public async Task<ShortfallPage> ShortfallsAsync(Caller caller, string? store, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var awards = await WithShortfallAsync(db, store, cancellationToken);
        var totals = await awards.GroupBy(award => award.CurrencyCode)
            .Select(ofCurrency => new { Currency = ofCurrency.Key, Awards = ofCurrency.Count(), MissingMinor = ofCurrency.Sum(award => award.ShortfallMinor) })
            .ToListAsync(cancellationToken);
        var rows = await Shortfalls(awards.OrderByDescending(award => award.Id).Skip(page.Skip).Take(page.Rows)).ToListAsync(cancellationToken);
        return new ShortfallPage(
            [.. rows.Select(RowOf)],
            totals.Sum(total => total.Awards),
            [.. totals.OrderBy(total => total.Currency, StringComparer.Ordinal).Select(total => new ShortfallTotal(total.Currency, Amount.Of(total.MissingMinor, Currency.Of(total.Currency))))]);
    }

    /// <summary>All of them, one after the other, for files.</summary>
    /// <inheritdoc cref="ShortfallsAsync"/>
    public async IAsyncEnumerable<ShortfallRow> ReadAllShortfallsAsync(Caller caller, string? store, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var awards = (await WithShortfallAsync(db, store, cancellationToken)).OrderByDescending(award => award.Id);
        await foreach (var row in Shortfalls(awards).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return RowOf(row);
        }
    }

    private static async Task<IOrderedQueryable<Award>> OfAccountAsync(StoreCreditDbContext db, string accountReference, CancellationToken cancellationToken)
    {
        var accountId = await AccountIdAsync(db, accountReference, cancellationToken);
        return db.Awards.AsNoTracking().Where(award => award.AccountId == accountId).OrderByDescending(award => award.Id);
    }

    private static IQueryable<Given> Awards(IQueryable<Award> awards) => awards.Select(award => new Given(
        award, award.RuleVersion, award.RuleVersion.Rule.Store.Code, award.Order!.Number, (Guid?)award.Credit!.PublicId));

    private static AwardRow RowOf(Given row) => AwardRow.Of(row.Award, row.Version, row.Store, row.Order, row.Credit);

    private static async Task<IQueryable<Award>> WithShortfallAsync(StoreCreditDbContext db, string? store, CancellationToken cancellationToken)
    {
        var awards = db.Awards.AsNoTracking().Where(award => award.ShortfallMinor > 0);
        if (store is null)
        {
            return awards;
        }

        var storeId = await db.Stores.Where(one => one.Code == store).Select(one => one.Id).SingleOrDefaultAsync(cancellationToken);
        return awards.Where(award => award.StoreId == storeId);
    }

    private static IQueryable<Shortfall> Shortfalls(IQueryable<Award> awards) => awards.Select(award => new Shortfall(
        award,
        award.RuleVersion.Rule.Store.Code,
        award.Account.PublicId,
        award.Account.Name,
        award.Order!.Number,
        award.Credit!.PublicId,
        award.Order.CancelledAt,
        award.Order.Refunds.OrderByDescending(refund => refund.Id).Select(refund => (DateTimeOffset?)refund.At).FirstOrDefault()));

    private static ShortfallRow RowOf(Shortfall row) => new()
    {
        Id = row.Award.PublicId,
        Store = row.Store,
        AccountId = row.AccountId,
        AccountName = row.AccountName,
        OrderNumber = row.Order,
        CreditId = row.Credit,
        Method = EarningNames.Of(row.Award.Method),
        Currency = row.Award.CurrencyCode,
        Earned = Amount.Of(row.Award.AmountMinor, row.Award.Currency),
        Reclaimed = Amount.Of(row.Award.ReclaimedMinor, row.Award.Currency),
        Missing = Amount.Of(row.Award.ShortfallMinor, row.Award.Currency),
        EarnedAt = row.Award.At,
        GivenBackAt = row.CancelledAt > row.RefundedAt ? row.CancelledAt : row.RefundedAt ?? row.CancelledAt,
    };

    private static Task<long> AccountIdAsync(StoreCreditDbContext db, string reference, CancellationToken cancellationToken) =>
        db.Accounts.WithReference(reference).Select(account => account.Id).SingleOrDefaultAsync(cancellationToken);

    private sealed record Given(Award Award, EarningRuleVersion Version, string Store, string? Order, Guid? Credit);

    private sealed record Shortfall(
        Award Award, string Store, Guid AccountId, string AccountName, string Order, Guid Credit, DateTimeOffset? CancelledAt, DateTimeOffset? RefundedAt);
}

/// <summary>What a rule gave once, or why it gave nothing.</summary>
public sealed record AwardRow
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Store { get; init; }

    public required EarningMethod Method { get; init; }

    public required int RuleVersion { get; init; }

    public required RuleTerms Terms { get; init; }

    public required Currency RuleCurrency { get; init; }

    /// <summary>Null for a registration.</summary>
    public required string? OrderNumber { get; init; }

    /// <summary>The currency of the award's amounts.</summary>
    public required string Currency { get; init; }

    public required Amount Base { get; init; }

    public required Amount CarryBefore { get; init; }

    public required Amount CarryAfter { get; init; }

    public required Amount Amount { get; init; }

    /// <summary>Why nothing was given, as a code; null where something was.</summary>
    public required string? Reason { get; init; }

    public required Guid? CreditId { get; init; }

    public required Amount Reclaimed { get; init; }

    public required Amount Shortfall { get; init; }

    internal static AwardRow Of(Award award, EarningRuleVersion version, string store, string? order, Guid? credit)
    {
        Amount In(long minor) => Domain.Amount.Of(minor, award.Currency);
        return new()
        {
            Id = award.PublicId,
            At = award.At,
            Store = store,
            Method = award.Method,
            RuleVersion = version.Number,
            Terms = version.Terms,
            RuleCurrency = version.Currency,
            OrderNumber = order,
            Currency = award.CurrencyCode,
            Base = In(award.BaseMinor),
            CarryBefore = In(award.CarryBeforeMinor),
            CarryAfter = In(award.CarryAfterMinor),
            Amount = In(award.AmountMinor),
            Reason = award.Reason,
            CreditId = credit,
            Reclaimed = In(award.ReclaimedMinor),
            Shortfall = In(award.ShortfallMinor),
        };
    }
}

/// <summary>An award of which something could not be taken back. Amounts stand in <see cref="Currency"/>.</summary>
public sealed record ShortfallRow
{
    public required Guid Id { get; init; }

    public required string Store { get; init; }

    public required Guid AccountId { get; init; }

    public required string AccountName { get; init; }

    public required string OrderNumber { get; init; }

    public required Guid CreditId { get; init; }

    /// <summary>The rule's method.</summary>
    public required string Method { get; init; }

    public required string Currency { get; init; }

    public required Amount Earned { get; init; }

    public required Amount Reclaimed { get; init; }

    public required Amount Missing { get; init; }

    public required DateTimeOffset EarnedAt { get; init; }

    /// <summary>When the order was cancelled or last refunded.</summary>
    public required DateTimeOffset? GivenBackAt { get; init; }
}

public sealed record ShortfallTotal(string Currency, Amount Missing);

/// <param name="Totals">What is missing in all of the list, by currency.</param>
public sealed record ShortfallPage(IReadOnlyList<ShortfallRow> Items, int TotalCount, IReadOnlyList<ShortfallTotal> Totals) : Page<ShortfallRow>(Items, TotalCount);
