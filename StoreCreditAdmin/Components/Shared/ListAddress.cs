using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>
/// How a list stands in an address: its filters, <c>page</c> by number, and <c>sort</c> by the name of a column with a minus sign before it for descending.
/// For parts of a page. Only pages themselves take parameters from the query: a part that comes or goes while the address changes would break its delivery.
/// </summary>
public sealed class ListAddress
{
    private readonly Dictionary<string, StringValues> query;

    private ListAddress(string uri) => query = QueryHelpers.ParseQuery(new Uri(uri).Query);

    public string? Sort => this["sort"];

    /// <summary>Counts from 1.</summary>
    public int PageNumber => NumberOf(this["page"]);

    /// <summary>A filter's value; null where the address names none.</summary>
    public string? this[string name] => query.TryGetValue(name, out var values) && values[0] is { Length: > 0 } value ? value : null;

    public static ListAddress Of(NavigationManager navigation) => new(navigation.Uri);

    /// <summary>The page that an address asks for; the first one where it asks for none that there could be.</summary>
    public static int NumberOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;

    /// <param name="number">Counts from 1.</param>
    public static PageRequest Page(string? sort, int number, int size)
    {
        var skip = (int)Math.Min((long)(Math.Max(1, number) - 1) * size, int.MaxValue);
        return new PageRequest(skip, size, sort?.TrimStart('-'), sort?.StartsWith('-') == true);
    }
}
