using System.Text.Json;
using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Catalogue;

namespace StoreCreditAdmin.Features.Api;

/// <summary>Money as a caller wrote it, not yet checked: <c>{"amount": "12.34", "currency": "USD"}</c>.</summary>
public sealed record MoneyInput
{
    [JsonConverter(typeof(AmountTextConverter))]
    public string? Amount { get; init; }

    public string? Currency { get; init; }

    public static MoneyInput Of(string? amount, string? currency) => new() { Amount = amount, Currency = currency };

    /// <summary>As <see cref="ParsePositive"/>; without any money at all the request is incomplete.</summary>
    public static Result<Money> RequirePositive(MoneyInput? input, string field = "amount") =>
        input?.ParsePositive(field) ?? new Refusal("invalid-request", "Say which amount, as {\"amount\": \"12.50\", \"currency\": \"USD\"}.", field);

    /// <summary>Above zero, in a known currency, no finer than the currency.</summary>
    public Result<Money> ParsePositive(string field = "amount") => Parse(AmountParser.ParsePositive, field);

    /// <summary>Any sign; otherwise as <see cref="ParsePositive"/>.</summary>
    public Result<Money> ParseSigned(string field = "amount") => Parse(AmountParser.ParseSigned, field);

    private Result<Money> Parse(Func<string?, Currency, string, Result<long>> parse, string field)
    {
        if (string.IsNullOrEmpty(Amount) && string.IsNullOrEmpty(Currency))
        {
            return new Refusal("amount-invalid", "Enter an amount and its currency.", field);
        }

        var currency = CatalogueLookups.FindCurrency(Currency, field);
        return currency.IsOk ? parse(Amount, currency.Value, field).Map(minor => new Money(minor, currency.Value)) : currency.Refusal;
    }
}

/// <summary>Reads a decimal string. What is not a string is kept as text that no parser takes, so that it is refused at its field.</summary>
public sealed class AmountTextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText() + " without quotes";
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A field of a change that may be absent: absent leaves the value, null clears it.</summary>
[JsonConverter(typeof(OptionalConverterFactory))]
public readonly record struct Optional<T>(T Value)
{
    public bool IsSet { get; } = true;

    public T Or(T current) => IsSet ? Value : current;

    public static implicit operator Optional<T>(T value) => new(value);
}

internal sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OptionalConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class OptionalConverter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.Null ? default! : ((JsonConverter<T>)options.GetConverter(typeof(T))).Read(ref reader, typeof(T), options)!);

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
