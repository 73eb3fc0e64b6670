using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>Texts of e-mails: saved as versions, brought back, sent in the customer's language, tried on oneself.</summary>
public sealed class MailTextServiceTests
{
    private const MailKind Received = MailKind.CreditReceived;

    [Fact]
    public async Task A_saved_text_is_what_the_next_mail_says_and_an_old_one_comes_back_as_a_new_version()
    {
        await using var database = await TestDatabase.CreateAsync();
        var manager = await database.SignInNewAsync("Max", Roles.Manager);
        Assert.Equal(1, (await SaveAsync(database, manager, "First {{credit.amount}}", "<p>One</p>", seen: 0)).Value.Number);
        Assert.Equal(2, (await SaveAsync(database, manager, "Second", "<p>Two</p>", seen: 1)).Value.Number);
        Assert.Equal(2, (await SaveAsync(database, manager, " Second ", "<p>Two</p>\r\n", seen: 2)).Value.Number);
        Assert.Equal("Second", await SentSubjectAsync(database));

        Assert.Equal(3, (await RestoreAsync(database, manager, 1, seen: 2)).Value.Number);
        Assert.Equal("First 12.00 USD", await SentSubjectAsync(database));
        Assert.Equal(4, (await RestoreAsync(database, manager, 0, seen: 3)).Value.Number);
        Assert.Equal("You received 12.00 USD of store credit", await SentSubjectAsync(database));

        var history = await database.Get<MailTextService>().HistoryAsync(manager, Received, "en", 3);
        Assert.Equal([(4, null), (3, "First {{credit.amount}}"), (2, "Second")], history.Versions.Select(version => (version.Number, version.Text?.Subject)));
        Assert.True(history.More);
        Assert.All(history.Versions, version => Assert.Equal(("Max", database.Clock.Now), (version.By, version.At)));
        var audit = (await database.ReadAuditAsync()).Where(line => line.Action.StartsWith("mail-text.", StringComparison.Ordinal)).ToList();
        Assert.Equal(["mail-text.save", "mail-text.save", "mail-text.restore", "mail-text.restore"], audit.Select(line => line.Action));
        Assert.All(audit, line => Assert.Equal("credit-received in English", line.Subject));
        Assert.Contains("You received {{credit.amount}}", audit[0].OldValues, StringComparison.Ordinal);
        Assert.Contains("First {{credit.amount}}", audit[0].NewValues, StringComparison.Ordinal);
        Assert.Contains("Second", audit[2].OldValues, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_is_told_and_overwrites_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.True((await SaveAsync(database, TestDatabase.Robot, "First", "<p>One</p>", seen: 0)).IsOk);

        Assert.Equal("changed-meanwhile", (await SaveAsync(database, TestDatabase.Robot, "Second", "<p>Two</p>", seen: 0)).Refusal?.Code);
        Assert.Equal("changed-meanwhile", (await RestoreAsync(database, TestDatabase.Robot, 0, seen: 0)).Refusal?.Code);
        Assert.Equal("not-found", (await RestoreAsync(database, TestDatabase.Robot, 7, seen: 1)).Refusal?.Code);

        Assert.Equal("First", (await database.Get<MailTextService>().GetAsync(TestDatabase.Robot, Received, "en")).Text.Subject);
    }

    [Fact]
    public async Task What_is_broken_is_refused_at_its_field_and_makes_no_version()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Equal("body", (await SaveAsync(database, TestDatabase.Robot, "S", "<p>{{custmer.name}}</p>", seen: 0)).Refusal?.Field);
        Assert.Equal("subject", (await SaveAsync(database, TestDatabase.Robot, "{{custmer.name}}", "<p>x</p>", seen: 0)).Refusal?.Field);
        Assert.Equal("language", (await SaveAsync(database, TestDatabase.Robot, "S", "<p>x</p>", seen: 0, language: "tlh-xx-1")).Refusal?.Field);

        Assert.Empty((await database.Get<MailTextService>().HistoryAsync(TestDatabase.Robot, Received, "en", 20)).Versions);
    }

    [Fact]
    public async Task A_text_once_saved_is_never_changed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await SaveAsync(database, TestDatabase.Robot, "First", "<p>One</p>", seen: 0);
        await using var db = database.Open();

