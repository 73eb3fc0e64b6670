using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Import;

public sealed class CustomerImportTests : IDisposable
{
    private const int Many = 1_234;

    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task All_customers_of_the_sample_are_imported_found_and_shown_whole()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await ImportFiles.OpenAsync(Repository.SampleCustomers);

        var run = await database.ImportAsync(source);

        Assert.Equal(("online-retail", "finished", 4372, 4372, 0, 0), (source.Format.Code, run.State, run.Rows, run.Added, run.AlreadyThere, run.Wrong));
        await using var db = database.Open();
        var accounts = await db.Accounts.AsNoTracking().Include(account => account.Contacts).ToDictionaryAsync(account => account.ExternalId!);
        var reader = new CustomerRowReader(source.Header, source.Mapping);
        await foreach (var (row, _) in CustomerRows.ReadAsync(source))
        {
            var account = accounts[row!.ExternalId!];
            Assert.Equal((row.Name, AccountKind.Person), (account.Name, account.Kind));
            var contact = Assert.Single(account.Contacts);
            Assert.Equal((row.Email, true), (contact.Email, contact.MayUseCredit));
            if (row.Line % 25 == 0)
            {
                Assert.Contains(await HitsAsync(database, row.Email!), hit => hit.Name == row.Name);
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(Many)]
    public async Task The_same_file_twice_adds_nothing_twice(int count)
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync(ImportFiles.Customers(count));

        var first = await database.ImportAsync(source);
        var second = await database.ImportAsync(source);

        Assert.Equal((count, 0), (first.Added, first.AlreadyThere));
        Assert.Equal((0, count), (second.Added, second.AlreadyThere));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(count, await AccountsAsync(database));
    }

    [Fact]
    public async Task Customers_that_are_there_are_left_as_they_are()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ImportAsync(await files.SourceAsync("external_id,name,email,phone\n1,Ada,ada@example.com,1\n,Bob,bob@example.com,2\n"));

        var run = await database.ImportAsync(await files.SourceAsync("external_id,name,email,phone\n1,Other,other@example.com,9\n7,Other,BOB@example.com,9\n"));

