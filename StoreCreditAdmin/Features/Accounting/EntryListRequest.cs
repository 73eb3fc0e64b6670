using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using StoreCreditAdmin.Domain.Accounting;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>What of an entry is added up.</summary>
public enum EntryMeasure
{
    Outstanding,
    Available,
    Authorized,
}

/// <summary>Which ledger entries a list shows, as an address says it: those that a figure of a report sums. What makes no sense beside the report's question narrows nothing.</summary>
public sealed record EntryListRequest
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Stands for entries without a reason.</summary>
    public const string NoReason = "none";

    /// <summary>Store, currency, type, paid-for or not, and the period; without a first day, from the beginning.</summary>
    public ReportRequest Report { get; init; } = new();

    public EntryKind? Kind { get; init; }

    /// <summary>The line of the roll-forward; narrower than a kind where a kind adds and takes.</summary>
    public LiabilityLine? Line { get; init; }

    /// <summary>Only entries that change this; null for all entries.</summary>
    public EntryMeasure? Of { get; init; }

    /// <summary>First days of months of issue, both inclusive.</summary>
    public DateOnly? IssuedFrom { get; init; }

    public DateOnly? IssuedTo { get; init; }

    /// <summary>Only what staff gave by hand; see <see cref="GivenByStaff"/>.</summary>
    public bool ByHand { get; init; }

    /// <summary>The id of a member of staff who gave by hand.</summary>
    public string? By { get; init; }

    /// <summary>The code of a reason for which it was given by hand, or <see cref="NoReason"/>.</summary>
    public string? Reason { get; init; }

    public bool IsFiltered => this != new EntryListRequest();

    /// <summary>The values by name, as an address says them; null for what is not set.</summary>
    public IReadOnlyDictionary<string, string?> Values => new Dictionary<string, string?>(Report.Values)
    {
        ["kind"] = Kind is { } kind ? EntryWords.NameOf(kind) : null,
        ["line"] = Line is { } line ? LiabilityLines.NameOf(line) : null,
        ["of"] = Of is { } of ? NameOf(of) : null,
        ["issuedFrom"] = IssuedFrom?.ToString(DateFormat, CultureInfo.InvariantCulture),
        ["issuedTo"] = IssuedTo?.ToString(DateFormat, CultureInfo.InvariantCulture),
        ["byHand"] = ByHand ? ReportRequest.Yes : null,
        ["by"] = By,
        ["reason"] = Reason,
    };

    /// <param name="query">The part of an address from the question mark on.</param>
    public static EntryListRequest Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var found) ? Texts.Clean(found.ToString()) : null;
        DateOnly? Date(string name) => DateOnly.TryParseExact(Text(name), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        return new EntryListRequest
        {
            Report = ReportRequest.Parse(query) with { AsOf = null },
            Kind = Text("kind") is { } kind ? EntryWords.KindOf(kind) : null,
            Line = LiabilityLines.All.Where(line => LiabilityLines.NameOf(line) == Text("line")).Select(line => (LiabilityLine?)line).FirstOrDefault(),
            Of = Enum.GetValues<EntryMeasure>().Where(of => NameOf(of) == Text("of")).Select(of => (EntryMeasure?)of).FirstOrDefault(),
            IssuedFrom = Date("issuedFrom"),
            IssuedTo = Date("issuedTo"),
            ByHand = Text("byHand") == ReportRequest.Yes,
            By = Text("by"),
            Reason = Text("reason"),
        };
    }

    public string AddressOf(string path) => QueryHelpers.AddQueryString(path, Values.Where(value => value.Value is not null));

    public static string NameOf(EntryMeasure measure) => measure.ToString().ToLowerInvariant();

    /// <summary>What an entry adds to the measure; 0 where it does not change it.</summary>
    internal static int SignOf(EntryMeasure measure, Bucket from, Bucket to) => measure switch
    {
        EntryMeasure.Outstanding => EntryWords.BalanceSign(from, to),
        EntryMeasure.Available => (to == Bucket.Available ? 1 : 0) - (from == Bucket.Available ? 1 : 0),
        EntryMeasure.Authorized => (to == Bucket.Authorized ? 1 : 0) - (from == Bucket.Authorized ? 1 : 0),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>Narrows a report's scope to what this asks for.</summary>
    internal MovementScope Narrow(MovementScope scope)
    {
        IEnumerable<EntryKind> kinds = Enum.GetValues<EntryKind>();
        kinds = Kind is { } kind ? kinds.Where(one => one == kind) : kinds;
        kinds = Line is { } line ? kinds.Where(one => one == LiabilityLines.KindOf(line)) : kinds;
        kinds = Of switch
        {
            EntryMeasure.Outstanding => kinds.Where(one => one is not (EntryKind.Authorize or EntryKind.Release)),
            EntryMeasure.Available => kinds.Where(one => one is not EntryKind.Capture),
            EntryMeasure.Authorized => kinds.Where(one => one is EntryKind.Authorize or EntryKind.Release or EntryKind.Capture),
            _ => kinds,
        };
        return scope with
        {
            Kinds = Kind is null && Line is null && Of is null ? null : [.. kinds],
            To = Line switch { LiabilityLine.AdjustedUp => Bucket.Available, LiabilityLine.AdjustedDown => Bucket.Outside, _ => null },
            IssuedFrom = IssuedFrom,
            IssuedTo = IssuedTo,
        };
    }
}
