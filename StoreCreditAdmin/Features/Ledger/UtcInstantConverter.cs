using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>
/// Writes instants as ISO 8601 UTC: <c>2026-11-22T10:15:00Z</c>, with fractions of a second only where there are any. Reads any offset, and none as UTC.
/// </summary>
internal sealed class UtcInstantConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var written = reader.GetDateTime();
        return written.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(written, TimeSpan.Zero) : reader.GetDateTimeOffset();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
