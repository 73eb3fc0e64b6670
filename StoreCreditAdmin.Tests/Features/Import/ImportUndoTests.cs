using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Import;

public sealed class ImportUndoTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Undoing_removes_what_the_import_made_and_the_same_file_can_come_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ImportAsync(await files.SourceAsync("external_id,name,email\nc1,Already There,c1@example.com\n"));
        var source = await files.SourceAsync(ImportFiles.Customers(1_100));
        var run = await database.ImportAsync(source);

        var undone = (await UndoAsync(database, run.Id)).Value;

        Assert.Equal(("undone", 1_099, 0, "test"), (undone.State, undone.Removed, undone.Kept, undone.UndoneBy));
        Assert.Equal(["Already There"], await NamesAsync(database));
        Assert.Empty((await database.Get<AccountSearch>().SearchAsync(TestDatabase.Robot, "Customer 7", new PageRequest())).Items);

        var again = await database.ImportAsync(source);
        Assert.NotEqual(run.Id, again.Id);
        Assert.Equal(1_099, again.Added);
    }

    [Fact]
    public async Task Accounts_with_entries_or_changes_stay_and_are_counted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await database.ImportAsync(await files.SourceAsync(ImportFiles.Customers(6)));
        var accounts = database.Get<AccountService>();
        Task<Result<CreditView>> Issue(string account, string amount) => database.Get<CreditService>().IssueAsync(
            TestDatabase.Robot, OperationKey.ForForm(), account, new IssueCreditRequest { Amount = MoneyInput.Of(amount, "USD"), Type = "store-credit" });
        await Issue("ext:c1", "5");
        await accounts.RenameAsync(TestDatabase.Robot, OperationKey.ForForm(), "ext:c2", new RenameAccountRequest { Name = "Renamed" });
        await accounts.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), "ext:c3", new HoldRequest { Reason = "fraud" });
        await accounts.ReissueCardAsync(TestDatabase.Robot, OperationKey.ForForm(), "ext:c4");
        await Issue("ext:c5", "-5");

        var undone = (await UndoAsync(database, run.Id)).Value;

        Assert.Equal((2, 4), (undone.Removed, undone.Kept));
        Assert.Equal(["Customer 1", "Renamed", "Customer 3", "Customer 4"], await NamesAsync(database));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task The_audit_keeps_what_each_removed_account_was()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await database.ImportAsync(await files.SourceAsync(ImportFiles.Customers(1)));

        await UndoAsync(database, run.Id);

        await using var db = database.Open();
        var removal = await db.AuditEntries.SingleAsync(entry => entry.Action == "account.remove");
        Assert.Equal(("Customer 1", """{"name":"Customer 1","externalId":"c1","email":"c1@example.com","phone":null}"""), (removal.Subject, removal.OldValues));
        Assert.True(await db.AuditEntries.AnyAsync(entry => entry.Action == "account.create" && entry.SubjectId == removal.SubjectId));
    }

    [Fact]
    public async Task An_import_under_way_is_not_undone_and_one_that_was_cut_short_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync(ImportFiles.Customers(700));
        var run = await database.BeginImportAsync(source);
        await Assert.ThrowsAsync<OperationCanceledException>(() => database.Get<CustomerImport>().RunAsync(TestDatabase.Robot, run, source, new Interruption()));

        var refused = await UndoAsync(database, run.Id);
        database.Clock.Now += TimeSpan.FromMinutes(2);
        var undone = await UndoAsync(database, run.Id);

        Assert.Equal("The import is under way. Stop it first.", refused.Refusal?.Message);
        Assert.Equal(("undone", 500), (undone.Value.State, undone.Value.Removed));
        Assert.Empty(await NamesAsync(database));
    }

    [Fact]
    public async Task Undoing_twice_removes_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await database.ImportAsync(await files.SourceAsync(ImportFiles.Customers(3)));

        await UndoAsync(database, run.Id);
        var again = await UndoAsync(database, run.Id);

        Assert.Equal("There is nothing left to undo.", again.Refusal?.Message);
    }

    private static async Task<Result<ImportRunView>> UndoAsync(TestDatabase database, Guid runId)
    {
        var undo = database.Get<ImportUndo>();
        var begun = await undo.BeginAsync(TestDatabase.Robot, OperationKey.ForForm(), runId);
        return begun.IsOk ? await undo.RunAsync(TestDatabase.Robot, runId) : begun;
    }

    private static async Task<List<string>> NamesAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Accounts.OrderBy(account => account.Id).Select(account => account.Name).ToListAsync();
    }

    private sealed class Interruption : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => throw new OperationCanceledException();
    }
}
