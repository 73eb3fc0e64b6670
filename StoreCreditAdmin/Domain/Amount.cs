using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StoreCreditAdmin.Domain;

/// <summary>
/// An exact decimal number of minor units and digits, for answers in which the currency stands beside the amount.
/// Written in JSON as a decimal string with all its digits: <c>"1000.50"</c>.
/// </summary>
[JsonConverter(typeof(AmountJsonConverter))]
public readonly record struct Amount(long Minor, int Digits)
{
    public static Amount Of(long minor, Currency currency) => new(minor, currency.Digits);

    public Money In(Currency currency) => new(Minor, currency);

    public override string ToString()
    {
        var magnitude = Minor.ToString(CultureInfo.InvariantCulture).TrimStart('-');
        if (Digits > 0)
        {
            magnitude = magnitude.PadLeft(Digits + 1, '0');
            magnitude = $"{magnitude[..^Digits]}.{magnitude[^Digits..]}";
        }

        return Minor < 0 ? "-" + magnitude : magnitude;
    }
}

internal sealed class AmountJsonConverter : JsonConverter<Amount>
{
    public override Amount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? throw new JsonException("An amount is a decimal string.");
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? 0 : text.Length - point - 1;
        return new Amount(long.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), digits);
    }

    public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
