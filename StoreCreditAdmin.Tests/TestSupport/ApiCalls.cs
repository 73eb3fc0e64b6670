using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Calls of the HTTP API, as a storefront makes them.</summary>
public static class ApiCalls
{
    /// <param name="body">A string is sent as it is; anything else as JSON.</param>
    /// <param name="key">Empty for none.</param>
    /// <param name="idempotencyKey">Null for a new one; empty for none.</param>
    public static async Task<ApiReply> SendAsync(this RunningApp app, HttpMethod method, string path, object? body, string key, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path[1..] : "api/v1/" + path);
        if (key != "")
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (method != HttpMethod.Get && idempotencyKey != "")
        {
            request.Headers.TryAddWithoutValidation(ApiWrite.KeyHeader, idempotencyKey ?? Guid.NewGuid().ToString());
        }

        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        }

        using var response = await app.Client.SendAsync(request);
        return new ApiReply(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));
    }
}
