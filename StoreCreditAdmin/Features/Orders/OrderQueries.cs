using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>Finds orders.</summary>
public sealed class OrderQueries(IDbContextFactory<StoreCreditDbContext> contexts)
{
    /// <summary>The names that a list can be sorted by.</summary>
    public static IReadOnlyList<string> SortNames { get; } = ["number", "total", "placedAt"];

    private const int MaxAccounts = 200;
    private const int MaxMatches = 5000;

    /// <summary>Follows every text that begins with the text before it.</summary>
    private const string Last = "\U0010FFFF";

    /// <summary>Null where there is no such order.</summary>
    public async Task<OrderView?> GetAsync(Caller caller, string number, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        if (await db.FindOrderAsync(number) is not { } order)
        {
            return null;
        }

        await Owner.FindForGuestAsync(db, order);
        return await db.ViewAsync(order);
    }

    /// <summary>Newest first, or by <c>number</c> or <c>total</c>.</summary>
    public async Task<Page<OrderRow>> ListAsync(Caller caller, OrderFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var orders = await FilterAsync(db, filter, cancellationToken);
        var count = await orders.CountAsync(cancellationToken);
        var rows = await Rows(db, Sorted(orders, page).Skip(page.Skip).Take(page.Rows)).ToListAsync(cancellationToken);
        return new Page<OrderRow>([.. rows.Select(RowOf)], count);
    }

    /// <summary>All orders of a filter, one after the other, for files.</summary>
    public async IAsyncEnumerable<OrderRow> ReadAllAsync(Caller caller, OrderFilter filter, PageRequest sortedAs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var orders = await FilterAsync(db, filter, cancellationToken);
        await foreach (var row in Rows(db, Sorted(orders, sortedAs)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return RowOf(row);
        }
    }

    private static IQueryable<Loaded> Rows(StoreCreditDbContext db, IQueryable<Order> orders) => orders.Select(order => new Loaded
    {
        Order = order,
        Store = order.Store.Code,
        AccountId = (Guid?)order.Account!.PublicId,
        AccountName = order.Account!.Name,
        Others = order.Payments.Where(payment => payment.Status == PaymentStatus.Completed).Sum(payment => payment.AmountMinor - payment.RefundRequestedMinor),
        Returned = order.Refunds.Sum(refund => refund.ReturnedMinor),
        Refunded = order.Refunds.Sum(refund => refund.MoneyMinor + refund.ReturnedMinor + refund.NewCreditMinor),
        Credit = db.Authorizations
            .Where(one => one.OrderNumber == order.Number && one.StoreId == order.StoreId && one.CurrencyCode == order.CurrencyCode)
            .SelectMany(one => one.Lines).Sum(line => line.AuthorizedMinor - line.ReleasedMinor - line.RefundedMinor),
    });

    private static OrderRow RowOf(Loaded row)
    {
        Amount In(long minor) => Amount.Of(minor, row.Order.Currency);
        var credit = row.Credit + row.Returned;
        return new OrderRow
        {
            Number = row.Order.Number,
            Store = row.Store,
            AccountId = row.AccountId,
            Customer = row.AccountName ?? row.Order.CustomerName ?? row.Order.CustomerEmail ?? "",
            Guest = row.Order.Guest,
            Kind = OrderNames.Of(row.Order.Kind),
            Status = OrderNames.Of(row.Order.Status),
            Currency = row.Order.CurrencyCode,
            Total = In(row.Order.TotalMinor),
            CreditApplied = In(credit),
            Due = In(row.Order.CancelledAt is null ? Math.Max(0, row.Order.TotalMinor - row.Others - credit) : 0),
            Refunded = In(row.Refunded),
            PlacedAt = row.Order.PlacedAt,
        };
    }

    private static async Task<IQueryable<Order>> FilterAsync(StoreCreditDbContext db, OrderFilter filter, CancellationToken cancellationToken)
    {
        var orders = db.Orders.AsNoTracking();
        if (filter.Account is { } reference)
        {
            var accountId = await db.Accounts.WithReference(reference).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken) ?? 0;
            orders = orders.Where(order => order.AccountId == accountId);
        }

        if (Texts.Clean(filter.Search) is { } text)
        {
            var ids = await MatchesAsync(db, text, cancellationToken);
            orders = orders.Where(order => ids.Contains(order.Id));
        }

        orders = filter.Status switch
        {
            OrderStatus.Cancelled => orders.Where(order => order.CancelledAt != null),
            OrderStatus.Paid => orders.Where(order => order.CancelledAt == null && order.PaidAt != null),
            OrderStatus.Placed => orders.Where(order => order.CancelledAt == null && order.PaidAt == null),
            _ => orders,
        };
        orders = filter.Currency is { } currency ? orders.Where(order => order.CurrencyCode == currency) : orders;
        orders = filter.Kind switch
        {
            OrderKindFilter.AllButCreditPurchases => orders.Where(order => order.Kind != OrderKind.CreditPurchase),
            OrderKindFilter.OneOff => orders.Where(order => order.Kind == OrderKind.OneOff),
            OrderKindFilter.Subscription => orders.Where(order => order.Kind == OrderKind.Subscription),
            OrderKindFilter.CreditPurchase => orders.Where(order => order.Kind == OrderKind.CreditPurchase),
            _ => orders,
        };
        if (filter.Gave is { } gave)
        {
            var (refunded, earned, reclaimed) = (gave is OrderGift.Any or OrderGift.Refunded, gave is OrderGift.Any or OrderGift.Earned, gave is OrderGift.Reclaimed);
            orders = orders.Where(order =>
                (refunded && order.Refunds.Any(refund => refund.Method == RefundMethod.StoreCredit && refund.ReturnedMinor + refund.NewCreditMinor > 0))
                || (earned && db.Awards.Any(award => award.OrderId == order.Id && award.AmountMinor > 0))
                || (reclaimed && db.Awards.Any(award => award.OrderId == order.Id && award.ReclaimedMinor > 0)));
        }

        if (filter.Credit is { } credit)
        {
            var (withCredit, orHeld) = (credit != OrderCredit.None, credit != OrderCredit.Taken);
            orders = orders.Where(order => withCredit == (order.Refunds.Any(refund => refund.ReturnedMinor > 0) || db.Authorizations.Any(one =>
                one.OrderNumber == order.Number && one.StoreId == order.StoreId && one.CurrencyCode == order.CurrencyCode
                && one.Lines.Any(line => (orHeld ? line.AuthorizedMinor - line.ReleasedMinor : line.CapturedMinor) > line.RefundedMinor))));
        }

        var store = filter.Store is null ? null : await db.Stores.AsNoTracking().SingleOrDefaultAsync(one => one.Code == filter.Store, cancellationToken);
        if (filter.Store is not null)
        {
            var storeId = store?.Id ?? 0;
            orders = orders.Where(order => order.StoreId == storeId);
        }

        if (filter.PlacedFrom is null && filter.PlacedTo is null)
        {
            return orders;
        }

        var zone = store ?? await db.Stores.AsNoTracking().SingleAsync(one => one.IsDefault, cancellationToken);
        var from = filter.PlacedFrom is { } first ? zone.StartOf(first) : DateTimeOffset.MinValue;
        var to = filter.PlacedTo is { } last && last < DateOnly.MaxValue ? zone.StartOf(last.AddDays(1)) : DateTimeOffset.MaxValue;
        return orders.Where(order => order.PlacedAt >= from && order.PlacedAt < to);
    }

