using System.Net;
using System.Text.Json;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounting;

/// <summary>The reports over HTTP: to programs with a key, and as files to people.</summary>
public sealed class ReportRoutesTests
{
    [Fact]
    public async Task Programs_read_the_reports_and_people_take_them_as_files_if_they_may_or_are_told_what_cannot_be()
    {
        await using var app = await RunningApp.StartAsync();
        var key = await app.CreateApiKeyAsync("read,credits");
        await app.SendAsync(HttpMethod.Post, "accounts", new { externalId = "r-1", name = "=Ada", kind = "person" }, key);
        await app.SendAsync(HttpMethod.Post, "accounts/ext:r-1/credits", new { amount = new { amount = "12.34", currency = "USD" }, type = "gift-card" }, key);

        var liability = await ReadAsync(app, "reports/liability?store=main", key);
        Assert.Equal("12.34", liability.GetProperty("items")[0].GetProperty("outstanding").GetString());
        Assert.Equal("0-2", liability.GetProperty("items")[0].GetProperty("ages")[0].GetProperty("age").GetString());
        var forward = (await ReadAsync(app, "reports/roll-forward", key)).GetProperty("items")[0];
        Assert.Equal(("0.00", "12.34"), (forward.GetProperty("opening").GetString(), forward.GetProperty("closing").GetString()));
        Assert.Equal("issued", forward.GetProperty("lines")[0].GetProperty("line").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await app.SendAsync(HttpMethod.Get, "reports/liability?asOf=2999-01-01", null, key)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.SendAsync(HttpMethod.Get, "reports/roll-forward?store=nowhere", null, key)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.SendAsync(HttpMethod.Get, "reports/liability", null, await app.CreateApiKeyAsync("credits"))).Status);

        using var accountant = await app.ClientOfAsync(Roles.Accountant);
        using var agent = await app.ClientOfAsync(Roles.Agent);
        foreach (var (list, expected) in new[] { ("liability", ",main,Gift Card,yes,USD,12.34,0.00,12.34"), ("roll-forward", "main,USD,closing,,12.34"), ("entries", "'=Ada,1,main,"), ("breakage", "From,To,Store"), ("usage", "From,To,Store"), ("given", "From,To,Store") })
        {
            Assert.Contains(expected, await accountant.GetStringAsync($"exports/{list}.csv"), StringComparison.Ordinal);
            using var denied = await agent.GetAsync($"exports/{list}.csv");
            Assert.Equal((HttpStatusCode.Redirect, "/account/access-denied"), (denied.StatusCode, denied.Headers.Location!.AbsolutePath));
        }

        foreach (var (path, sentence) in new[] { ("liability.csv?asOf=soon", "date"), ("roll-forward.xlsx?from=2026-02-01&to=2026-01-01", "period"), ("usage.csv?store=nowhere", "nowhere"), ("entries.csv?to=2999-01-01", "still to come"), ("entries.xlsx?store=nowhere", "nowhere") })
        {
            using var answer = await accountant.GetAsync("exports/" + path);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task<JsonElement> ReadAsync(RunningApp app, string path, string key)
    {
        var reply = await app.SendAsync(HttpMethod.Get, path, null, key);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return JsonDocument.Parse(reply.Body).RootElement;
    }
}
