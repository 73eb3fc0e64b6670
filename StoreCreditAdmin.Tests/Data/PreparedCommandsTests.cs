using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Data;

/// <summary>The gate runs every query and save by a command that it prepared before; that must not show.</summary>
public sealed class PreparedCommandsTests
{
    [Fact]
    public async Task A_query_may_be_sent_again_while_it_is_still_being_read()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAccountAsync("Ada");
        await database.AddAccountAsync("Grace");

        var pairs = await WriteAsync(database, async write =>
        {
            var names = write.Db.Accounts.OrderBy(account => account.Id).Select(account => account.Name);
            var found = new List<string>();
            await foreach (var outer in names.AsAsyncEnumerable())
            {
                await foreach (var inner in names.AsAsyncEnumerable())
                {
                    found.Add(outer + inner);
                }
            }

            return found;
        });

        Assert.Equal(["AdaAda", "AdaGrace", "GraceAda", "GraceGrace"], pairs);
    }

    [Fact]
    public async Task A_query_sees_each_time_what_it_is_asked_and_what_was_saved_meanwhile()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (one, other) = (await database.AddAccountAsync("Ada"), await database.AddAccountAsync("Grace"));
        Task<long[]> SumsAsync() => WriteAsync(database, async write => new[]
        {
            await write.Db.Credits.Where(credit => credit.AccountId == one.Id).SumAsync(credit => credit.Buckets.Available),
            await write.Db.Credits.Where(credit => credit.AccountId == other.Id).SumAsync(credit => credit.Buckets.Available),
        });
        var before = await SumsAsync();

        await database.IssueAsync(one, "1");
        var between = await SumsAsync();
        await database.IssueAsync(other, "2");
        var after = await SumsAsync();

        Assert.Equal([0, 0], before);
        Assert.Equal([100, 0], between);
        Assert.Equal([100, 200], after);
    }

    [Fact]
    public async Task More_texts_than_are_kept_run_all_the_same()
    {
        await using var database = await TestDatabase.CreateAsync();

        var answers = await WriteAsync(database, async write =>
        {
            var read = new List<int>();
            for (var number = 0; number < 320; number++)
            {
#pragma warning disable EF1002 // The number is the test's own, and makes a text of its own.
                read.Add(await write.Db.Database.SqlQueryRaw<int>($"SELECT {number} AS Value").SingleAsync());
#pragma warning restore EF1002
            }

            return read;
        });

        Assert.Equal(Enumerable.Range(0, 320), answers);
    }

    private static async Task<T> WriteAsync<T>(TestDatabase database, Func<WriteScope, Task<T>> deed) =>
        (await database.Get<CommitGate>().ExecuteAsync<T>(
            new OperationRequest("test", OperationKey.ForForm(), TestDatabase.Robot, Permission.IssueCredit), async write => await deed(write))).Value;
}
