using System.Diagnostics;
using System.Globalization;
using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// E-mails that wait, sent to a real mail server on this machine, which refuses one of a hundred for good and one of a hundred the first time; beside a bare client that
/// sends as many of the same size to another such server, with nothing noted anywhere.
/// </summary>
internal static class Mails
{
    private const int Usual = 10_000;

    public static Scenario Scenario { get; } = new("10,000 waiting e-mails (or as many as the option says) to a mail server, beside a bare client", RunAsync);

    private static async Task RunAsync(string[] args)
    {
        var mails = args is [var first, ..] && int.TryParse(first, CultureInfo.InvariantCulture, out var wanted) ? wanted : Usual;
        await using var server = await MailServer.StartAsync();
        await using var database = await BenchmarkDatabase.CreateWithAsync(new()
        {
            ["Mail:Transport"] = "Smtp",
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = server.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail:StartTls"] = "false",
            ["Mail:PerMinute"] = "1000000",
        });
        var addresses = Enumerable.Range(0, mails).Select(AddressOf).ToList();
        await LayOutAsync(database, addresses);
        var sender = database.Get<IEnumerable<IDueJob>>().Single(job => job.Name == "mails");

        var watch = Stopwatch.StartNew();
        var tries = (await sender.RunAsync(default)).Count;
        var service = watch.Elapsed;
        await using (var db = database.Open())
        {
            var now = TimeProvider.System.GetUtcNow();
            await db.Mails.Where(mail => mail.State == MailState.Waiting).ExecuteUpdateAsync(mail => mail.SetProperty(one => one.NextTryAt, now));
        }

        watch.Restart();
        tries += (await sender.RunAsync(default)).Count;
        service += watch.Elapsed;
        var bare = await SendBareAsync(addresses);

        await using var after = database.Open();
        var sent = await after.Mails.CountAsync(mail => mail.State == MailState.Sent);
        var retried = await after.Mails.CountAsync(mail => mail.Tries > 1);
        var dead = await after.Mails.CountAsync(mail => mail.State == MailState.Dead);
        var ids = server.Received().Select(IdOf).ToList();
        if (sent + dead != mails || ids.Count != sent || ids.Distinct().Count() != sent || tries != mails + retried)
        {
            throw new InvalidOperationException($"{mails} e-mails: {sent} sent, {retried} retried, {dead} given up, {tries} tries; the server has {ids.Count}, {ids.Distinct().Count()} of them different.");
        }

        Console.WriteLine($"E-mails: {mails:N0} to a mail server on this machine, one connection, each taken and noted in a durable commit (WAL, synchronous = FULL)");
        Console.WriteLine();
        Console.WriteLine("| | Seconds | E-mails a second |");
        Console.WriteLine("| --- | ---: | ---: |");
        Console.WriteLine($"| The sender | {service.TotalSeconds:0.0} | {tries / service.TotalSeconds:0} |");
        Console.WriteLine($"| Bare client | {bare.TotalSeconds:0.0} | {mails / bare.TotalSeconds:0} |");
        Console.WriteLine();
        Console.WriteLine($"Sent {sent:N0}, of them retried {retried:N0}; given up {dead:N0}; received {ids.Count:N0}, none twice. Ratio {bare.TotalSeconds / service.TotalSeconds:0.00}.");
    }

    private static string AddressOf(int number) => (number % 100) switch
    {
        7 => $"nobody{number}@example.com",
        8 => $"again{number}@example.com",
        _ => $"customer{number}@example.com",
    };

    private static async Task LayOutAsync(BenchmarkDatabase database, List<string> addresses)
    {
        var account = await database.AddAccountAsync("Customer");
        await using var db = database.Open();
        db.Attach(account);
        var now = TimeProvider.System.GetUtcNow();
        db.Mails.AddRange(addresses.Select(address =>
            new Mail(Guid.CreateVersion7(), MailKind.CreditReceived, address, account, address, "Customer", Fields, now)));
        await db.SaveChangesAsync();
    }

    private static string Fields => """{"customer":{"name":"Customer"},"store":{"name":"Main store"},"credit":{"amount":"12.34 USD"},"credits":[],"balance":"12.34 USD","order":{"number":null}}""";

    private static async Task<TimeSpan> SendBareAsync(List<string> addresses)
    {
        await using var server = await MailServer.StartAsync();
        using var client = new SmtpClient("127.0.0.1", server.Port);
        var text = new MailRenderer().Render(DefaultMails.Of(MailKind.CreditReceived), MailFieldsOf());
        var watch = Stopwatch.StartNew();
        foreach (var address in addresses)
        {
            using var message = new MailMessage("store-credit@localhost.localdomain", address.Replace("nobody", "customer", StringComparison.Ordinal).Replace("again", "customer", StringComparison.Ordinal), text.Subject, text.Text);
            message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(text.Html, null, "text/html"));
            await client.SendMailAsync(message);
        }

        return watch.Elapsed;
    }

    private static MailFields MailFieldsOf() => new() { Customer = new("Customer"), Store = new("Main store"), Credit = new("12.34 USD"), Balance = "12.34 USD" };

    private static string IdOf(string mail) => mail.Split('\n').First(line => line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase)).Trim();
}
