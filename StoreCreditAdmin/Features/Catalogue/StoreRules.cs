using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>What the settings of a store must look like.</summary>
internal static class StoreRules
{
    private const int MaxInvoiceKinds = 20;

    public static Result<string> FindTimeZone(string? name) =>
        !string.IsNullOrWhiteSpace(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.Id == name && IsIana(zone)
            ? Result<string>.Of(name)
            : new Refusal(CatalogueRules.Invalid, $"'{name}' is not a time zone. Write an IANA name such as Europe/London or UTC.", "timeZone");

    /// <returns>The kinds as they are stored, separated by commas.</returns>
    public static Result<string> ParseInvoiceKinds(IReadOnlyList<string?> kinds)
    {
        const string Field = "autoInvoiceKinds";
        if (kinds.Count > MaxInvoiceKinds)
        {
            return new Refusal(CatalogueRules.Invalid, $"Name at most {MaxInvoiceKinds} kinds.", Field);
        }

        foreach (var kind in kinds)
        {
            if (CatalogueRules.BadCode(kind) is not null)
            {
                return new Refusal(CatalogueRules.Invalid, $"'{kind}' is not a kind of invoice. Write small letters a to z, digits and hyphens.", Field);
            }
        }

        return Result<string>.Of(string.Join(',', kinds.Distinct(StringComparer.Ordinal)));
    }

    /// <returns>The lines without empty ones and outer blanks, each ended by a line feed but the last; null where there are none.</returns>
    public static Result<string?> ParseAddress(string? address)
    {
        const string Field = "address";
        if (Texts.NotPlain(address, Field) is { } notPlain)
        {
            return notPlain;
        }

        string[] lines = [.. (address ?? "").Split(['\r', '\n']).Select(Texts.Clean).OfType<string>()];
        var text = string.Join('\n', lines);
        return text.Length > Store.MaxAddressLength ? new Refusal(CatalogueRules.Invalid, $"An address has at most {Store.MaxAddressLength} characters.", Field)
            : lines.Length > Store.MaxAddressLines ? new Refusal(CatalogueRules.Invalid, $"An address has at most {Store.MaxAddressLines} lines.", Field)
            : Result<string?>.Of(lines.Length == 0 ? null : text);
    }

    /// <returns>Minor units; null for no limit.</returns>
    public static Result<long?> ParseCap(string? cap, Currency currency)
    {
        if (cap is null)
        {
            return Result<long?>.Of(null);
        }

        var minor = AmountParser.ParsePositive(cap, currency, "capPerAccount");
        return minor.Map(value => (long?)value);
    }

    /// <summary>
    /// A new time zone may take the store's date forward, never back: an entry could be dated into a day that is closed
    /// (docs/decisions/0010-time-zone-of-a-store.md).
    /// </summary>
    public static Refusal? DateGoesBack(Store store, string timeZone, DateTimeOffset now)
    {
        var today = store.DateOf(now);
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);
        return date >= today
            ? null
            : new Refusal(
                "time-zone-behind",
                $"In {timeZone} it is still {date:yyyy-MM-dd}, while this store has entries and its date is {today:yyyy-MM-dd}. Change it once it is {today:yyyy-MM-dd} there too.",
                "timeZone");
    }

    /// <summary>Files that lie beside the time zones, such as <c>posixrules</c>, can be opened as one too; they are not names of places.</summary>
    private static bool IsIana(TimeZoneInfo zone) =>
        zone.HasIanaId && !zone.Id.StartsWith("right/", StringComparison.Ordinal) && !zone.Id.StartsWith("posix/", StringComparison.Ordinal)
        && (zone.Id.Contains('/', StringComparison.Ordinal) || TimeZoneInfo.GetSystemTimeZones().Any(known => known.Id == zone.Id));
}
