using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>The running application with an empty database, a movable clock and a key for every scope, called as a storefront calls it.</summary>
public sealed class ApiApp : IAsyncLifetime
{
    private ServiceProvider services = null!;

    public RunningApp App { get; private set; } = null!;

    /// <summary>A key with the scopes <c>read</c>, <c>credits</c> and <c>admin</c>.</summary>
    public string Key { get; private set; } = "";

    public string ReadKey { get; private set; } = "";

    public async Task InitializeAsync()
    {
        App = await RunningApp.StartAsync(new Dictionary<string, string> { ["Sample__Enabled"] = "false", ["TestClock__Enabled"] = "true" });
        Key = await App.CreateApiKeyAsync("read,credits,admin");
        ReadKey = await App.CreateApiKeyAsync("read");
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddData($"Data Source={App.DatabasePath}", "/")
            .AddLedger()
            .AddCheckout()
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await App.DisposeAsync();
    }

    public Task<ApiReply> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, null, key: key);

    public Task<ApiReply> PostAsync(string path, object body, string? idempotencyKey = null) => SendAsync(HttpMethod.Post, path, body, idempotencyKey);

    public Task<ApiReply> PatchAsync(string path, object body, string? idempotencyKey = null) => SendAsync(HttpMethod.Patch, path, body, idempotencyKey);

    public Task<ApiReply> PutAsync(string path, object body, string? idempotencyKey = null) => SendAsync(HttpMethod.Put, path, body, idempotencyKey);

    public Task<ApiReply> DeleteAsync(string path, string? idempotencyKey = null) => SendAsync(HttpMethod.Delete, path, null, idempotencyKey);

    /// <param name="body">A string is sent as it is; anything else as JSON.</param>
    /// <param name="idempotencyKey">Null for a new one; empty for none.</param>
    /// <param name="key">Null for <see cref="Key"/>; empty for none.</param>
    public Task<ApiReply> SendAsync(HttpMethod method, string path, object? body, string? idempotencyKey = null, string? key = null) =>
        App.SendAsync(method, path, body, key ?? Key, idempotencyKey);

    /// <summary>A new account's id.</summary>
    public async Task<string> AddAccountAsync(string name = "Ada Byron") => (await PostAsync("accounts", new { name, kind = "person" })).Expect(HttpStatusCode.Created).Text("id");

    /// <summary>A new credit's id.</summary>
    public async Task<string> IssueAsync(string accountId, string amount, string currency = "USD", string type = "goodwill", string? expiresOn = null) =>
        (await PostAsync($"accounts/{accountId}/credits", new { amount = new { amount, currency }, type, expiresOn })).Expect(HttpStatusCode.Created).Text("id");

    /// <summary>Uses some of an account's credit, and holds some more.</summary>
    public async Task UseAndHoldAsync(string accountId, string used, string held)
    {
        var checkout = services.GetRequiredService<CheckoutService>();
        AuthorizeRequest Request(string amount) => new() { OrderNumber = Guid.NewGuid().ToString(), OrderTotal = MoneyInput.Of(amount, "USD") };
        if (used != "0")
        {
            var authorization = await checkout.AuthorizeAsync(TestDatabase.Robot, OperationKey.ForForm(), accountId, Request(used));
            Assert.True((await checkout.CaptureAsync(TestDatabase.Robot, OperationKey.ForForm(), authorization.Value.Code, new CaptureRequest())).IsOk);
        }

        if (held != "0")
        {
            Assert.True((await checkout.AuthorizeAsync(TestDatabase.Robot, OperationKey.ForForm(), accountId, Request(held))).IsOk);
        }
    }
}

/// <summary>An answer of the API.</summary>
public sealed record ApiReply(HttpStatusCode Status, string? MediaType, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Code => Text("code");

    public bool Replayed => Headers.GetValueOrDefault(ApiWrite.ReplayedHeader) == "true";

    /// <summary>The text at a path such as <c>hold.reason</c>.</summary>
    public string Text(string path) => path.Split('.').Aggregate(Json, (element, name) => element.GetProperty(name)).ToString();

    /// <summary>The fields that a problem document names, in order.</summary>
    public IEnumerable<string> ErrorFields => Json.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(one => one.Name) : [];

    public ApiReply Expect(HttpStatusCode status)
    {
        Assert.True(status == Status, $"Expected {status}, got {Status}: {Body}");
        return this;
    }

    /// <summary>A problem document with all its parts and the given code.</summary>
    public ApiReply ExpectProblem(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal((code, (int)status), (Code, Json.GetProperty("status").GetInt32()));
        Assert.NotEmpty(Text("detail"));
        Assert.NotEmpty(Text("title"));
        Assert.EndsWith(code, Text("type"));
        return this;
    }
}

/// <summary>Classes of this collection call one application, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ApiTests : ICollectionFixture<ApiApp>
{
    public const string Name = "API";
}