    /// <summary>Orders whose number begins so; where there is none, those whose customer's e-mail address begins so and those of accounts that match.</summary>
    private static async Task<List<long>> MatchesAsync(StoreCreditDbContext db, string text, CancellationToken cancellationToken)
    {
        var starts = new[] { text, text.ToUpperInvariant(), text.ToLowerInvariant() }.Distinct().ToList();
        var matches = new HashSet<long>();
        foreach (var start in starts)
        {
            matches.UnionWith(await db.Database.SqlQuery<long>(
                $"SELECT Id AS Value FROM Orders WHERE Number >= {start} AND Number < {start + Last} LIMIT {MaxMatches}").ToListAsync(cancellationToken));
        }

        if (matches.Count > 0)
        {
            return [.. matches];
        }

        foreach (var start in starts)
        {
            matches.UnionWith(await db.Database.SqlQuery<long>(
                $"SELECT Id AS Value FROM Orders WHERE CustomerEmail >= {start} AND CustomerEmail < {start + Last} LIMIT {MaxMatches}").ToListAsync(cancellationToken));
        }

        if (SearchTerms.Of(text) is { } terms)
        {
            var accounts = (await new AccountMatcher(db, terms, cancellationToken).FindAsync(0, MaxAccounts)).Ids;
            matches.UnionWith(await db.Orders.Where(order => accounts.Contains(order.AccountId!.Value)).Select(order => order.Id).Take(MaxMatches).ToListAsync(cancellationToken));
        }

        return [.. matches];
    }

    private static IOrderedQueryable<Order> Sorted(IQueryable<Order> orders, PageRequest page) => (page.SortBy, page.Descending) switch
    {
        ("number", false) => orders.OrderBy(order => order.Number),
        ("number", true) => orders.OrderByDescending(order => order.Number),
        ("total", false) => orders.OrderBy(order => order.TotalMinor).ThenBy(order => order.Id),
        ("total", true) => orders.OrderByDescending(order => order.TotalMinor).ThenByDescending(order => order.Id),
        ("placedAt", false) => orders.OrderBy(order => order.PlacedAt).ThenBy(order => order.Id),
        _ => orders.OrderByDescending(order => order.PlacedAt).ThenByDescending(order => order.Id),
    };

    private sealed class Loaded
    {
        public required Order Order { get; init; }

        public required string Store { get; init; }

        public required Guid? AccountId { get; init; }

        public required string? AccountName { get; init; }

        public required long Others { get; init; }

        public required long Returned { get; init; }

        public required long Refunded { get; init; }

        public required long Credit { get; init; }
    }
}

/// <summary>An order in a list.</summary>
public sealed record OrderRow
{
    public required string Number { get; init; }

    public required string Store { get; init; }

    public required Guid? AccountId { get; init; }

    public required string Customer { get; init; }

    public required bool Guest { get; init; }

    public required string Kind { get; init; }

    public required string Status { get; init; }

    public required string Currency { get; init; }

    public required Amount Total { get; init; }

    public required Amount CreditApplied { get; init; }

    public required Amount Due { get; init; }

    public required Amount Refunded { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
}