        await Assert.ThrowsAsync<SqliteException>(() => db.MailTemplates.ExecuteUpdateAsync(texts => texts.SetProperty(text => text.Subject, "Other")));
        await Assert.ThrowsAsync<SqliteException>(() => db.MailTemplates.ExecuteDeleteAsync());
    }

    [Theory]
    [InlineData("pt-BR", "de", "pt")]
    [InlineData("pt", "de", "pt")]
    [InlineData("fr", "de-AT", "de")]
    [InlineData(null, "de", "de")]
    [InlineData("fr", "fr", "en")]
    [InlineData("en-GB", "de", "en")]
    [InlineData(null, "en", "en")]
    public async Task A_mail_is_in_the_customer_s_language_else_the_store_s_else_English(string? account, string store, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.True((await SaveAsync(database, TestDatabase.Robot, "Recebeu", "<p>Olá</p>", seen: 0, language: "pt")).IsOk);
        Assert.True((await SaveAsync(database, TestDatabase.Robot, "Erhalten", "<p>Hallo</p>", seen: 0, language: "de")).IsOk);
        Assert.Equal(store, (await database.Get<StoreService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "main", new() { Language = store })).Value.Language);

        var subject = await SentSubjectAsync(database, account);

        Assert.Equal(expected switch { "pt" => "Recebeu", "de" => "Erhalten", _ => "You received 12.00 USD of store credit" }, subject);
        var file = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(database.Get<MailTransport>().Folder, "*.eml")));
        Assert.Contains($"Content-Language: {expected}\r\n", file.ReplaceLineEndings("\r\n"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_language_that_there_is_not_is_refused_at_its_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = (await database.AddAccountAsync()).PublicId.ToString();
        var accounts = database.Get<AccountService>();

        Assert.Equal("pt-BR", (await accounts.SetLanguageAsync(TestDatabase.Robot, OperationKey.ForForm(), account, " PT-br ")).Value.Language);
        Assert.Equal(("language-unknown", "language"), FieldOf((await accounts.SetLanguageAsync(TestDatabase.Robot, OperationKey.ForForm(), account, "klingon")).Refusal));
        Assert.Equal(("language-unknown", "language"), FieldOf((await database.Get<StoreService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "main", new() { Language = "klingon" })).Refusal));
        Assert.Null((await accounts.SetLanguageAsync(TestDatabase.Robot, OperationKey.ForForm(), account, "")).Value.Language);

        static (string?, string?) FieldOf(StoreCreditAdmin.Domain.Refusal? refusal) => (refusal?.Code, refusal?.Field);
    }

    [Fact]
    public async Task A_text_that_is_broken_in_the_database_stops_no_other_mail_and_no_list()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.Open())
        {
            db.MailTemplates.Add(new MailTemplate(MailKind.CreditRedeemed, "en", 1, "{{#if}}", "<p>{{</p>", TestDatabase.Robot.Actor, database.Clock.Now));
            await db.SaveChangesAsync();
        }

        await WriteAsync(database, MailKind.CreditRedeemed);
        await WriteAsync(database, Received);
        await database.Get<MailSender>().SendDueAsync(default);

        await using var after = database.Open();
        var mails = await after.Mails.OrderBy(mail => mail.Id).ToListAsync();
        Assert.Equal([MailState.Waiting, MailState.Sent], mails.Select(mail => mail.State));
        Assert.StartsWith("The text is broken: Line 1:", mails[0].LastError, StringComparison.Ordinal);
        var listed = await database.Get<MailQueries>().ListAsync(TestDatabase.Robot, new(), new());
        Assert.StartsWith("The text is broken:", listed.Items[1].Text, StringComparison.Ordinal);
        Assert.Equal(2, await database.Get<MailQueries>().ReadAllAsync(TestDatabase.Robot, new()).CountAsync());
    }

    [Fact]
    public async Task A_preview_has_the_data_of_the_newest_mail_of_the_account_or_of_nobody()
    {
        await using var database = await TestDatabase.CreateAsync();
        var previews = database.Get<MailPreviews>();
        Assert.Equal(((Guid?)null, "Ada Example"), Told(await previews.CustomerAsync(TestDatabase.Robot, Received)));

        var account = await database.AddAccountAsync("夏目 漱石");
        await database.IssueAsync(account, "7.50", expiresOn: new DateOnly(2027, 1, 31));
        var made = await previews.CustomerAsync(TestDatabase.Robot, MailKind.CreditExpiring);
        Assert.Equal((account.PublicId, "夏目 漱石"), Told(made));
        Assert.Equal(("7.50 USD", "7.50 USD", "2027-01-31", false), (made.Fields.Credit.Amount, made.Fields.Balance, made.Fields.ExpiresOn, made.IsOfMail));

        await WriteAsync(database, Received, account);
        var told = await previews.CustomerAsync(TestDatabase.Robot, Received, account.PublicId);
        Assert.Equal(("12.00 USD", true), (told.Fields.Credit.Amount, told.IsOfMail));
        Assert.Equal("12.00 USD", told.Fields.ValueOf("credit.amount"));

        static (Guid?, string) Told(MailPreviewCustomer customer) => (customer.AccountId, customer.Name);
    }

    [Fact]
    public async Task A_test_goes_to_the_person_s_own_address_and_to_nobody_s_too_often()
    {
        await using var database = await TestDatabase.CreateAsync();
        var manager = await database.SignInNewAsync("Max", Roles.Manager);
        var text = new MailText("Try {{credit.amount}}", "<p>Hello {{customer.name}}</p>", "de");
        for (var n = 0; n < MailTestService.PerMinute; n++)
        {
            Assert.Equal("max@shop.example", (await TestAsync(database, manager, text)).Value.Address);
        }

        Assert.Equal("too-many", (await TestAsync(database, manager, text)).Refusal?.Code);
        Assert.Equal("no-address", (await TestAsync(database, TestDatabase.Robot, text)).Refusal?.Code);
        Assert.Equal("body", (await TestAsync(database, manager, text with { Body = "{{x" })).Refusal?.Field);
        var files = Directory.GetFiles(database.Get<MailTransport>().Folder, "*.eml");
        Assert.Equal(MailTestService.PerMinute, files.Length);
        var file = await File.ReadAllTextAsync(files[0]);
        Assert.Contains("max@shop.example", file, StringComparison.Ordinal);
        Assert.Contains("[Test] Try 25.00 USD", file, StringComparison.Ordinal);
        Assert.Equal(MailTestService.PerMinute, (await database.ReadAuditAsync()).Count(line => line is { Action: "mail-text.test", RefusalCode: null, ActorName: "Max" }));
    }

    [Fact]
    public async Task A_test_that_the_mail_server_does_not_take_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        var manager = await database.SignInNewAsync("Max", Roles.Manager);
        var options = Options.Create(new MailOptions { Transport = MailTransportKind.Smtp, Host = "127.0.0.1", Port = 1, StartTls = false, TimeoutSeconds = 5 });
        using var tests = new MailTestService(
            database.Get<CommitGate>(),
            database.Get<IDbContextFactory<StoreCreditDbContext>>(),
            new MailRenderer(),
            database.Get<MailPreviews>(),
            new MailTransport(options, Path.GetDirectoryName(database.Path)!));

        var refusal = (await tests.SendAsync(manager, OperationKey.ForForm(), Received, DefaultMails.Of(Received), null)).Refusal;

        Assert.Equal("mail-refused", refusal?.Code);
        Assert.StartsWith("It could not be sent (127.0.0.1:1):", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_neither_read_nor_write_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var agent = await database.SignInNewAsync("Agent", Roles.Agent);
        var texts = database.Get<MailTextService>();

        await Assert.ThrowsAsync<AccessDeniedException>(() => texts.ListAsync(agent));
        await Assert.ThrowsAsync<AccessDeniedException>(() => texts.GetAsync(agent, Received, "en"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => texts.HistoryAsync(agent, Received, "en", 1));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<MailPreviews>().CustomerAsync(agent, Received));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<MailPreviews>().PreviewAsync(agent, Received, DefaultMails.Of(Received), MailFields.Most));
        Assert.Equal("forbidden", (await SaveAsync(database, agent, "S", "<p>x</p>", seen: 0)).Refusal?.Code);
        Assert.Equal("forbidden", (await RestoreAsync(database, agent, 0, seen: 0)).Refusal?.Code);
        Assert.Equal("forbidden", (await TestAsync(database, agent, DefaultMails.Of(Received))).Refusal?.Code);
    }

    private static Task<StoreCreditAdmin.Domain.Result<SavedMailText>> SaveAsync(TestDatabase database, Caller caller, string subject, string body, int seen, string language = "en") =>
        database.Get<MailTextService>().SaveAsync(caller, OperationKey.ForForm(), new SaveMailTextRequest { Kind = Received, Language = language, Subject = subject, Body = body, Version = seen });

    private static Task<StoreCreditAdmin.Domain.Result<SavedMailText>> RestoreAsync(TestDatabase database, Caller caller, int number, int seen) =>
        database.Get<MailTextService>().RestoreAsync(caller, OperationKey.ForForm(), Received, "en", number, seen);

    private static Task<StoreCreditAdmin.Domain.Result<TestMailSent>> TestAsync(TestDatabase database, Caller caller, MailText text) =>
        database.Get<MailTestService>().SendAsync(caller, OperationKey.ForForm(), Received, text, null);

    /// <summary>Issues credit to a new customer, who is to be told, and says with which subject they were.</summary>
    private static async Task<string?> SentSubjectAsync(TestDatabase database, string? language = null)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        var account = (await database.Get<AccountService>().CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), new() { Name = "Ada", Kind = "person", Email = email })).Value.Id.ToString();
        Assert.True((await database.Get<AccountService>().SetLanguageAsync(TestDatabase.Robot, OperationKey.ForForm(), account, language)).IsOk);
        var issued = await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account, new() { Amount = MoneyInput.Of("12.00", "USD"), Type = "goodwill", Notify = true });
        Assert.True(issued.IsOk, issued.Refusal?.Message);
        await database.Get<MailSender>().SendDueAsync(default);
        await using var db = database.Open();
        return (await db.Mails.SingleAsync(mail => mail.Address == email)).Subject;
    }

    private static async Task WriteAsync(TestDatabase database, MailKind kind, Account? to = null)
    {
        var account = to ?? await database.AddAccountAsync();
        var fields = new MailFields { Customer = new(account.Name), Store = new("Main"), Credit = new("12.00 USD", "Goodwill"), Balance = "12.00 USD" };
        await using var db = database.Open();
        db.Attach(account);
        db.Mails.Add(new Mail(Guid.NewGuid(), kind, Guid.NewGuid().ToString(), account, "ada@example.com", account.Name, fields.ToJson(), database.Clock.Now));
        await db.SaveChangesAsync();
    }
}
