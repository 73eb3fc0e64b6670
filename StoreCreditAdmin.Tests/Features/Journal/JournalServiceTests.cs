using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Journal;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.Features.Journal.JournalDeskOfTests;

namespace StoreCreditAdmin.Tests.Features.Journal;

public sealed class JournalServiceTests
{
    private static readonly (JournalLayout Layout, JournalFormat Format)[] Forms =
        [(JournalLayout.Day, JournalFormat.Csv), (JournalLayout.Day, JournalFormat.Hledger), (JournalLayout.Entry, JournalFormat.Csv), (JournalLayout.Entry, JournalFormat.Hledger)];

    [Fact]
    public async Task H10_A_card_that_is_sold_used_and_forgotten_ends_at_zero()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillSeptemberAsync(database);
        database.At("2026-10-02");

        var preview = (await database.Get<JournalService>().PreviewAsync(TestDatabase.Robot, Range("2026-09-01", "2026-09-30"))).Value;

        Assert.Equal(
            [
                "Assets:Credit sales clearing 60.00 0.00 60.00",
                "Income:Breakage 0.00 20.00 -20.00",
                "Income:Sales paid with credit 0.00 40.00 -40.00",
                "Liabilities:Store credit:Paid for 60.00 60.00 0.00",
            ],
            preview.Accounts.Select(line => $"{line.Account} {line.Debit} {line.Credit} {line.Net}"));
        Assert.Equal((3, 0, null), (preview.Entries, preview.UnbookedExpiries, preview.NotExportable));
        Assert.Equal(3, await JournalAgainstHledger.CheckAsync(database));
    }

    [Fact]
    public async Task An_exported_range_gives_the_same_files_for_ever()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await FillSeptemberAsync(database);
        await database.IssueAsync(account, "9", expiresOn: Day("2026-10-05"));
        database.At("2026-10-02");
        var export = (await database.ExportAsync("2026-09-01", "2026-09-30")).Value;
        var before = await FilesAsync(database, export.Id);

        // What runs out in a locked range and is booked afterwards, another name, other accounts, later entries: none of it is in the file.
        var mapping = await database.Get<AccountMappingService>().GetAsync(TestDatabase.Robot);
        var changed = await database.Get<AccountMappingService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), new ChangeAccountMappingRequest
        {
            PaidFor = mapping.Mapping.PaidFor with { Used = "4000 Sales" },
            Promotional = mapping.Mapping.Promotional,
            ByType = mapping.Mapping.ByType,
        });
        await database.Get<CreditTypeService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "gift-card", new ChangeCreditTypeRequest { Name = "Voucher" });
        database.At("2026-10-20");
        Assert.True((await database.ExportAsync("2026-10-01", "2026-10-10")).IsOk);
        await database.ExpireAsync();

        Assert.Equal(2, changed.Value.Number);
        Assert.Equal(before, await FilesAsync(database, export.Id));
        Assert.Equal(Forms.Length, export.Files.Count);
        Assert.All(Forms.Zip(before), one => Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(one.Second)), export.Files.Single(file => (file.Layout, file.Format) == one.First).Sha256));
        Assert.Equal((EntryKind.Expire, Day("2026-10-11")), ((await database.ReadEntriesAsync(account))[^1].Kind, (await database.ReadEntriesAsync(account))[^1].EffectiveOn));
        Assert.Equal([2, 1], (await database.Get<JournalService>().ListAsync(TestDatabase.Robot, null, new PageRequest())).Items.Select(one => one.MappingNumber));
    }

    [Fact]
    public async Task An_export_locks_the_books_and_is_audited_once_however_often_it_is_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await FillSeptemberAsync(database);
        database.At("2026-10-02");
        var accountant = await database.SignInNewAsync("Ana", Roles.Accountant);
        var key = OperationKey.ForForm();

        var first = await database.ExportAsync("2026-09-01", "2026-09-30", accountant, key);
        var doubleClick = await database.ExportAsync("2026-09-01", "2026-09-30", accountant, key);
        var again = await database.ExportAsync("2026-09-01", "2026-09-30", accountant);

        Assert.Equal((Day("2026-09-30"), "Ana"), ((await database.Get<BooksService>().ListAsync(accountant))[0].LockedThrough, first.Value.By));
        Assert.Equal((true, first.Value.Id), (doubleClick.Replayed, doubleClick.Value.Id));
        Assert.Equal("already-exported", again.Refusal?.Code);
        Assert.Equal(2, (await database.ReadAuditAsync()).Count(entry => entry.Action == "journal.export" && entry.RefusalCode is null));
        Assert.Equal(Convert.ToHexStringLower((await database.ReadEntriesAsync(account))[^1].Hash), first.Value.HeadHash);
    }

    [Theory]
    [InlineData("2026-09-10", "2026-09-05", null, "range-invalid", "to")]
    [InlineData("2026-09-01", "2026-10-03", null, "range-invalid", "to")]
    [InlineData("1976-10-01", "2026-09-30", null, "range-too-long", "from")]
    [InlineData(null, "2026-09-30", null, "invalid-request", "from")]
    [InlineData("2026-09-01", null, null, "invalid-request", "to")]
    [InlineData("2026-09-01", "2026-09-30", "XXX", "currency-unknown", "currency")]
    [InlineData("2026-09-01", "2026-09-30", "USD", "journal-all-currencies", "currency")]
    [InlineData("2026-09-01", "2026-10-02", null, "day-not-over", "to")]
    [InlineData("2026-08-01", "2026-08-31", null, "nothing-to-export", "to")]
    [InlineData("2026-09-04", "2026-09-30", null, "range-gap", "from")]
    public async Task A_first_range_that_makes_no_sense_is_refused_and_locks_nothing(string? from, string? to, string? currency, string code, string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillSeptemberAsync(database);
        database.At("2026-10-02");

        var refused = await database.Get<JournalService>().ExportAsync(TestDatabase.Robot, OperationKey.ForForm(), new JournalRequest { Store = "main", From = Day(from), To = Day(to), Currency = currency });

        Assert.Equal((code, field), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.Null((await database.Get<BooksService>().ListAsync(TestDatabase.Robot))[0].LockedThrough);
    }

    [Theory]
    [InlineData("2026-09-11", "2026-09-20", null)]
    [InlineData("2026-09-12", "2026-09-20", "range-gap")]
    [InlineData("2026-09-05", "2026-09-20", "range-overlaps")]
    [InlineData("2026-09-01", "2026-09-30", "range-overlaps")]
    [InlineData("2026-09-01", "2026-09-10", "already-exported")]
    public async Task Ranges_follow_on_without_a_gap_or_an_overlap(string from, string to, string? code)
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillSeptemberAsync(database);
        database.At("2026-10-02");
        Assert.True((await database.ExportAsync("2026-09-01", "2026-09-10")).IsOk);

        Assert.Equal(code, (await database.ExportAsync(from, to)).Refusal?.Code);
    }

    [Fact]
    public async Task An_exported_file_that_is_no_longer_the_same_breaks_off()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillSeptemberAsync(database);
        database.At("2026-10-02");
        var export = (await database.ExportAsync("2026-09-01", "2026-09-30")).Value;

        await DatabaseFile.TamperAsync(database.Path, "UPDATE LedgerEntries SET OrderNumber = '1002' WHERE OrderNumber = '1001'");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => database.FileOfAsync(export.Id, JournalLayout.Entry, JournalFormat.Csv));
        Assert.Contains("is not the one that was exported", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await database.FileOfAsync(export.Id, JournalLayout.Day, JournalFormat.Csv));
    }

    [Theory]
    [InlineData("paidFor.used")]
    [InlineData("gift-card.liability")]
    [InlineData("gift-card.expired")]
    public async Task An_account_that_would_stand_on_both_sides_is_refused_at_its_field(string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        var accounts = database.Get<AccountMappingService>();
        var now = (await accounts.GetAsync(TestDatabase.Robot)).Mapping;
        var owed = now.PaidFor.Liability!;

        var refused = await accounts.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), new ChangeAccountMappingRequest
        {
            PaidFor = field == "paidFor.used" ? now.PaidFor with { Used = owed } : now.PaidFor,
            Promotional = now.Promotional,
            ByType = field switch
            {
                "gift-card.liability" => new Dictionary<string, GlAccounts> { ["gift-card"] = new() { Liability = now.PaidFor.Used } },
                "gift-card.expired" => new Dictionary<string, GlAccounts> { ["gift-card"] = new() { Expired = owed } },
                _ => now.ByType,
            },
        });

        Assert.Equal(("invalid-request", field), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.Equal(1, (await accounts.GetAsync(TestDatabase.Robot)).Number);
    }

    [Fact]
    public async Task The_second_of_two_who_change_the_accounts_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        var accounts = database.Get<AccountMappingService>();
        var seen = await accounts.GetAsync(TestDatabase.Robot);
        Task<StoreCreditAdmin.Domain.Result<AccountMappingView>> ChangeAsync(string sales) => accounts.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), new ChangeAccountMappingRequest
        {
            PaidFor = seen.Mapping.PaidFor with { Used = sales },
            Promotional = seen.Mapping.Promotional,
            ByType = seen.Mapping.ByType,
            Version = seen.Number,
        });

        Assert.True((await ChangeAsync("4000 Sales")).IsOk);
        var second = await ChangeAsync("4100 Sales");

        Assert.Equal("changed-meanwhile", second.Refusal?.Code);
        Assert.Equal("4000 Sales", (await accounts.GetAsync(TestDatabase.Robot)).Mapping.PaidFor.Used);
    }

    [Fact]
    public async Task Of_two_who_export_at_the_same_time_one_does()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillSeptemberAsync(database);
        database.At("2026-10-02");

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => database.ExportAsync("2026-09-01", "2026-09-30"))));

        Assert.Single(both, one => one.IsOk);
        Assert.All(both.Where(one => !one.IsOk), one => Assert.Equal("already-exported", one.Refusal?.Code));
        Assert.Single((await database.Get<JournalService>().ListAsync(TestDatabase.Robot, "main", new PageRequest())).Items);
    }

    [Fact]
    public async Task What_comes_in_while_the_files_are_made_is_in_the_export()
    {
        var meanwhile = new Meanwhile("\"AccountMappings\"");
        await using var database = await TestDatabase.CreateAsync(meanwhile);
        var account = await FillSeptemberAsync(database);
        await database.IssueAsync(account, "5", effectiveOn: Day("2026-09-25"), expiresOn: Day("2026-09-28"));
        database.At("2026-10-02");
        meanwhile.Act = () => database.ExpireAsync();

        var export = (await database.ExportAsync("2026-09-01", "2026-09-30")).Value;

        Assert.Null(meanwhile.Act);
        Assert.Equal(5, export.Entries);
        Assert.Contains("2026-09-28", System.Text.Encoding.UTF8.GetString(await database.FileOfAsync(export.Id, JournalLayout.Entry, JournalFormat.Csv)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_offers_the_next_month_and_says_what_is_not_booked_yet()
    {
        await using var database = await TestDatabase.CreateAsync();
        var journal = database.Get<JournalService>();
        Assert.Null((await journal.DeskAsync(TestDatabase.Robot, "main")).Value.NextFrom);
        var account = await FillSeptemberAsync(database);
        await database.IssueAsync(account, "5", expiresOn: Day("2026-09-30"));
        database.At("2026-10-02");

        var first = (await journal.DeskAsync(TestDatabase.Robot, "main")).Value;
        var preview = (await journal.PreviewAsync(TestDatabase.Robot, Range("2026-09-03", "2026-09-30"))).Value;
        await database.ExportAsync("2026-09-03", "2026-09-30");
        var next = (await journal.DeskAsync(TestDatabase.Robot, "main")).Value;
        var exported = (await journal.PreviewAsync(TestDatabase.Robot, Range("2026-09-03", "2026-09-30"))).Value;

        Assert.Equal((Day("2026-09-03"), Day("2026-09-30")), (first.NextFrom, first.NextTo));
        Assert.Equal((1, null), (preview.UnbookedExpiries, preview.ExportedAs));
        Assert.Equal((Day("2026-10-01"), Day("2026-10-01"), Day("2026-09-30")), (next.NextFrom, next.NextTo, next.ExportedThrough));
        Assert.NotNull(exported.ExportedAs);
    }

    [Fact]
    public async Task Who_may_not_gets_no_journal_and_exports_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillSeptemberAsync(database);
        database.At("2026-10-02");
        var agent = await database.SignInNewAsync("Eve", Roles.Agent);
        var accountant = await database.SignInNewAsync("Ana", Roles.Accountant);
        var journal = database.Get<JournalService>();

        await Assert.ThrowsAsync<AccessDeniedException>(() => journal.PreviewAsync(agent, Range("2026-09-01", "2026-09-30")));
        await Assert.ThrowsAsync<AccessDeniedException>(() => journal.DraftAsync(agent, Range("2026-09-01", "2026-09-30"), JournalLayout.Day, JournalFormat.Csv));
        var export = (await database.ExportAsync("2026-09-01", "2026-09-10", accountant)).Value;
        await Assert.ThrowsAsync<AccessDeniedException>(() => journal.OpenAsync(agent, export.Id, JournalLayout.Day, JournalFormat.Csv));
        await Assert.ThrowsAsync<AccessDeniedException>(() => journal.DeskAsync(agent, "main"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => journal.ListAsync(agent, "main", new PageRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<AccountMappingService>().GetAsync(agent));
        Assert.Equal("forbidden", (await database.ExportAsync("2026-09-11", "2026-09-30", agent)).Refusal?.Code);
        Assert.Equal("forbidden", (await database.Get<AccountMappingService>().ChangeAsync(accountant, OperationKey.ForForm(), new ChangeAccountMappingRequest())).Refusal?.Code);
    }

    /// <summary>A card of 60 sold on the 3rd, 40 of it used on the 10th, the rest gone on the 20th.</summary>
    private static async Task<Account> FillSeptemberAsync(TestDatabase database)
    {
        database.At("2026-09-03");
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "60", type: "gift-card", expiresOn: Day("2026-09-20"));
        database.At("2026-09-10");
        var shop = new Shop(database, account);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1001", "40")).Value.Code);
        database.At("2026-09-25");
        await database.ExpireAsync();
        return account;
    }

    private static async Task<byte[][]> FilesAsync(TestDatabase database, Guid export)
    {
        var files = new List<byte[]>();
        foreach (var (layout, format) in Forms)
        {
            files.Add(await database.FileOfAsync(export, layout, format));
        }

        return [.. files];
    }
}
