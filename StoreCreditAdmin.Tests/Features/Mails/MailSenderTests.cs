using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>How mails go out: to a folder, and to a real mail server that takes them, refuses them, hangs up or is not there.</summary>
public sealed class MailSenderTests
{
    private const string CustomerName = "夏目 漱石 <script>alert(1)</script> \u202Bשלום\u202C";

    [Fact]
    public async Task By_default_each_mail_is_a_file_with_both_parts_under_its_own_name()
    {
        await using var database = await TestDatabase.CreateAsync();
        await WriteAsync(database, "ada@example.com", CustomerName);

        Assert.Equal(1, await database.Get<MailSender>().SendDueAsync(default));

        var mail = Assert.Single(await MailsAsync(database));
        var file = await File.ReadAllTextAsync(Path.Combine(database.Get<MailTransport>().Folder, $"{mail.PublicId:N}.eml"));
        Assert.Equal((MailState.Sent, 1, "You received 12.00 USD of store credit"), (mail.State, mail.Tries, mail.Subject));
        Assert.Contains($"Message-ID: <{mail.PublicId:N}@localhost.localdomain>", file, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("multipart/alternative", file, StringComparison.Ordinal);
        Assert.Contains("text/plain", file, StringComparison.Ordinal);
        Assert.Contains("text/html", file, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(database.Get<MailTransport>().Folder, ".unfinished")));
        Assert.Equal(0, await database.Get<MailSender>().SendDueAsync(default));
    }

