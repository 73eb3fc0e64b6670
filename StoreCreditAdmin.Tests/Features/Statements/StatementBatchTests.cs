using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Statements;

public sealed partial class StatementBatchTests
{
    [Theory]
    [InlineData(StatementBatchAccounts.All, null, "Ada, Bea, Coe")]
    [InlineData(StatementBatchAccounts.WithMovement, null, "Ada, Coe")]
    [InlineData(StatementBatchAccounts.WithBalance, null, "Ada, Bea")]
    [InlineData(StatementBatchAccounts.All, "bea", "Bea")]
    [InlineData(StatementBatchAccounts.WithMovement, "bea", "")]
    [InlineData(StatementBatchAccounts.All, "nobody at all", "")]
    public async Task The_accounts_that_are_asked_for_get_a_statement_each_in_one_zip(StatementBatchAccounts accounts, string? query, string names)
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);

        var batch = await MakeAsync(database, new StatementBatchRequest { Statement = November, Accounts = accounts, Query = query });

        Assert.Equal(("finished", names == "" ? 0 : names.Split(", ").Length), (batch.State, batch.Made));
        Assert.Equal(batch.Total, batch.Done);
        var file = await database.Get<StatementBatchService>().FindFileAsync(TestDatabase.Robot, batch.Id);
        Assert.Equal(names == "", file is null);
        if (file is not null)
        {
            Assert.Equal(file.Length, batch.FileBytes);
            Assert.Equal(names, string.Join(", ", await NamesInAsync(file)));
        }
    }

    [Fact]
    public async Task One_pdf_has_them_all_each_with_pages_of_its_own()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);

        var batch = await MakeAsync(database, new StatementBatchRequest { Statement = November, Form = StatementBatchForm.Pdf, Paper = StatementPaper.Letter });

        var file = (await database.Get<StatementBatchService>().FindFileAsync(TestDatabase.Robot, batch.Id))!;
        using var pdf = new PdfFile(await File.ReadAllBytesAsync(file.FullName));
        await pdf.AssertSoundAsync();
        var pages = await pdf.PagesAsync();
        Assert.Equal((2, 2), (batch.Made, pages.Length));
        Assert.All(pages, page => Assert.Contains("Page 1 of 1", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_one_pdf_should_have_is_a_failed_state_that_says_what_else_can_be_done()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddCustomersWithCreditAsync(StatementBatchRun.MostInOnePdf + 1);

        var batch = await MakeAsync(database, new StatementBatchRequest { Statement = November, Form = StatementBatchForm.Pdf });

        Assert.Equal(("failed", "More than 2,000 statements do not go into one PDF file. Choose a ZIP file, or fewer accounts."), (batch.State, batch.FailReason));
        Assert.Null(await database.Get<StatementBatchService>().FindFileAsync(TestDatabase.Robot, batch.Id));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_a_failed_state_with_its_reason_and_the_batch_goes_on_once_there_is_room()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        var folder = database.Get<StatementFolder>().Path;
        await File.WriteAllTextAsync(folder, "A file where the folder would be");

        var failed = await MakeAsync(database, new StatementBatchRequest { Statement = November });
        Assert.Equal("failed", failed.State);
        Assert.StartsWith("The file could not be written:", failed.FailReason, StringComparison.Ordinal);
        Assert.Null(await database.Get<StatementBatchService>().FindFileAsync(TestDatabase.Robot, failed.Id));

        File.Delete(folder);
        var after = await GoOnAsync(database, failed.Id);
        Assert.Equal(("finished", 2, null), (after.State, after.Made, after.FailReason));
    }

    [Theory]
    [InlineData(StatementBatchForm.Zip, "zip")]
    [InlineData(StatementBatchForm.Pdf, "pdf")]
    public async Task A_disk_without_room_leaves_no_half_file_and_the_batch_goes_on_once_there_is_some(StatementBatchForm form, string ending)
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        var id = await AddAsync(database, form, batch => batch.Wait(database.Clock.Now));
        var folder = Directory.CreateDirectory(database.Get<StatementFolder>().Path);

        // The device on which there is never room.
        File.CreateSymbolicLink(Path.Combine(folder.FullName, $"{id:N}.{ending}.part"), "/dev/full");
        var failed = await GoOnAsync(database, id);

        Assert.Equal(("failed", null), (failed.State, failed.FileUntil));
        Assert.Contains("No space left on device", failed.FailReason, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFiles());
        var after = await GoOnAsync(database, id);
        Assert.Equal(("finished", 3), (after.State, after.Made));
        Assert.NotNull(await database.Get<StatementBatchService>().FindFileAsync(TestDatabase.Robot, id));
    }

    [Fact]
    public async Task A_batch_that_was_stopped_goes_on_where_it_stopped_and_has_each_account_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        for (var index = 0; index < 120; index++)
        {
            await database.IssueAsync(await database.AddAccountAsync($"Customer {index}"), "1");
        }

        var batches = database.Get<StatementBatchService>();
        var begun = (await batches.BeginAsync(TestDatabase.Robot, OperationKey.ForForm(), new StatementBatchRequest { Statement = November })).Value;
        var cancelled = (await batches.CancelAsync(TestDatabase.Robot, OperationKey.ForForm(), begun.Id)).Value;
        await database.Get<StatementBatchJobs>().WhenIdleAsync();
        var stopped = (await batches.FindAsync(TestDatabase.Robot, begun.Id))!;
        Assert.Equal("cancelled", cancelled.State);
        Assert.Equal(("cancelled", true, null), (stopped.State, stopped.Done < 120, stopped.FileUntil));

        var after = await GoOnAsync(database, begun.Id);

        Assert.Equal(("finished", 120, 120), (after.State, after.Done, after.Made));
        var names = await NamesInAsync((await batches.FindFileAsync(TestDatabase.Robot, begun.Id))!);
        Assert.Equal(120, names.Distinct().Count());
    }

    [Fact]
    public async Task What_a_killed_program_left_is_taken_up_by_the_job_also_where_its_parts_are_gone()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        await AddAsync(database, StatementBatchForm.Zip, killed =>
        {
            killed.Count(3, database.Clock.Now);
            killed.Advance(2, 2, 2, database.Clock.Now);
        });

        await database.Get<DueJobs>().RunAsync();
        Assert.Equal(("running", 1), ((await OnlyAsync(database)).State, (await OnlyAsync(database)).Attempt));
        database.Clock.Now = database.Clock.Now.AddMinutes(2);
        Assert.Equal("interrupted", (await OnlyAsync(database)).State);
        await database.Get<DueJobs>().RunAsync();
        await database.Get<StatementBatchJobs>().WhenIdleAsync();

        var batch = await OnlyAsync(database);
        Assert.Equal(("finished", 3, 3, 2), (batch.State, batch.Done, batch.Made, batch.Attempt));
        Assert.Equal(3, (await NamesInAsync((await database.Get<StatementBatchService>().FindFileAsync(TestDatabase.Robot, batch.Id))!)).Count);
    }

    [Fact]
    public async Task The_job_takes_nothing_up_that_a_person_stopped_meanwhile()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        var id = await AddAsync(database, StatementBatchForm.Zip, _ => { });
        await using var db = database.Open();
        var seen = await db.StatementBatches.AsNoTracking().SingleAsync();
        var batches = database.Get<StatementBatchService>();
        await batches.CancelAsync(TestDatabase.Robot, OperationKey.ForForm(), id);

        await batches.TakeUpAsync(TestDatabase.Robot, seen);

        Assert.Equal(("cancelled", 1), ((await OnlyAsync(database)).State, (await OnlyAsync(database)).Attempt));
    }

    [Fact]
    public async Task Files_that_are_lost_while_others_are_made_leave_no_zip_without_them()
    {
        var meanwhile = new Meanwhile("\"AccountBalances\"");
        await using var database = await TestDatabase.CreateAsync(meanwhile);
        await FillAsync(database);
        Task Lose()
        {
            var parts = new DirectoryInfo(database.Get<StatementFolder>().Path) is { Exists: true } folder ? folder.GetFiles("*.pdf", SearchOption.AllDirectories) : [];
            parts.FirstOrDefault()?.Delete();
            meanwhile.Act = parts.Length > 0 ? null : Lose;
            return Task.CompletedTask;
        }

        meanwhile.Act = Lose;
        var failed = await MakeAsync(database, new StatementBatchRequest { Statement = November });
        Assert.Null(meanwhile.Act);
        Assert.Equal(("failed", "Files that were made are no longer there. Go on, and all are made again."), (failed.State, failed.FailReason));

        var after = await GoOnAsync(database, failed.Id);
        Assert.Equal(("finished", 2), (after.State, after.Made));
        Assert.Equal(2, (await NamesInAsync((await database.Get<StatementBatchService>().FindFileAsync(TestDatabase.Robot, failed.Id))!)).Count);
    }

    [Fact]
    public async Task What_somebody_goes_on_with_elsewhere_is_left_to_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        var id = await AddAsync(database, StatementBatchForm.Zip, batch => batch.GoOn(fromStart: false, database.Clock.Now));

        await database.Get<StatementBatchRun>().RunAsync(id, attempt: 1, CancellationToken.None);

        var left = await OnlyAsync(database);
        Assert.Equal(("running", 2, 0, 0), (left.State, left.Attempt, left.Done, left.Made));
    }

    [Fact]
    public async Task A_file_is_kept_for_a_day_and_then_removed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        var batch = await MakeAsync(database, new StatementBatchRequest { Statement = November });
        var batches = database.Get<StatementBatchService>();

        database.Clock.Now = database.Clock.Now.AddHours(23);
        await database.Get<DueJobs>().RunAsync();
        var file = (await batches.FindFileAsync(TestDatabase.Robot, batch.Id))!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, file.Directory!.UnixFileMode);
        database.Clock.Now = database.Clock.Now.AddHours(1);
        Assert.Null(await batches.FindFileAsync(TestDatabase.Robot, batch.Id));
        await database.Get<DueJobs>().RunAsync();

        Assert.False(File.Exists(file.FullName));
        Assert.Equal(("finished", null), ((await OnlyAsync(database)).State, (await OnlyAsync(database)).FileUntil));
    }

    [Theory]
    [InlineData("nowhere", "USD", "2026-11-01", "2026-11-30", "store-unknown")]
    [InlineData("main", "GOLD", "2026-11-01", "2026-11-30", "currency-unknown")]
    [InlineData("main", "USD", "2026-11-30", "2026-11-01", "invalid-request")]
    [InlineData("main", "USD", "2999-11-01", "2999-11-30", "invalid-request")]
    public async Task Bad_input_begins_nothing(string store, string currency, string from, string to, string code)
    {
        await using var database = await TestDatabase.CreateAsync();

        var begun = await database.Get<StatementBatchService>().BeginAsync(TestDatabase.Robot, OperationKey.ForForm(), new StatementBatchRequest
        {
            Statement = new StatementRequest { Store = store, Currency = currency, From = DateOnly.Parse(from), To = DateOnly.Parse(to) },
        });

        Assert.Equal(code, begun.Refusal?.Code);
        Assert.Equal(0, (await database.Get<StatementBatchService>().ListAsync(TestDatabase.Robot, new PageRequest())).TotalCount);
    }

    [Fact]
    public async Task Agents_neither_make_nor_see_them_and_a_double_click_begins_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        var batches = database.Get<StatementBatchService>();
        var reader = Caller.ApiKey(Guid.NewGuid(), "till", [Scopes.Checkout]);
        var key = OperationKey.ForForm();

        Assert.Equal("forbidden", (await batches.BeginAsync(reader, OperationKey.ForForm(), new StatementBatchRequest())).Refusal?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => batches.ListAsync(reader, new PageRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => batches.FindFileAsync(reader, Guid.NewGuid()));
        var first = (await batches.BeginAsync(TestDatabase.Robot, key, new StatementBatchRequest { Statement = November })).Value;
        var second = (await batches.BeginAsync(TestDatabase.Robot, key, new StatementBatchRequest { Statement = November })).Value;
        await database.Get<StatementBatchJobs>().WhenIdleAsync();
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(1, (await batches.ListAsync(TestDatabase.Robot, new PageRequest())).TotalCount);
    }

    [Theory]
    [InlineData("C-17850", "C-17850-USD-2026-11-01-2026-11-30")]
    [InlineData("../../etc/x y", ".._.._etc_x_y-USD-2026-11-01-2026-11-30")]
    [InlineData("山田\0:*?", "______-USD-2026-11-01-2026-11-30")]
    public void A_file_in_the_zip_is_named_by_what_every_file_system_takes(string externalId, string name) =>
        Assert.Equal(name, StatementBatchRun.NameOf(StatementOfTests.Head() with { ExternalId = externalId }));

    private static StatementRequest November { get; } = new() { Currency = "USD", From = new DateOnly(2026, 11, 1), To = new DateOnly(2026, 11, 30) };

    /// <summary>One that was begun by a program that is gone.</summary>
    private static async Task<Guid> AddAsync(TestDatabase database, StatementBatchForm form, Action<StatementBatch> change)
    {
        var terms = new StatementBatchTerms
        {
            From = November.From!.Value,
            To = November.To!.Value,
            CurrencyCode = "USD",
            Accounts = StatementBatchAccounts.All,
            Query = null,
            ForCustomer = false,
            Form = form,
            Paper = "A4",
            Culture = "en-US",
        };
        var batch = new StatementBatch(Guid.NewGuid(), 1, terms, TestDatabase.Robot.Actor, database.Clock.Now);
        change(batch);
        await using var db = database.Open();
        db.StatementBatches.Add(batch);
        await db.SaveChangesAsync();
        return batch.PublicId;
    }

    private static async Task<StatementBatchView> MakeAsync(TestDatabase database, StatementBatchRequest request)
    {
        var begun = (await database.Get<StatementBatchService>().BeginAsync(TestDatabase.Robot, OperationKey.ForForm(), request)).Value;
        await database.Get<StatementBatchJobs>().WhenIdleAsync();
        return (await database.Get<StatementBatchService>().FindAsync(TestDatabase.Robot, begun.Id))!;
    }

    private static async Task<StatementBatchView> GoOnAsync(TestDatabase database, Guid id)
    {
        Assert.True((await database.Get<StatementBatchService>().GoOnAsync(TestDatabase.Robot, OperationKey.ForForm(), id)).IsOk);
        await database.Get<StatementBatchJobs>().WhenIdleAsync();
        return (await database.Get<StatementBatchService>().FindAsync(TestDatabase.Robot, id))!;
    }

    private static async Task<StatementBatchView> OnlyAsync(TestDatabase database) =>
        Assert.Single((await database.Get<StatementBatchService>().ListAsync(TestDatabase.Robot, new PageRequest())).Items);

    /// <summary>The names on the statements of a ZIP file, in the order of its entries.</summary>
    private static async Task<List<string>> NamesInAsync(FileInfo file)
    {
        var names = new List<string>();
        await using var zip = await ZipFile.OpenReadAsync(file.FullName);
        foreach (var entry in zip.Entries)
        {
            await using var content = await entry.OpenAsync();
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            using var pdf = new PdfFile(copy.ToArray());
            names.Add(AccountName().Match((await pdf.PagesAsync())[0]).Groups[1].Value);
        }

        return names;
    }

    /// <summary>Ada got something in November, Bea before it, Coe got and lost it, Dee never had anything, Eve has euros.</summary>
    private static async Task FillAsync(TestDatabase database)
    {
        database.Clock.Now = database.Clock.Now.AddDays(-30);
        var (ada, bea, coe) = (await database.AddAccountAsync("Ada"), await database.AddAccountAsync("Bea"), await database.AddAccountAsync("Coe"));
        await database.AddAccountAsync("Dee");
        await database.IssueAsync(bea, "20");
        database.Clock.Now = database.Clock.Now.AddDays(30);
        await database.IssueAsync(ada, "10");
        await database.IssueAsync(coe, "10");
        var shop = new Shop(database, coe);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1001", "10")).Value.Code);
        await database.IssueAsync(await database.AddAccountAsync("Eve"), "10", "EUR");
    }

    [GeneratedRegex(@"^Account +(\S.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex AccountName();
}
