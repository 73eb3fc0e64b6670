using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Data;

/// <summary>Instants are stored as UTC ticks: exact, and ordered and compared by any database.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

/// <summary>Stored as <c>never</c>, <c>after-days:365</c> or <c>on-date:2026-12-31</c>.</summary>
internal sealed class ExpiryPolicyConverter() : ValueConverter<ExpiryPolicy, string>(policy => Write(policy), text => Read(text))
{
    private const string DateFormat = "yyyy-MM-dd";

    private static string Write(ExpiryPolicy policy) => policy.Kind switch
    {
        ExpiryKind.AfterDays => "after-days:" + policy.Days!.Value.ToString(CultureInfo.InvariantCulture),
        ExpiryKind.OnDate => "on-date:" + policy.Date!.Value.ToString(DateFormat, CultureInfo.InvariantCulture),
        _ => "never",
    };

    private static ExpiryPolicy Read(string text)
    {
        var parts = text.Split(':');
        return parts[0] switch
        {
            "after-days" => ExpiryPolicy.AfterDays(int.Parse(parts[1], CultureInfo.InvariantCulture)),
            "on-date" => ExpiryPolicy.OnDate(DateOnly.ParseExact(parts[1], DateFormat, CultureInfo.InvariantCulture)),
            _ => ExpiryPolicy.Never,
        };
    }
}