    [Fact]
    public async Task A_mail_server_gets_every_mail_once_whole_and_encoded()
    {
        await using var server = await MailServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        using var sending = MailSending.Of(database, server.Port);
        await WriteAsync(database, "ada@example.com", CustomerName);
        await WriteAsync(database, "bea@example.com", "Bea\r\nBcc: thief@example.com");

        Assert.Equal(2, await sending.Sender.SendDueAsync(default));

        var received = server.Received();
        Assert.Equal(2, received.Count);
        Assert.DoesNotContain("thief@example.com", HeadersOf(received[1]).Replace("Bcc:thief", "", StringComparison.Ordinal).Split("To:")[0], StringComparison.Ordinal);
        Assert.DoesNotContain(HeadersOf(received[1]).Split('\n'), line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        var text = PartOf(received[0], "text/plain");
        var html = PartOf(received[0], "text/html");
        Assert.Contains("Hello " + CustomerName, text, StringComparison.Ordinal);
        Assert.Contains("夏目 漱石 &lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("Your balance at Main is now 12.00 USD.", text, StringComparison.Ordinal);
        Assert.All(await MailsAsync(database), mail => Assert.Equal(MailState.Sent, mail.State));
    }

    [Fact]
    public async Task What_a_server_refuses_is_given_up_or_tried_later_and_keeps_no_other_waiting()
    {
        await using var server = await MailServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        using var sending = MailSending.Of(database, server.Port, timeoutSeconds: 2);
        foreach (var address in new[] { "nobody@example.com", "later@example.com", "drop@example.com", "slow@example.com", "ada@example.com" })
        {
            await WriteAsync(database, address);
        }

        Assert.Equal(5, await sending.Sender.SendDueAsync(default));

        var mails = await MailsAsync(database);
        Assert.Equal([MailState.Dead, MailState.Waiting, MailState.Waiting, MailState.Waiting, MailState.Sent], mails.Select(mail => mail.State));
        Assert.All(mails.Take(4), mail => Assert.False(string.IsNullOrEmpty(mail.LastError)));
        Assert.Equal("The mail server did not answer within 2 seconds.", mails[3].LastError);
        Assert.All(mails.Skip(1).Take(3), mail => Assert.Equal(database.Clock.Now.AddMinutes(1), mail.NextTryAt));
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_for_a_day_and_a_person_sends_again_under_the_same_id()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var down = MailSending.Of(database, port: 1);
        await WriteAsync(database, "ada@example.com");
        for (var tries = 0; tries < 12; tries++)
        {
            Assert.Equal(1, await down.Sender.SendDueAsync(default));
            database.Clock.Now = database.Clock.Now.AddHours(8);
        }

        Assert.Equal(0, await down.Sender.SendDueAsync(default));
        var dead = Assert.Single(await MailsAsync(database));
        Assert.Equal((MailState.Dead, 12), (dead.State, dead.Tries));
        Assert.True((await database.Get<MailService>().SendAgainAsync(TestDatabase.Robot, OperationKey.ForForm(), dead.PublicId)).IsOk);
        Assert.Equal("mail-on-its-way", (await database.Get<MailService>().SendAgainAsync(TestDatabase.Robot, OperationKey.ForForm(), dead.PublicId)).Refusal?.Code);

        await using var server = await MailServer.StartAsync();
        using var up = MailSending.Of(database, server.Port);
        Assert.Equal(1, await up.Sender.SendDueAsync(default));

        Assert.Contains($"<{dead.PublicId:N}@", Assert.Single(server.Received()), StringComparison.Ordinal);
        Assert.Equal(MailState.Sent, Assert.Single(await MailsAsync(database)).State);
    }

    [Fact]
    public async Task What_a_process_that_died_was_sending_is_not_sent_twice()
    {
        await using var server = await MailServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        using var died = MailSending.Of(database, server.Port);
        await WriteAsync(database, "ada@example.com");
        Assert.NotNull(await died.Post.NextAsync(null));

        using var next = MailSending.Of(database, server.Port);
        Assert.Equal(0, await next.Sender.SendDueAsync(default));
        database.Clock.Now = database.Clock.Now.AddMinutes(5);
        Assert.Equal(0, await next.Sender.SendDueAsync(default));

        Assert.Equal(MailState.Unsure, Assert.Single(await MailsAsync(database)).State);
        Assert.Empty(server.Received());

        using var folder = MailSending.Of(database, port: null);
        await WriteAsync(database, "bea@example.com");
        Assert.NotNull(await folder.Post.NextAsync(null));
        database.Clock.Now = database.Clock.Now.AddMinutes(5);
        Assert.Equal(1, await folder.Sender.SendDueAsync(default));
        Assert.Equal([MailState.Unsure, MailState.Sent], (await MailsAsync(database)).Select(mail => mail.State));
    }

    [Fact]
    public async Task Two_senders_at_once_send_each_mail_once()
    {
        await using var server = await MailServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        using var one = MailSending.Of(database, server.Port);
        using var other = MailSending.Of(database, server.Port);
        for (var i = 0; i < 40; i++)
        {
            await WriteAsync(database, $"customer{i}@example.com");
        }

        var tries = await Task.WhenAll(one.Sender.SendDueAsync(default), other.Sender.SendDueAsync(default));

        Assert.Equal(40, tries.Sum());
        Assert.Equal(40, server.Received().Count);
        Assert.All(await MailsAsync(database), mail => Assert.Equal(MailState.Sent, mail.State));
    }

    [Fact]
    public async Task Statements_wait_while_there_is_news_however_long_they_wait_already()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        using var sending = MailSending.Of(database, port: null, perMinute: 2);
        await WriteAsync(database, "statement1@example.com", kind: MailKind.MonthlyStatement);
        await WriteAsync(database, "statement2@example.com", kind: MailKind.MonthlyStatement);
        database.Clock.Now += TimeSpan.FromHours(1);
        await WriteAsync(database, "news@example.com");
        plans.Start();

        Assert.Equal(2, await sending.Sender.SendDueAsync(default));

        Assert.Equal([MailState.Sent, MailState.Waiting, MailState.Sent], (await MailsAsync(database)).Select(mail => mail.State));
        Assert.Contains(plans.Steps, step => step.Contains("IX_Mails_State_CanWait_NextTryAt (State=? AND CanWait=? AND NextTryAt<?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_more_go_out_in_a_minute_than_is_allowed()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var sending = MailSending.Of(database, port: null, perMinute: 2);
        foreach (var address in new[] { "a@example.com", "b@example.com", "c@example.com" })
        {
            await WriteAsync(database, address);
        }

        Assert.Equal(2, await sending.Sender.SendDueAsync(default));
        Assert.Equal(0, await sending.Sender.SendDueAsync(default));

        Assert.Equal([MailState.Sent, MailState.Sent, MailState.Waiting], (await MailsAsync(database)).Select(mail => mail.State));
    }

    [Fact]
    public async Task Of_a_thousand_mails_each_is_sent_retried_or_given_up_and_none_arrives_twice()
    {
        await using var server = await MailServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        using var sending = MailSending.Of(database, server.Port, perMinute: 100_000);
        var account = await database.AddAccountAsync();
        await using (var db = database.Open())
        {
            db.Attach(account);
            var fields = new MailFields { Customer = new("Ada"), Store = new("Main"), Credit = new("12.00 USD"), Balance = "12.00 USD" }.ToJson();
            db.Mails.AddRange(Enumerable.Range(0, 1000).Select(number => (number % 20) switch { 3 => "nobody", 4 => "again", _ => "customer" } + number + "@example.com")
                .Select(address => new Mail(Guid.NewGuid(), MailKind.CreditReceived, address, account, address, "Ada", fields, database.Clock.Now)));
            await db.SaveChangesAsync();
        }

        Assert.Equal(1000, await sending.Sender.SendDueAsync(default));
        database.Clock.Now = database.Clock.Now.AddMinutes(1);
        Assert.Equal(50, await sending.Sender.SendDueAsync(default));
        database.Clock.Now = database.Clock.Now.AddDays(1);
        Assert.Equal(0, await sending.Sender.SendDueAsync(default));

        var mails = await MailsAsync(database);
        Assert.Equal(
            (950, 50, 50, 1050),
            (mails.Count(mail => mail.State == MailState.Sent), mails.Count(mail => mail.Tries == 2), mails.Count(mail => mail.State == MailState.Dead), mails.Sum(mail => mail.Tries)));
        var sent = mails.Where(mail => mail.State == MailState.Sent).Select(mail => $"<{mail.PublicId:N}@localhost.localdomain>").Order();
        Assert.Equal(sent, server.Received().Select(mail => Regex.Match(mail, "(?i)message-id: *(<[^>]+>)").Groups[1].Value).Order());
    }

    private static async Task<List<Mail>> MailsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Mails.OrderBy(mail => mail.Id).ToListAsync();
    }

    private static async Task WriteAsync(TestDatabase database, string address, string name = "Ada", MailKind kind = MailKind.CreditReceived)
    {
        var account = await database.AddAccountAsync();
        var statement = kind == MailKind.MonthlyStatement ? new MailStatement("2026-10-01", "2026-10-31", "12.00 USD", "USD", "main") : null;
        var fields = new MailFields { Customer = new(name), Store = new("Main"), Credit = new("12.00 USD", "Goodwill"), Balance = "12.00 USD", Statement = statement };
        await using var db = database.Open();
        db.Attach(account);
        db.Mails.Add(new Mail(Guid.NewGuid(), kind, Guid.NewGuid().ToString(), account, address, name, fields.ToJson(), database.Clock.Now));
        await db.SaveChangesAsync();
    }

    private static string HeadersOf(string mail) => mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)];

    /// <summary>The decoded words of one part.</summary>
    private static string PartOf(string mail, string type)
    {
        var boundary = "--" + Regex.Match(mail, "boundary=\"?([^\"\r\n;]+)").Groups[1].Value;
        var part = mail.Split(boundary).Single(one => one.Contains(type, StringComparison.Ordinal) && !one.Contains("multipart", StringComparison.Ordinal));
        var body = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (part.Contains("base64", StringComparison.OrdinalIgnoreCase))
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body));
        }

        var bytes = new List<byte>();
        var plain = body.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < plain.Length; i++)
        {
            bytes.Add(plain[i] == '=' ? Convert.ToByte(plain.Substring((i += 2) - 1, 2), 16) : (byte)plain[i]);
        }

        return System.Text.Encoding.UTF8.GetString([.. bytes]);
    }
}