        Assert.Equal((0, 2), (run.Added, run.AlreadyThere));
        await using var db = database.Open();
        Assert.Equal(
            ["1 Ada ada@example.com 1", " Bob bob@example.com 2"],
            await db.Contacts.OrderBy(contact => contact.Id).Select(contact => $"{contact.Account.ExternalId} {contact.Name} {contact.Email} {contact.Phone}").ToListAsync());
    }

    [Fact]
    public async Task Wrong_rows_are_left_out_and_counted_and_the_others_imported()
    {
        await using var database = await TestDatabase.CreateAsync();

        var run = await database.ImportAsync(await files.SourceAsync("external_id,name,kind,email\n1,Ada,,a@example.com\n2,,,b@example.com\n3,North,company,a@example.com\n4,Dan,,A@example.com\n"));

        Assert.Equal((4, 2, 0, 2), (run.RowsDone, run.Added, run.AlreadyThere, run.Wrong));
        await using var db = database.Open();
        Assert.Equal(
            [("Ada", AccountKind.Person, true), ("North", AccountKind.Company, false)],
            (await db.Contacts.OrderBy(contact => contact.Id).Select(contact => new { contact.Name, contact.Account.Kind, contact.MayUseCredit }).ToListAsync()).Select(one => (one.Name, one.Kind, one.MayUseCredit)));
    }

    [Fact]
    public async Task A_killed_import_goes_on_where_it_stopped_when_the_same_file_comes_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync(ImportFiles.Customers(Many));
        await Assert.ThrowsAsync<PowerCutException>(() => database.ImportAsync(source, new PowerCut(afterRows: 500)));
        Assert.Equal(500, await AccountsAsync(database));
        var added = new List<int>();

        var run = await database.ImportAsync(source, new Watch(progress => added.Add(progress.Counts.New)));

        Assert.Equal(("finished", Many, Many, 0), (run.State, run.RowsDone, run.Added, run.AlreadyThere));
        Assert.Equal([1000, Many], added);
        Assert.Equal(Many, await AccountsAsync(database));
        Assert.Single((await database.Get<ImportRuns>().ListAsync(TestDatabase.Robot, new())).Items);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_not_done_twice()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync(ImportFiles.Customers(Many));
        var run = await database.BeginImportAsync(source);
        var import = database.Get<CustomerImport>();

        var first = await import.RunAsync(TestDatabase.Robot, run, source);
        var again = await import.RunAsync(TestDatabase.Robot, run, source);

        Assert.Equal(first.Value, again.Value);
        Assert.Equal(Many, await AccountsAsync(database));
    }

    [Fact]
    public async Task A_cancelled_import_keeps_what_it_added_says_so_and_can_be_gone_on_with()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync(ImportFiles.Customers(Many));
        var run = await database.BeginImportAsync(source);
        var import = database.Get<CustomerImport>();
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => import.RunAsync(TestDatabase.Robot, run, source, new Watch(_ => cancel.Cancel()), cancel.Token));
        var stopped = (await import.StopAsync(TestDatabase.Robot, OperationKey.ForForm(), run.Id, "Stopped by test.")).Value;

        Assert.Equal(("stopped", "Stopped by test.", 500), (stopped.State, stopped.StopReason, stopped.Added));
        Assert.Equal(500, await AccountsAsync(database));

        var resumed = await database.ImportAsync(source);

        Assert.Equal((run.Id, "finished", null, Many), (resumed.Id, resumed.State, resumed.StopReason, resumed.Added));
    }

    [Fact]
    public async Task Stopping_from_elsewhere_ends_an_import_after_its_batch()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync(ImportFiles.Customers(Many));
        var run = await database.BeginImportAsync(source);
        var import = database.Get<CustomerImport>();

        var result = await import.RunAsync(
            TestDatabase.Robot, run, source, new Watch(_ => import.StopAsync(TestDatabase.Robot, OperationKey.ForForm(), run.Id, "Stopped by Ann.").GetAwaiter().GetResult()));

        Assert.Equal((CustomerImport.Stopped, "Stopped by Ann."), (result.Refusal?.Code, result.Refusal?.Message));
        Assert.Equal(500, await AccountsAsync(database));
    }

    [Fact]
    public async Task An_import_begun_again_elsewhere_is_gone_on_with_by_the_later_one_alone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync(ImportFiles.Customers(Many));
        var import = database.Get<CustomerImport>();
        var first = await database.BeginImportAsync(source);

        var second = await database.BeginImportAsync(source);
        var ofFirst = await import.RunAsync(TestDatabase.Robot, first, source);
        var ofSecond = await import.RunAsync(TestDatabase.Robot, second, source);

        Assert.Equal(CustomerImport.Elsewhere, ofFirst.Refusal?.Code);
        Assert.Equal((first.Id, "finished", Many), (ofSecond.Value.Id, ofSecond.Value.State, ofSecond.Value.Added));
    }

    [Fact]
    public async Task Another_mapping_of_the_same_file_is_another_import()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync("external_id,name,email,mail2\n1,Ada,a@example.com,b@example.com\n");
        await database.BeginImportAsync(source);

        var other = await database.ImportAsync(source with { Mapping = source.Mapping.With(CustomerField.Email, 3) });

        Assert.Equal((1, 1), (other.Attempt, other.Added));
        Assert.Equal("External id ← external_id; Name ← name; E-mail ← mail2", other.Mapping);
    }

    [Fact]
    public async Task An_agent_may_neither_check_nor_import()
    {
        await using var database = await TestDatabase.CreateAsync();
        var source = await files.SourceAsync(ImportFiles.Customers(3));
        var reader = Caller.ApiKey(Guid.NewGuid(), "reader", [Scopes.Read]);

        var begun = await database.Get<CustomerImport>().BeginAsync(reader, OperationKey.ForForm(), source, 3);

        Assert.Equal("forbidden", begun.Refusal?.Code);
        await Assert.ThrowsAsync<StoreCreditAdmin.Features.Access.AccessDeniedException>(
            () => database.Get<CustomerCheck>().RunAsync(reader, source, _ => ValueTask.CompletedTask));
    }

    [Fact]
    public async Task Every_account_says_who_imported_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ImportAsync(await files.SourceAsync(ImportFiles.Customers(3)));

        await using var db = database.Open();
        var lines = await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => $"{entry.Action} {entry.Subject} {entry.ActorName}").ToListAsync();

        Assert.Equal(
            ["import.begin customers.csv test", "account.create Customer 1 test", "account.create Customer 2 test", "account.create Customer 3 test", "import.finish customers.csv test"],
            lines);
    }

    private static async Task<int> AccountsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Accounts.CountAsync();
    }

    private static async Task<IReadOnlyList<AccountHit>> HitsAsync(TestDatabase database, string text) =>
        (await database.Get<AccountSearch>().SearchAsync(TestDatabase.Robot, text, new PageRequest())).Items;

    private sealed class Watch(Action<ImportProgress> see) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => see(value);
    }

    /// <summary>Ends the process, as far as the import can tell, once so many rows are committed.</summary>
    private sealed class PowerCut(int afterRows) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Counts.Rows >= afterRows)
            {
                throw new PowerCutException();
            }
        }
    }

    private sealed class PowerCutException : Exception;
}
