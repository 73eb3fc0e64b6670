using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>What a report is asked for, as an address says it. Nothing of it is believed before <see cref="ReportScope"/> has checked it.</summary>
public sealed record ReportRequest
{
    public const string Yes = "yes";
    public const string No = "no";

    /// <summary>The store's code; null for all stores.</summary>
    public string? Store { get; init; }

    public string? Currency { get; init; }

    /// <summary>The credit type's code.</summary>
    public string? Type { get; init; }

    /// <summary><see cref="Yes"/> for paid-for credit only, <see cref="No"/> for promotional credit only.</summary>
    public string? PaidFor { get; init; }

    /// <summary>The day at whose end things are shown; null for now.</summary>
    public string? AsOf { get; init; }

    /// <summary>The first day of the period.</summary>
    public string? From { get; init; }

    /// <summary>The last day of the period.</summary>
    public string? To { get; init; }

    public bool IsNarrowed => Store is not null || Currency is not null || Type is not null || PaidFor is not null;

    /// <summary>The values by name, as an address says them; null for what is not set.</summary>
    public IReadOnlyDictionary<string, string?> Values => new Dictionary<string, string?>
    {
        ["store"] = Store,
        ["currency"] = Currency,
        ["type"] = Type,
        ["paidFor"] = PaidFor,
        ["asOf"] = AsOf,
        ["from"] = From,
        ["to"] = To,
    };

    /// <param name="query">The part of an address from the question mark on.</param>
    public static ReportRequest Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var found) ? Texts.Clean(found.ToString()) : null;
        return new ReportRequest
        {
            Store = Text("store"),
            Currency = Text("currency"),
            Type = Text("type"),
            PaidFor = Text("paidFor"),
            AsOf = Text("asOf"),
            From = Text("from"),
            To = Text("to"),
        };
    }

    /// <summary>The address of a page or a download of the same.</summary>
    public string AddressOf(string path) => QueryHelpers.AddQueryString(path, Values.Where(value => value.Value is not null));

    internal static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
