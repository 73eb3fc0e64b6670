using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using StoreCreditAdmin.Domain.Orders;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>The filter and the order of the list of orders, as an address says them. What makes no sense in an address narrows nothing.</summary>
/// <param name="Sort">A name that orders can be sorted by, with a minus sign before it for descending; null for newest first.</param>
public sealed record OrderListQuery(OrderFilter Filter, string? Sort)
{
    public const string WithCredit = "yes";
    public const string WithoutCredit = "no";

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
                PaidWithCredit = Text("credit") switch { WithCredit => true, WithoutCredit => false, _ => null },
                PlacedFrom = Date("placedFrom"),
                PlacedTo = Date("placedTo"),
            },
            sort is not null && OrderQueries.SortNames.Contains(sort.TrimStart('-')) ? sort : null);
    }
}
