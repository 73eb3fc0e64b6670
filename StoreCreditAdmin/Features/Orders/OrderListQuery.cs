using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Orders;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>The filter and the order of the list of orders, as an address says them. What makes no sense in an address narrows nothing.</summary>
/// <param name="Sort">A name that orders can be sorted by, with a minus sign before it for descending; null for newest first.</param>
public sealed record OrderListQuery(OrderFilter Filter, string? Sort)
{
    /// <summary>The kinds that a list can be narrowed to, by name.</summary>
    public static IReadOnlyDictionary<string, OrderKindFilter> Kinds { get; } = new Dictionary<string, OrderKindFilter>
    {
        ["goods"] = OrderKindFilter.AllButCreditPurchases,
        [OrderNames.Of(OrderKind.OneOff)] = OrderKindFilter.OneOff,
        [OrderNames.Of(OrderKind.Subscription)] = OrderKindFilter.Subscription,
        [OrderNames.Of(OrderKind.CreditPurchase)] = OrderKindFilter.CreditPurchase,
    };

    /// <summary>Whether credit pays, by name.</summary>
    public static IReadOnlyDictionary<string, OrderCredit> Credits { get; } = new Dictionary<string, OrderCredit>
    {
        ["yes"] = OrderCredit.TakenOrHeld,
        ["taken"] = OrderCredit.Taken,
        ["no"] = OrderCredit.None,
    };

    /// <summary>What orders gave the customer as credit, by name.</summary>
    public static IReadOnlyDictionary<string, OrderGift> Gifts { get; } = Enum.GetValues<OrderGift>().ToDictionary(gift => gift.ToString().ToLowerInvariant());

    /// <summary>The statuses that a list can be narrowed to, by name.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [.. Enum.GetValues<OrderStatus>().Select(OrderNames.Of)];

    public bool IsFiltered => Filter != new OrderFilter();

    /// <param name="query">The part of an address from the question mark on.</param>
    public static OrderListQuery Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var found) ? Texts.Clean(found.ToString()) : null;
        DateOnly? Date(string name) =>
            DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        var status = Enum.GetValues<OrderStatus>().Where(one => OrderNames.Of(one) == Text("status")).Select(one => (OrderStatus?)one).FirstOrDefault();
        var sort = Text("sort");
        return new OrderListQuery(
            new OrderFilter
            {
                Search = Text("q"),
                Store = Text("store"),
                Status = status,
                Currency = Currency.TryFind(Text("currency"), out var currency) ? currency.Code : null,
                Kind = Named(Kinds, Text("kind")),
                Credit = Named(Credits, Text("credit")),
                Gave = Named(Gifts, Text("gave")),
                PlacedFrom = Date("placedFrom"),
                PlacedTo = Date("placedTo"),
            },
            sort is not null && OrderQueries.SortNames.Contains(sort.TrimStart('-')) ? sort : null);
    }

    /// <summary>The values by name, as an address says them; null for what is not set.</summary>
    public IReadOnlyDictionary<string, string?> Values => new Dictionary<string, string?>
    {
        ["q"] = Filter.Search,
        ["store"] = Filter.Store,
        ["currency"] = Filter.Currency,
        ["kind"] = NameOf(Kinds, Filter.Kind),
        ["status"] = Filter.Status is { } status ? OrderNames.Of(status) : null,
        ["credit"] = NameOf(Credits, Filter.Credit),
        ["gave"] = NameOf(Gifts, Filter.Gave),
        ["placedFrom"] = Text(Filter.PlacedFrom),
        ["placedTo"] = Text(Filter.PlacedTo),
        ["sort"] = Sort,
    };

    /// <summary>The address of a page or a download with this filter and order.</summary>
    public string AddressOf(string path) => QueryHelpers.AddQueryString(path, Values.Where(value => value.Value is not null));

    private static T? Named<T>(IReadOnlyDictionary<string, T> names, string? name)
        where T : struct => name is not null && names.TryGetValue(name, out var value) ? value : null;

    private static string? NameOf<T>(IReadOnlyDictionary<string, T> names, T? value)
        where T : struct => value is { } given ? names.Single(one => one.Value.Equals(given)).Key : null;

    private static string? Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
