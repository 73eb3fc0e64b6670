using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Credits;

/// <summary>
/// The filter and the order of the list of all credits, as an address says them. The page and its download read the same address, so they show the same credits.
/// What makes no sense in an address narrows nothing.
/// </summary>
/// <param name="Sort">A name that credits can be sorted by, with a minus sign before it for descending; null for newest first.</param>
public sealed record CreditListQuery(CreditFilter Filter, string? Sort)
{
    public const string Yes = "yes";

    private const string DateFormat = "yyyy-MM-dd";

    private static readonly CreditStatus[] Listed =
        [CreditStatus.Active, CreditStatus.Scheduled, CreditStatus.UsedUp, CreditStatus.Expired, CreditStatus.Invalidated];

    /// <summary>The statuses that a list can be narrowed to, by name.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [.. Listed.Select(CreditView.NameOf)];

    public bool Descending => Sort?.StartsWith('-') == true;

    /// <summary>The name of the order without its direction.</summary>
    public string? SortName => Sort?.TrimStart('-');

    public bool IsFiltered => Filter != new CreditFilter();

    /// <param name="query">The part of an address from the question mark on.</param>
    public static CreditListQuery Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var found) ? Texts.Clean(found.ToString()) : null;
        DateOnly? Date(string name) =>
            DateOnly.TryParseExact(Text(name), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        CreditStatus? status = Array.FindIndex(Listed, one => CreditView.NameOf(one) == Text("status")) is var index and >= 0 ? Listed[index] : null;
        var sort = Text("sort");
        return new CreditListQuery(
            new CreditFilter
            {
                Store = Text("store"),
                Type = Text("type"),
                Status = status,
                Currency = Currency.TryFind(Text("currency"), out var currency) ? currency.Code : null,
                IssuedFrom = Date("issuedFrom"),
                IssuedTo = Date("issuedTo"),
                ExpiresFrom = Date("expiresFrom"),
                ExpiresBefore = Date("expiresBefore"),
                HasLeft = Text("left") == Yes,
                CreatedBy = Text("createdBy"),
                Account = Text("account"),
            },
            sort is not null && CreditQueries.SortNames.Contains(sort.TrimStart('-')) ? sort : null);
    }

    /// <summary>The values by name, as an address says them; null for what is not set.</summary>
    public IReadOnlyDictionary<string, object?> Values => new Dictionary<string, object?>
    {
        ["store"] = Filter.Store,
        ["type"] = Filter.Type,
        ["status"] = Filter.Status is { } status ? CreditView.NameOf(status) : null,
        ["currency"] = Filter.Currency,
        ["issuedFrom"] = Text(Filter.IssuedFrom),
        ["issuedTo"] = Text(Filter.IssuedTo),
        ["expiresFrom"] = Text(Filter.ExpiresFrom),
        ["expiresBefore"] = Text(Filter.ExpiresBefore),
        ["left"] = Filter.HasLeft ? Yes : null,
        ["createdBy"] = Filter.CreatedBy,
        ["account"] = Filter.Account,
        ["sort"] = Sort,
    };

    /// <summary>The address of a page or a download with this filter and order.</summary>
    public string AddressOf(string path) =>
        QueryHelpers.AddQueryString(path, Values.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)));

    private static string? Text(DateOnly? date) => date?.ToString(DateFormat, CultureInfo.InvariantCulture);
}
