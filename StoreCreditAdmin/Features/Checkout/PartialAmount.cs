using System.Text.Json;
using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>
/// A part of an amount whose currency is known already: a decimal string, or money that names its currency once more and is refused where that differs.
/// </summary>
[JsonConverter(typeof(PartialAmountConverter))]
public sealed record PartialAmount(string? Amount, string? Currency = null)
{
    /// <returns>Minor units of any sign; what zero and less mean is for the deed to say.</returns>
    public Result<long> Parse(Currency currency, string field = "amount") =>
        Currency is not null && Currency != currency.Code
            ? new Refusal("currency-mismatch", $"The amount is in {Currency}, but this is in {currency}.", field)
            : AmountParser.ParseSigned(Amount, currency, field);
}

internal sealed class PartialAmountConverter : JsonConverter<PartialAmount>
{
    private static readonly AmountTextConverter Text = new();

    public override PartialAmount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return new PartialAmount(Text.Read(ref reader, typeof(string), options));
        }

        var money = JsonSerializer.Deserialize<MoneyInput>(ref reader, options)!;
        return new PartialAmount(money.Amount, money.Currency ?? "");
    }

    public override void Write(Utf8JsonWriter writer, PartialAmount value, JsonSerializerOptions options)
    {
        if (value.Currency is null)
        {
            writer.WriteStringValue(value.Amount);
        }
        else
        {
            JsonSerializer.Serialize(writer, MoneyInput.Of(value.Amount, value.Currency), options);
        }
    }
}
