using StoreCreditAdmin.Domain.Accounting;
using StoreCreditAdmin.Features.Accounting;

namespace StoreCreditAdmin.Components.Pages.Accounting;

/// <summary>What people read on reports, and the addresses that their figures open.</summary>
internal static class ReportTexts
{
    public const string EntriesPath = "accounting/entries";

    private static readonly Dictionary<LiabilityLine, string> Lines = new()
    {
        [LiabilityLine.Issued] = "Issued",
        [LiabilityLine.AdjustedUp] = "Adjusted up",
        [LiabilityLine.Refunded] = "Refunded",
        [LiabilityLine.Reinstated] = "Reinstated",
        [LiabilityLine.Used] = "Used",
        [LiabilityLine.Expired] = "Expired",
        [LiabilityLine.Invalidated] = "Invalidated",
        [LiabilityLine.Reclaimed] = "Reclaimed",
        [LiabilityLine.AdjustedDown] = "Adjusted down",
    };

    public static string Of(LiabilityLine line) => Lines[line];

    public static LiabilityLine LineNamed(string name) => LiabilityLines.All.First(line => LiabilityLines.NameOf(line) == name);

    public static string OfAge(string name)
    {
        var band = AgeBand.All.First(one => one.Name == name);
        return band.ToMonths is not { } to ? $"{band.FromMonths} months and more"
            : band.FromMonths == 0 ? $"Under {to + 1} months"
            : $"{band.FromMonths} to {to} months";
    }

    /// <summary>The entries that make up what is outstanding, available or authorized at the end of a day, or now.</summary>
    public static string Entries(ReportRequest report, string store, string currency, EntryMeasure of, DateOnly? through, string? type = null, AgeLiability? age = null, bool? paidFor = null) =>
        new EntryListRequest
        {
            Report = report with
            {
                Store = store,
                Currency = currency,
                Type = type ?? report.Type,
                PaidFor = paidFor is { } only ? only ? ReportRequest.Yes : ReportRequest.No : report.PaidFor,
                AsOf = null,
                From = null,
                To = through is { } day ? Day(day) : null,
            },
            Of = of,
            IssuedFrom = age?.IssuedFrom,
            IssuedTo = age?.IssuedTo,
        }.AddressOf(EntriesPath);

    /// <summary>The entries of a line in a period.</summary>
    public static string Entries(ReportRequest report, string store, string currency, LiabilityLine line, DateOnly from, DateOnly to, string? type = null) =>
        new EntryListRequest
        {
            Report = report with { Store = store, Currency = currency, Type = type ?? report.Type, AsOf = null, From = Day(from), To = Day(to) },
            Line = line,
        }.AddressOf(EntriesPath);

    /// <summary>What a member of staff gave by hand for a reason.</summary>
    public static string Given(ReportRequest report, StoreGiven store, GivenRow row, DateOnly from, DateOnly to) =>
        new EntryListRequest
        {
            Report = report with { Store = store.Store, Currency = store.Currency, Type = row.Type, PaidFor = null, AsOf = null, From = Day(from), To = Day(to) },
            ByHand = true,
            By = row.StaffId,
            Reason = row.Reason ?? EntryListRequest.NoReason,
        }.AddressOf(EntriesPath);

    /// <summary>All that staff gave by hand in one store and currency.</summary>
    public static string Given(ReportRequest report, StoreGiven store, DateOnly from, DateOnly to) =>
        new EntryListRequest { Report = report with { Store = store.Store, Currency = store.Currency, AsOf = null, From = Day(from), To = Day(to) }, ByHand = true }.AddressOf(EntriesPath);

    /// <summary>In percent with one digit: <c>12.3 %</c>.</summary>
    public static string Share(long? inThousand) => inThousand is { } share ? string.Create(System.Globalization.CultureInfo.CurrentCulture, $"{share / 10m:N1}\u00A0%") : "–";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
