using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace StoreCreditAdmin.Features.Audit;

public enum AuditOutcome
{
    Done,
    Refused,
}

/// <summary>
/// Which lines of the audit a list shows, as an address says it; what is null does not narrow it. The page and its download read the same address.
/// </summary>
public sealed record AuditFilter
{
    private const string DateFormat = "yyyy-MM-dd";

    private static readonly DateOnly Earliest = new(1970, 1, 1);

    private static readonly DateOnly Latest = new(9998, 12, 31);

    /// <summary>Part of the name or e-mail of a person or of the name of an API key, or the whole name of a job or of a user of the command line.</summary>
    public string? Person { get; init; }

    public string? Action { get; init; }

    /// <summary>Part of what it was done to, or its id.</summary>
    public string? Subject { get; init; }

    /// <summary>In the default store's calendar.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Inclusive.</summary>
    public DateOnly? To { get; init; }

    public AuditOutcome? Outcome { get; init; }

    /// <summary>The values by name, as an address says them; null for what is not set.</summary>
    public IReadOnlyDictionary<string, string?> Values => new Dictionary<string, string?>
    {
        ["person"] = Person,
        ["action"] = Action,
        ["subject"] = Subject,
        ["from"] = From?.ToString(DateFormat, CultureInfo.InvariantCulture),
        ["to"] = To?.ToString(DateFormat, CultureInfo.InvariantCulture),
        ["outcome"] = Outcome?.ToString().ToLowerInvariant(),
    };

    public bool IsEmpty => Values.Values.All(value => value is null);

    /// <param name="query">The part of an address from the question mark on. What makes no sense in it narrows nothing.</param>
    public static AuditFilter Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var found) ? Texts.Clean(found.ToString()) : null;
        DateOnly? Date(string name) =>
            DateOnly.TryParseExact(Text(name), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date >= Earliest && date <= Latest ? date : null;
        return new AuditFilter
        {
            Person = Text("person"),
            Action = Text("action"),
            Subject = Text("subject"),
            From = Date("from"),
            To = Date("to"),
            Outcome = Text("outcome") switch { "done" => AuditOutcome.Done, "refused" => AuditOutcome.Refused, _ => null },
        };
    }

    public string AddressOf(string path) => QueryHelpers.AddQueryString(path, Values.Where(value => value.Value is not null));
}
