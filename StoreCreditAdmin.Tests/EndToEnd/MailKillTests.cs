using System.Globalization;
using System.Net;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>The application is killed after a mail server has taken an e-mail and before it could be noted.</summary>
[Collection(EndToEndTests.Name)]
public sealed class MailKillTests(Browser browser)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task What_a_mail_server_took_before_the_process_was_killed_is_sent_again_only_by_a_person_and_under_the_same_id() => WalkAsync().WaitAsync(Limit);

    private async Task WalkAsync()
    {
        await using var server = await MailServer.StartAsync();
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string>
        {
            ["Mail__Transport"] = "Smtp",
            ["Mail__Host"] = "127.0.0.1",
            ["Mail__Port"] = server.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail__StartTls"] = "false",
            ["Mail__TimeoutSeconds"] = "120",
        });
        var key = await app.CreateApiKeyAsync("read,credits");
        await app.SendAsync(HttpMethod.Post, "accounts", new { externalId = "k-1", name = "Ada Byron", kind = "person", email = "hold-ada@example.com" }, key);
        await app.SendAsync(HttpMethod.Post, "accounts", new { externalId = "k-2", name = "Bea Arthur", kind = "person", email = "bea@example.com" }, key);
        await IssueAsync(app, key, "k-1");
        await UntilAsync(() => Task.FromResult(server.Count == 1));
        await app.KillAsync();

        await using (var db = await DatabaseFile.OpenAsync(app.DatabasePath))
        {
            Assert.Equal((long)MailState.Sending, await db.ReadAsync("SELECT State FROM Mails"));
            await db.ExecuteAsync("UPDATE Mails SET NextTryAt = 1");
        }

        await app.StartAgainAsync();
        await IssueAsync(app, key, "k-2");
        await UntilAsync(() => Task.FromResult(server.Count == 2));
        var page = await browser.OpenAsAsync(Roles.Manager, app, "messages?state=unsure");
        await using var context = page.Context;
        await Expect(page.RowWith("hold-ada@example.com")).ToContainTextAsync("May have been sent");
        await Expect(page.RowWith("hold-ada@example.com")).ToContainTextAsync("The program ended while this was being sent. It may have arrived.");
        Assert.Equal(["hold-ada@example.com", "bea@example.com"], (await server.ReadAsync()).Select(AddressOf));

        await page.RowWith("hold-ada@example.com").GetByText("Send again").ClickAsync();
        await UntilAsync(() => Task.FromResult(server.Count == 3));
        await UntilAsync(async () =>
        {
            await using var db = await DatabaseFile.OpenAsync(app.DatabasePath);
            return await db.ReadAsync($"SELECT COUNT(*) FROM Mails WHERE State = {(int)MailState.Sent}") is 2L;
        });

        var received = await server.ReadAsync();
        Assert.Equal("hold-ada@example.com", AddressOf(received[2]));
        Assert.Equal(received[0].Headers["message-id"], received[2].Headers["message-id"]);
        Assert.NotEqual(received[0].Headers["message-id"], received[1].Headers["message-id"]);
    }

    private static string AddressOf(ReceivedMail mail) => mail.To.Split('<', '>')[^2];

    private static async Task IssueAsync(RunningApp app, string key, string account) => Assert.Equal(
        HttpStatusCode.Created,
        (await app.SendAsync(HttpMethod.Post, $"accounts/ext:{account}/credits", new { amount = new { amount = "5", currency = "USD" }, type = "goodwill", notify = true }, key)).Status);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(20);
        }
    }
}
