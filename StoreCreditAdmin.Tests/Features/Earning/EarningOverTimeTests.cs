using System.Globalization;
using System.Net;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Earning;

/// <summary>More than a year of a shop, as storefronts see it: rules, orders and expiry over HTTP, with the clock moved from day to day.</summary>
public sealed class EarningOverTimeTests
{
    private const int Days = 400;
    private const int Between = 16;
    private const int Lives = 90;

    [Fact]
    public async Task Over_four_hundred_days_each_order_earns_and_what_it_earned_expires_on_its_day()
    {
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["Sample__Enabled"] = "false", ["TestClock__Enabled"] = "true" });
        var key = await app.CreateApiKeyAsync("read,events,admin");
        Task<ApiReply> SendAsync(HttpMethod method, string path, object? body = null) => app.SendAsync(method, path, body, key);
        (await SendAsync(HttpMethod.Put, "settings/expiry", new { sameForAll = true, @default = new { kind = "after-days", days = Lives } })).Expect(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Post, "rules", new { method = "order-placed", config = new { mode = "per-amount", every = "20", give = "1" } })).Expect(HttpStatusCode.Created);
        var start = DateTimeOffset.Parse((await SendAsync(HttpMethod.Get, "test-clock")).Text("now"), CultureInfo.InvariantCulture).AddHours(1);
        var ordered = new List<int>();

        for (var day = 0; day <= Days; day += Between)
        {
            (await SendAsync(HttpMethod.Put, "test-clock", new { now = start.AddDays(day) })).Expect(HttpStatusCode.OK);
            (await SendAsync(HttpMethod.Post, "events", Paid($"{day}", start.AddDays(day)))).Expect(HttpStatusCode.OK);
            ordered.Add(day);

            var balance = (await SendAsync(HttpMethod.Get, "accounts/ext:c-1/balance")).Expect(HttpStatusCode.OK).Json.GetProperty("items")[0];
            var good = ordered.Count(one => day <= one + Lives);
            Assert.Equal(
                ($"{5 * good}.00", $"{5 * (ordered.Count - good)}.00"),
                (balance.GetProperty("available").GetString(), balance.GetProperty("expired").GetString()));
        }

        var expired = (await SendAsync(HttpMethod.Get, "accounts/ext:c-1/entries?limit=200")).Json.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("kind").GetString() == "expire")
            .Select(entry => entry.GetProperty("effectiveOn").GetString());
        Assert.Equal(
            ordered.Where(day => day + Lives < ordered[^1]).Select(day => DateOnly.FromDateTime(start.UtcDateTime).AddDays(day + Lives).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            expired.Order(StringComparer.Ordinal));
        Assert.Equal("True", (await SendAsync(HttpMethod.Get, "system/ledger/verify")).Text("ok"));
    }

    private static object Paid(string number, DateTimeOffset at) => new
    {
        id = "evt-" + number,
        type = "order.paid",
        occurredAt = at,
        data = new
        {
            order = new
            {
                number,
                customer = new { externalId = "c-1", email = "ada@example.com", name = "Ada Byron" },
                currency = "USD",
                itemsTotal = "100",
                total = "100",
                placedAt = at,
                kind = "one-off",
            },
        },
    };
}
