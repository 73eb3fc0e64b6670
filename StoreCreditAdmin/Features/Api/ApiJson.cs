using System.Text.Json;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Api;

/// <summary>Reads bodies. What cannot be read is refused with a sentence at its field, and never with words of the program's own types.</summary>
internal static class ApiJson
{
    /// <exception cref="ApiRequestException">The body is empty, not JSON, or has a value of the wrong type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body)
        where T : class
    {
        if (body.IsEmpty)
        {
            throw ApiRequestException.Invalid("Send a JSON object as the body.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body, WireJson.Options) ?? throw ApiRequestException.Invalid("The body is null. Send a JSON object.");
        }
        catch (JsonException exception) when (IsJson(body))
        {
            var field = FieldOf(exception.Path);
            throw ApiRequestException.Invalid(
                field is null ? "The body is not what this route takes. Compare it with /openapi/v1.json." : $"'{field}' has the wrong type or form. Compare it with /openapi/v1.json.",
                field);
        }
        catch (JsonException)
        {
            throw ApiRequestException.Invalid("The body is not valid JSON in UTF-8.");
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary><c>$.amount.currency</c> is the field <c>amount.currency</c>.</summary>
    private static string? FieldOf(string? path) => path is { Length: > 2 } && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
}
