using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>The filter and the order of the list of invoices, as an address says them. What makes no sense in an address narrows nothing.</summary>
/// <param name="Sort">A name that invoices can be sorted by, with a minus sign before it for descending; null for newest first.</param>
public sealed record InvoiceListQuery(InvoiceFilter Filter, string? Sort)
{
    private const string DateFormat = "yyyy-MM-dd";

    public bool IsFiltered => Filter != new InvoiceFilter();

    /// <param name="query">The part of an address from the question mark on.</param>
    public static InvoiceListQuery Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var found) ? Texts.Clean(found.ToString()) : null;
        DateOnly? Date(string name) =>
            DateOnly.TryParseExact(Text(name), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        var sort = Text("sort");
        return new InvoiceListQuery(
            new InvoiceFilter
            {
                Search = Text("q"),
                Account = Text("account"),
                Store = Text("store"),
                Kind = Text("kind"),
                State = Enum.GetValues<InvoiceState>().Where(state => InvoiceNames.Of(state) == Text("status")).Select(state => (InvoiceState?)state).FirstOrDefault(),
                Currency = Domain.Currency.TryFind(Text("currency"), out var currency) ? currency.Code : null,
                DueFrom = Date("dueFrom"),
                DueTo = Date("dueTo"),
            },
            sort is not null && InvoiceQueries.SortNames.Contains(sort.TrimStart('-')) ? sort : null);
    }

    /// <summary>The address of a page with this filter and order.</summary>
    public string AddressOf(string path)
    {
        var values = new Dictionary<string, string?>
        {
            ["q"] = Filter.Search,
            ["account"] = Filter.Account,
            ["store"] = Filter.Store,
            ["kind"] = Filter.Kind,
            ["status"] = Filter.State is { } state ? InvoiceNames.Of(state) : null,
            ["currency"] = Filter.Currency,
            ["dueFrom"] = Filter.DueFrom?.ToString(DateFormat, CultureInfo.InvariantCulture),
            ["dueTo"] = Filter.DueTo?.ToString(DateFormat, CultureInfo.InvariantCulture),
            ["sort"] = Sort,
        };
        return QueryHelpers.AddQueryString(path, values.Where(value => value.Value is not null));
    }
}
