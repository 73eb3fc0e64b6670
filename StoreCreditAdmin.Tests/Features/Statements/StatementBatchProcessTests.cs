using System.Globalization;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Statements;

/// <summary>Statements of many accounts in the real application, which is killed in the middle of them.</summary>
public sealed class StatementBatchProcessTests
{
    private const int Customers = 400;
    private const string Done = "SELECT Done FROM StatementBatches";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public Task A_batch_in_whose_middle_the_program_is_killed_goes_on_at_its_next_start_and_has_each_account_once() => KilledInTheMiddleAsync().WaitAsync(Limit);

    private static async Task KilledInTheMiddleAsync()
    {
        await using var database = await TestDatabase.CreateAsync(TimeProvider.System);
        await database.AddCustomersWithCreditAsync(Customers);
        var id = await AskAsync(database);

        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["ConnectionStrings__StoreCredit"] = $"Data Source={database.Path}" });
        await using var db = await DatabaseFile.OpenAsync(database.Path);
        await UntilAsync(async () => Convert.ToInt32(await db.ReadAsync(Done), CultureInfo.InvariantCulture) > 0);
        await app.KillAsync();
        Assert.InRange(Convert.ToInt32(await db.ReadAsync(Done), CultureInfo.InvariantCulture), 1, Customers - 1);
        Assert.Equal((long)StatementBatchState.Running, await db.ReadAsync("SELECT State FROM StatementBatches"));

        // As if it had given no sign of life for longer than a minute.
        await db.ExecuteAsync("UPDATE StatementBatches SET LastProgressAt = 1");
        await app.StartAgainAsync();
        await UntilAsync(async () => await db.ReadAsync("SELECT State FROM StatementBatches") is (long)StatementBatchState.Finished);

        Assert.Equal($"{Customers}|{Customers}|3", await db.ReadAsync("SELECT Done || '|' || Made || '|' || Attempt FROM StatementBatches"));
        using var accountant = await app.ClientOfAsync(Roles.Accountant);
        await using var zip = new ZipArchive(await accountant.GetStreamAsync($"exports/statements/{id}"), ZipArchiveMode.Read);
        Assert.Equal(
            Enumerable.Range(0, Customers).Select(number => $"{number + 1:000000}-C-{number:000}-USD"),
            zip.Entries.Select(entry => string.Join('-', entry.Name.Split('-')[..4])));
        foreach (var entry in zip.Entries)
        {
            await using var content = await entry.OpenAsync();
            using var reader = new StreamReader(content);
            Assert.EndsWith("%%EOF", (await reader.ReadToEndAsync()).TrimEnd(), StringComparison.Ordinal);
        }

        Assert.Single(new DirectoryInfo(database.Get<StatementFolder>().Path).EnumerateFileSystemInfos());
    }

    /// <summary>Asked for while no program runs, so that it waits for the next start.</summary>
    private static async Task<Guid> AskAsync(TestDatabase database)
    {
        var now = TimeProvider.System.GetUtcNow();
        var terms = new StatementBatchTerms
        {
            From = DateOnly.FromDateTime(now.UtcDateTime).AddMonths(-1),
            To = DateOnly.FromDateTime(now.UtcDateTime),
            CurrencyCode = "USD",
            Accounts = StatementBatchAccounts.WithMovement,
            Query = null,
            ForCustomer = true,
            Form = StatementBatchForm.Zip,
            Paper = nameof(StatementPaper.A4),
            Culture = "en-US",
        };
        var batch = new StatementBatch(Guid.NewGuid(), 1, terms, TestDatabase.Robot.Actor, now);
        batch.Wait(now);
        await using var db = database.Open();
        db.StatementBatches.Add(batch);
        await db.SaveChangesAsync();
        return batch.PublicId;
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            await Task.Delay(10);
        }
    }
}
