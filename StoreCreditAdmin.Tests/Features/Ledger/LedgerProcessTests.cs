using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Ledger;

/// <summary>The ledger in processes that are killed while they write, and in several at once on one file.</summary>
public sealed class LedgerProcessTests
{
    private const int TimeLimit = 900_000;
    private const int Lanes = 2;
    private const int KillsInOneLane = 25;
    private const int Many = 1_000_000;

    [Fact(Timeout = TimeLimit)]
    public async Task After_fifty_kills_every_acknowledged_write_is_there_once() =>
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => KillAgainAndAgainAsync(new Random(lane))));

    [Fact(Timeout = TimeLimit)]
    public async Task Processes_on_one_file_write_in_turns_and_share_their_keys()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await AddAccountAsync(database);

        HostProcess[] hosts = [Poster(database, "one", 0, 60), Poster(database, "two", 0, 60), Poster(database, "shared", 0, 40), Poster(database, "shared", 0, 40)];
        await Task.WhenAll(hosts.Select(host => host.ReadToEndAsync()));

        Assert.Equal([60, 60, 40], [hosts[0].Acknowledged.Count, hosts[1].Acknowledged.Count, hosts[2].Acknowledged.Count + hosts[3].Acknowledged.Count]);
        Assert.Equal(160, (await KeysAsync(database)).Count);
        Assert.Equal(160, (await database.ReadEntriesAsync(account)).Length);
        await VerifyAsync(database);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_writers_lock_keeps_another_process_out_until_that_one_ends_though_it_be_killed()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var host = new HostProcess("hold-lock", database.Path);
        Assert.Equal("held", await host.ReadLineAsync());
        using var writerLock = new WriterLock(database.Path);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writerLock.EnterAsync(soon.Token));

        host.Kill();

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var held = await writerLock.EnterAsync(late.Token);
    }

    private static async Task KillAgainAndAgainAsync(Random random)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await AddAccountAsync(database);
        var acknowledged = new HashSet<string>();
        var tried = new HashSet<string>();
        for (var kill = 0; kill < KillsInOneLane; kill++)
        {
            // Each starts with the write whose fate the one before took with it.
            using var host = Poster(database, "run", acknowledged.Count, Many);
            var writes = random.Next(1, 12);
            while (host.Acknowledged.Count < writes && await host.ReadLineAsync() is not null)
            {
            }

            await Task.Delay(random.Next(12));
            host.Kill();
            await host.ReadToEndAsync();
            acknowledged.UnionWith(host.Acknowledged);
            acknowledged.UnionWith(host.Repeated);
            tried.UnionWith(host.Tried);
        }

        var keys = await KeysAsync(database);
        Assert.InRange(acknowledged.Count, KillsInOneLane, Many);
        Assert.Empty(acknowledged.Except(keys));
        Assert.Empty(keys.Except(tried));
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal(keys.Count, (await database.ReadEntriesAsync(account)).Length);
        await VerifyAsync(database);
    }

    private static async Task<Account> AddAccountAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var account = new Account(Guid.NewGuid(), "Ada Byron", AccountKind.Person, LedgerHost.AccountExternalId, "card", database.Clock.Now);
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        return account;
    }

    private static HostProcess Poster(TestDatabase database, string run, int from, int to) => new("post", database.Path, run, $"{from}", $"{to}");

    private static async Task<List<string>> KeysAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Operations.Select(operation => operation.Key).ToListAsync();
    }

    private static async Task VerifyAsync(TestDatabase database)
    {
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
    }
}
