using System.Net;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Checkout;

/// <summary>The running application as a storefront calls it, with a key that may check out and tell of orders.</summary>
public sealed class CheckoutApp : IAsyncLifetime
{
    private static int orders;

    public ApiApp Api { get; } = new();

    /// <summary>A key with the scopes <c>checkout</c> and <c>events</c>.</summary>
    public string Till { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Api.InitializeAsync();
        Till = await Api.App.CreateApiKeyAsync("checkout,events");
    }

    public Task DisposeAsync() => Api.DisposeAsync();

    public static string NewOrder() => $"W-{Interlocked.Increment(ref orders)}";

    public static object Usd(string amount) => new { amount, currency = "USD" };

    public Task<ApiReply> PostAsync(string path, object body, string? idempotencyKey = null, string? key = null) =>
        Api.SendAsync(HttpMethod.Post, path, body, idempotencyKey, key ?? Till);

    public Task<ApiReply> QuoteAsync(object body, string? key = null) => Api.SendAsync(HttpMethod.Post, "checkout/quote", body, idempotencyKey: "", key ?? Till);

    public async Task<ApiReply> QuoteAsync(string accountId, string total, string? amount = null) =>
        (await QuoteAsync(new { accountId, orderTotal = Usd(total), amount })).Expect(HttpStatusCode.OK);

    public Task<ApiReply> AuthorizeAsync(string accountId, string total, string? amount = null, string? order = null) =>
        PostAsync("authorizations", new { accountId, orderNumber = order ?? NewOrder(), orderTotal = Usd(total), amount });

    /// <summary>An authorization's code.</summary>
    public async Task<string> HoldAsync(string accountId, string total, string? amount = null, string? order = null) =>
        (await AuthorizeAsync(accountId, total, amount, order)).Expect(HttpStatusCode.Created).Text("code");

    public Task<ApiReply> CaptureAsync(string code, object? body = null, string? idempotencyKey = null) => PostAsync($"authorizations/{code}/capture", body ?? new { }, idempotencyKey);

    public Task<ApiReply> VoidAsync(string code) => PostAsync($"authorizations/{code}/void", new { });

    public Task<ApiReply> RefundAsync(string code, object? body = null) => PostAsync($"authorizations/{code}/refunds", body ?? new { });

    /// <summary>A new person's account with credits, in this order.</summary>
    public async Task<string> CustomerAsync(params string[] credits)
    {
        var account = await Api.AddAccountAsync();
        foreach (var amount in credits)
        {
            await Api.IssueAsync(account, amount);
        }

        return account;
    }

    /// <summary>Used, authorized and remaining of a credit.</summary>
    public async Task<(string Used, string Authorized, string Remaining)> CreditAsync(string creditId)
    {
        var credit = await Api.GetAsync("credits/" + creditId);
        return (credit.Text("used"), credit.Text("authorized"), credit.Text("remaining"));
    }

    /// <summary>Available, authorized and used of an account in dollars.</summary>
    public async Task<(string Available, string Authorized, string Used)> BalanceAsync(string accountId)
    {
        var balance = (await Api.GetAsync($"accounts/{accountId}/balance?currency=USD")).Json.GetProperty("items")[0];
        return (balance.GetProperty("available").GetString()!, balance.GetProperty("authorized").GetString()!, balance.GetProperty("used").GetString()!);
    }

    public async Task<DateTimeOffset> NowAsync() => (await Api.GetAsync("test-clock")).Json.GetProperty("now").GetDateTimeOffset();

    public Task<ApiReply> MoveToAsync(DateTimeOffset now) => Api.PutAsync("test-clock", new { now = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) });

    public async Task<int> CountAsync(string table)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Api.App.DatabasePath};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
