using System.Diagnostics;
using System.Globalization;
using System.Net;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Webhooks;

/// <summary>Webhooks over HTTP, and the sender in the running application, where private addresses are allowed.</summary>
public sealed class WebhookRoutesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private RunningApp app = null!;
    private Receiver receiver = null!;
    private string key = "";

    public async Task InitializeAsync()
    {
        receiver = await Receiver.StartAsync();
        app = await RunningApp.StartAsync(Settings);
        key = await app.CreateApiKeyAsync("read,credits,admin");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await receiver.DisposeAsync();
    }

    private static Dictionary<string, string> Settings => new()
    {
        ["Sample__Enabled"] = "false",
        ["TestClock__Enabled"] = "true",
        ["Webhooks__AllowPrivateAddresses"] = "true",
        ["Webhooks__Timeout"] = "00:00:05",
    };

    [Fact]
    public async Task Webhooks_are_added_listed_changed_and_removed_and_the_secret_is_in_the_answer_that_made_it()
    {
        var added = (await SendAsync(HttpMethod.Post, "webhooks", new { url = receiver.Url }, "add-1")).Expect(HttpStatusCode.Created);
        var again = await SendAsync(HttpMethod.Post, "webhooks", new { url = receiver.Url }, "add-1");
        var path = "webhooks/" + added.Text("id");

        Assert.StartsWith("scw_", added.Text("secret"));
        Assert.Equal((added.Body, true), (again.Body, again.Replayed));
        var listed = Assert.Single((await SendAsync(HttpMethod.Get, "webhooks")).Expect(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray());
        Assert.Equal((receiver.Url, false), (listed.GetProperty("url").GetString(), listed.TryGetProperty("secret", out _)));
        Assert.Equal("False", (await SendAsync(HttpMethod.Patch, path, new { active = false })).Expect(HttpStatusCode.OK).Text("active"));
        var rotated = (await SendAsync(HttpMethod.Patch, path, new { active = true, rotateSecret = true })).Expect(HttpStatusCode.OK);
        Assert.NotEqual(added.Text("secret"), rotated.Text("secret"));
        (await SendAsync(HttpMethod.Post, "webhooks", new { url = "shop" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "webhook-address-invalid");
        (await SendAsync(HttpMethod.Post, "webhooks", new { url = receiver.Url })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "webhook-address-taken");
        (await SendAsync(HttpMethod.Patch, "webhooks/none", new { active = true })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await SendAsync(HttpMethod.Delete, path)).Expect(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Delete, path)).ExpectProblem(HttpStatusCode.NotFound, "not-found");

        var reader = await app.CreateApiKeyAsync("read,credits,checkout,events");
        (await SendAsync(HttpMethod.Get, "webhooks", useKey: reader)).Expect(HttpStatusCode.Forbidden);
        (await SendAsync(HttpMethod.Post, "webhooks", new { url = receiver.Url }, useKey: reader)).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Messages_survive_a_kill_are_tried_again_when_the_clock_says_so_and_keep_their_id()
    {
        (await SendAsync(HttpMethod.Post, "webhooks", new { url = receiver.Url })).Expect(HttpStatusCode.Created);
        receiver.Answer = Receiver.HangAsync;
        await IssueAsync();
        var first = await receiver.NextAsync();
        await app.KillAsync();
        receiver.Answer = Receiver.Say(500);
        await app.StartAgainAsync();

        await MoveClockAsync(TimeSpan.FromMinutes(1));
        var second = await receiver.NextAsync();
        receiver.Answer = Receiver.Say(200);
        await MoveClockAsync(TimeSpan.FromMinutes(2));
        var third = Assert.Single(receiver.Rest());

        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.Equal((first.Id, first.Body), (third.Id, third.Body));
        Assert.Equal("balance.changed", third.Kind);
        await MoveClockAsync(TimeSpan.FromDays(2));
        Assert.Empty(receiver.Rest());
    }

    [Fact]
    public async Task Two_applications_on_one_file_send_each_message_once()
    {
        (await SendAsync(HttpMethod.Post, "webhooks", new { url = receiver.Url })).Expect(HttpStatusCode.Created);
        await using var second = await RunningApp.StartAsync(new Dictionary<string, string>(Settings) { ["ConnectionStrings__StoreCredit"] = $"Data Source={app.DatabasePath}" });
        const int Messages = 25;
        for (var number = 0; number < Messages; number++)
        {
            await IssueAsync();
        }

        var ids = new HashSet<string>();
        for (var number = 0; number < Messages; number++)
        {
            Assert.True(ids.Add((await receiver.NextAsync()).Id));
        }

        // The sender that ends last has nothing left to say.
        await MoveClockAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(receiver.Rest());
    }

    [Fact]
    public async Task A_receiver_that_hangs_neither_holds_up_the_test_clock_nor_mixes_up_what_falls_due_on_the_way()
    {
        await using var patient = await RunningApp.StartAsync(new Dictionary<string, string>(Settings) { ["Webhooks__Timeout"] = "00:01:00" });
        var all = await patient.CreateApiKeyAsync("read,credits,checkout,admin");
        Task<ApiReply> Send(HttpMethod method, string path, object? body = null) => patient.SendAsync(method, path, body, all).WaitAsync(Patience);
        receiver.Answer = Receiver.HangAsync;
        (await Send(HttpMethod.Post, "webhooks", new { url = receiver.Url })).Expect(HttpStatusCode.Created);
        var account = (await Send(HttpMethod.Post, "accounts", new { name = "Ada", kind = "person" })).Expect(HttpStatusCode.Created).Text("id");
        (await Send(HttpMethod.Post, $"accounts/{account}/credits", new { amount = new { amount = "5.00", currency = "USD" }, type = "goodwill" })).Expect(HttpStatusCode.Created);
        var held = new List<string>();
        foreach (var minutes in new[] { 60, 120, 180 })
        {
            var order = new { accountId = account, orderNumber = $"W-{minutes}", orderTotal = new { amount = "1.00", currency = "USD" }, expiresInMinutes = minutes };
            held.Add((await Send(HttpMethod.Post, "authorizations", order)).Expect(HttpStatusCode.Created).Text("expiresAt"));
        }

        await receiver.NextAsync();
        var now = DateTimeOffset.Parse((await Send(HttpMethod.Get, "test-clock")).Text("now"), CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        (await Send(HttpMethod.Put, "test-clock", new { now = now.AddDays(1) })).Expect(HttpStatusCode.OK);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
        var entries = (await Send(HttpMethod.Get, $"accounts/{account}/entries?view=staff")).Json.GetProperty("items").EnumerateArray();
        var released = entries.Where(entry => entry.GetProperty("kind").GetString() == "release").Select(entry => entry.GetProperty("recordedAt").GetDateTimeOffset()).Order().ToList();
        Assert.Equal(held.Count, released.Count);
        Assert.All(released.Zip(held), pair => Assert.InRange(pair.First - DateTimeOffset.Parse(pair.Second, CultureInfo.InvariantCulture), TimeSpan.Zero, TimeSpan.FromMinutes(5)));
    }

    private async Task IssueAsync()
    {
        var account = (await SendAsync(HttpMethod.Post, "accounts", new { name = "Ada", kind = "person" })).Expect(HttpStatusCode.Created).Text("id");
        (await SendAsync(HttpMethod.Post, $"accounts/{account}/credits", new { amount = new { amount = "5.00", currency = "USD" }, type = "goodwill" })).Expect(HttpStatusCode.Created);
    }

    private async Task MoveClockAsync(TimeSpan by)
    {
        var now = DateTimeOffset.Parse((await SendAsync(HttpMethod.Get, "test-clock")).Text("now"), CultureInfo.InvariantCulture);
        (await SendAsync(HttpMethod.Put, "test-clock", new { now = now + by })).Expect(HttpStatusCode.OK);
    }

    private Task<ApiReply> SendAsync(HttpMethod method, string path, object? body = null, string? idempotencyKey = null, string? useKey = null) =>
        app.SendAsync(method, path, body, useKey ?? key, idempotencyKey).WaitAsync(Patience);
}
