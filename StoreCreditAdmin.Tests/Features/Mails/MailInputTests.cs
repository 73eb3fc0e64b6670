using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>Names, numbers, notes and addresses that could break an e-mail, in what a real mail server received.</summary>
public sealed class MailInputTests
{
    private const string Injected = "\r\nBcc: thief@example.com\r\n\r\n<p>Gone</p>";

    [Fact]
    public async Task Line_breaks_in_names_and_numbers_make_no_header()
    {
        await using var server = await MailServer.StartAsync();
        using var transport = TransportTo(server);
        var fields = Fields("Ada" + Injected, "Main" + Injected) with { Order = new("7" + Injected) };
        var mail = new MailRenderer().Render(new MailText("{{store.name}} {{order.number}} {{customer.name}}", "<p>{{customer.name}}</p>"), fields);
        var attachment = new MailAttachment("statement.pdf", "application/pdf", [1, 2, 3]);

        await transport.SendAsync(Guid.NewGuid(), "ada@example.com", fields.Customer.Name, fields.Store.Name, mail, attachment, default);

        var received = Assert.Single(await server.ReadAsync());
        Assert.Equal(["auto-submitted", "content-language", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"], received.Headers.Keys.Order());
        Assert.Equal(received.Headers.Count, received.HeaderCount);
        Assert.StartsWith("Main Bcc: thief@example.com", received.Subject, StringComparison.Ordinal);
        Assert.Equal("AdaBcc: thief@example.com<p>Gone</p>", received.To[..received.To.LastIndexOf(" <", StringComparison.Ordinal)].Trim('"'));
        Assert.Empty(received.Defects);
    }

    [Fact]
    public async Task Long_notes_and_long_subjects_keep_to_the_length_of_a_line_and_arrive_whole()
    {
        await using var server = await MailServer.StartAsync();
        using var transport = TransportTo(server);
        var (ascii, wide) = (new string('x', 10_000), string.Concat(Enumerable.Repeat("長い\U0001F381", 2_500)));
        foreach (var note in new[] { ascii, wide })
        {
            var fields = Fields(note[..200], note[..100]) with { Credit = new("1.00 USD", Note: note) };
            var mail = new MailRenderer().Render(new MailText("{{customer.name}} {{customer.name}}", DefaultMails.Of(MailKind.CreditReceived).Body), fields);
            await transport.SendAsync(Guid.NewGuid(), "ada@example.com", fields.Customer.Name, fields.Store.Name, mail, null, default);
        }

        var received = await server.ReadAsync();
        Assert.All(received, mail => Assert.InRange(mail.LongestLine, 1, 998));
        Assert.All(received, mail => Assert.Empty(mail.Defects));
        Assert.Contains(ascii, received[0].Text, StringComparison.Ordinal);
        Assert.Contains(wide, received[1].Text, StringComparison.Ordinal);
        Assert.Contains(ascii, received[0].Html, StringComparison.Ordinal);
        Assert.Equal([$"{ascii[..200]} {ascii[..200]}", $"{wide[..200]} {wide[..200]}"], received.Select(mail => mail.Subject));
        Assert.Contains(wide[..200], received[1].To, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada byron@example.com")]
    [InlineData("ada@exam ple.com")]
    [InlineData("ada@example.com, bea@example.com")]
    [InlineData("ada<bea@example.com>")]
    [InlineData("ada@example.com\r\nRCPT TO:<bea@example.com>")]
    [InlineData("\"ada\" bea@example.com")]
    [InlineData("ada@")]
    [InlineData("アダ@example.com")]
    [InlineData("ada@\uD800.com")]
    public async Task An_address_that_is_none_is_refused_for_good_and_nothing_is_sent(string address)
    {
        await using var server = await MailServer.StartAsync();
        using var transport = TransportTo(server);

        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => transport.SendAsync(
            Guid.NewGuid(), address, "Ada", "Main", new MailRenderer().Render(DefaultMails.Of(MailKind.CreditReceived), Fields("Ada", "Main")), null, default));

        Assert.True(refused.ForGood);
        Assert.Empty(server.Received());
    }

    [Fact]
    public async Task A_domain_in_another_script_is_written_in_letters_that_every_server_takes()
    {
        await using var server = await MailServer.StartAsync();
        using var transport = TransportTo(server);

        await transport.SendAsync(Guid.NewGuid(), "ada@bücher.example", "Ada", "Main", new MailRenderer().Render(DefaultMails.Of(MailKind.CreditReceived), Fields("Ada", "Main")), null, default);

        Assert.EndsWith("<ada@xn--bcher-kva.example>", Assert.Single(await server.ReadAsync()).To, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  ada@example.com\t", "ada@example.com")]
    [InlineData("ada byron@example.com", null)]
    [InlineData("ada@example.com bea@example.com", null)]
    [InlineData("ada@example.com\r\nBcc: bea@example.com", null)]
    [InlineData("ada\u00A0byron@example.com", null)]
    public async Task Spaces_around_an_address_go_and_one_inside_is_refused_where_it_is_entered(string typed, string? kept)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var accounts = database.Get<AccountService>();
        var contacts = database.Get<ContactService>();

        var created = await accounts.CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), new() { Name = "Ada", Kind = "company", Email = typed });
        var added = await contacts.AddAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new() { Name = "Ada", Email = typed });

        Assert.Equal((kept is not null, kept is not null), (created.IsOk, added.IsOk));
        if (kept is null)
        {
            Assert.Equal(("email", "email"), (created.Refusal!.Field, added.Refusal!.Field));
        }
        else
        {
            Assert.Equal((kept, kept), (created.Value.Contacts[0].Email, added.Value.Email));
        }
    }

    [Fact]
    public async Task Signing_in_that_fails_is_tried_again_and_an_address_that_there_is_not_is_given_up()
    {
        await using var server = await MailServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        using var sending = MailSending.Of(database, server.Port);
        foreach (var email in new[] { "nobody@example.com", "locked@example.com", "again@example.com" })
        {
            var account = await new ShopFeed(database).CustomerAsync(email: email);
            await using var db = database.Open();
            db.Attach(account);
            db.Mails.Add(new Mail(Guid.NewGuid(), MailKind.CreditReceived, email, account, email, "Ada", Fields("Ada", "Main").ToJson(), database.Clock.Now));
            await db.SaveChangesAsync();
        }

        await sending.Sender.SendDueAsync(default);
        Assert.Equal([MailState.Dead, MailState.Waiting, MailState.Waiting], await StatesAsync(database));
        database.Clock.Now = database.Clock.Now.AddMinutes(1);
        await sending.Sender.SendDueAsync(default);

        Assert.Equal([MailState.Dead, MailState.Waiting, MailState.Sent], await StatesAsync(database));
    }

    private static async Task<List<MailState>> StatesAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Mails.OrderBy(mail => mail.Id).Select(mail => mail.State).ToListAsync();
    }

    private static MailFields Fields(string customer, string store) => new() { Customer = new(customer), Store = new(store), Credit = new("1.00 USD"), Balance = "1.00 USD" };

    private static MailTransport TransportTo(MailServer server) =>
        new(Options.Create(new MailOptions { Transport = MailTransportKind.Smtp, Host = "127.0.0.1", Port = server.Port, StartTls = false }), Path.GetTempPath());
}
