using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>The running application with a movable clock, which sends its e-mails to a real mail server; called as a shop calls it.</summary>
public sealed class MailApp : IAsyncLifetime
{
    private ServiceProvider services = null!;
    private RunningApp app = null!;
    private MailServer server = null!;
    private string key = "";

    public async Task InitializeAsync()
    {
        server = await MailServer.StartAsync();
        app = await RunningApp.StartAsync(new Dictionary<string, string>
        {
            ["Sample__Enabled"] = "false",
            ["TestClock__Enabled"] = "true",
            ["Mail__Transport"] = "Smtp",
            ["Mail__Host"] = "127.0.0.1",
            ["Mail__Port"] = server.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail__StartTls"] = "false",
            ["Mail__From"] = "credit@shop.example",
            ["Mail__PerMinute"] = "100000",
        });
        key = await app.CreateApiKeyAsync("read,credits,checkout,events,admin");
        services = new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System)
            .AddData($"Data Source={app.DatabasePath}", "/").AddLedger().AddAccounts().AddMails(new ConfigurationBuilder().Build(), "/")
            .BuildServiceProvider();
        await SendAsync(HttpMethod.Patch, "stores/main", new { name = "Bücher & Söhne", timeZone = "Asia/Tokyo" });
        await SendAsync(HttpMethod.Post, "rules", new { method = "order-placed", enabled = true, config = new { mode = "fixed", amount = "5" } });
        await SendAsync(HttpMethod.Post, "codes", new { code = "WELCOME", kind = "promo", amount = "3", currency = "USD", type = "promotion", perCustomer = 1 });
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, object? body)
    {
        var reply = await app.SendAsync(method, path, body, key);
        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {reply.Status} {reply.Body}");
        return reply;
    }

    public async Task<DateTimeOffset> NowAsync() => (await SendAsync(HttpMethod.Get, "test-clock", null)).Json.GetProperty("now").GetDateTimeOffset();

    public Task MoveToAsync(DateTimeOffset now) => SendAsync(HttpMethod.Put, "test-clock", new { now });

    /// <summary>What a shop tells.</summary>
    public async Task TellAsync(string type, JsonObject data) => await SendAsync(
        HttpMethod.Post, "events", new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["type"] = type, ["occurredAt"] = await NowAsync(), ["data"] = data }.ToJsonString());

    /// <summary>A new account's external id.</summary>
    public async Task<string> AddAsync(string name, string? email, string kind = "person")
    {
        var externalId = Guid.NewGuid().ToString("N");
        await SendAsync(HttpMethod.Post, "accounts", new { externalId, name, kind, email });
        return externalId;
    }

    public Task IssueAsync(string externalId, string amount, bool notify, DateOnly? expiresOn = null, string? note = null) => SendAsync(
        HttpMethod.Post, $"accounts/ext:{externalId}/credits", new { amount = new { amount, currency = "USD" }, type = "goodwill", notify, expiresOn, customerNote = note });

    /// <summary>An order that a card paid.</summary>
    public async Task<string> PayAsync(string externalId, string email, string? code = null)
    {
        var order = ShopFeed.Order("o-" + Guid.NewGuid().ToString("N"), "100.00", email: email, payments: ShopFeed.Card("100.00"));
        order["customer"]!["externalId"] = externalId;
        order["placedAt"] = await NowAsync();
        order["promoCode"] = code;
        await TellAsync("order.paid", new() { ["order"] = order });
        return (string)order["number"]!;
    }

    public Task AskForStatementsAsync(string externalId) => DoAsync(services.GetRequiredService<AccountService>().AskForStatementsAsync(
        TestDatabase.Robot, OperationKey.ForForm(), "ext:" + externalId, new() { Send = true }));

    public Task SwitchAsync(string mail, bool on) => DoAsync(services.GetRequiredService<MailSettingsService>().SetAsync(
        TestDatabase.Robot, OperationKey.ForForm(), new() { Mails = new Dictionary<string, bool> { [mail] = on } }));

    /// <summary>What came for an address, once nothing is on its way any more.</summary>
    public async Task<List<ReceivedMail>> ReceivedAsync(string address)
    {
        await using (var db = await DatabaseFile.OpenAsync(app.DatabasePath))
        {
            while (await db.ReadAsync($"SELECT COUNT(*) FROM Mails WHERE State IN ({(int)MailState.Waiting}, {(int)MailState.Sending})") is not 0L)
            {
                await Task.Delay(20);
            }
        }

        return [.. (await server.ReadAsync()).Where(mail => mail.To.Contains(address, StringComparison.OrdinalIgnoreCase))];
    }

    private static async Task DoAsync<T>(Task<StoreCreditAdmin.Domain.Result<T>> deed) => Assert.True((await deed).IsOk);
}
