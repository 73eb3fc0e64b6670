using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>A database file of its own below the folder for temporary files (TMPDIR names another disk), with the services over it.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("storecredit-benchmark-").FullName;
    private readonly ServiceProvider services;

    private BenchmarkDatabase(IInterceptor[] interceptors, Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(TimeProvider.System);
        foreach (var interceptor in interceptors)
        {
            collection.AddSingleton(interceptor);
        }

        collection.AddData($"Data Source={Path}", folder);
        collection.AddLedger();
        collection.AddAccounts();
        collection.AddCatalogue();
        collection.AddCredits();
        collection.AddAccounting();
        collection.AddCheckout();
        collection.AddOrders();
        collection.AddEarning();
        collection.AddStatements(configuration, Path);
        collection.AddMails(configuration, folder);
        services = collection.BuildServiceProvider();
    }

    public static Caller Caller { get; } = Caller.CommandLine("benchmark");

    public string Path => System.IO.Path.Combine(folder, "storecredit.db");

    public static Task<BenchmarkDatabase> CreateAsync(params IInterceptor[] interceptors) => CreateWithAsync([], interceptors);

    /// <param name="settings">By their names, such as <c>Mail:Host</c>.</param>
    public static async Task<BenchmarkDatabase> CreateWithAsync(Dictionary<string, string?> settings, params IInterceptor[] interceptors)
    {
        var database = new BenchmarkDatabase(interceptors, settings);
        await database.services.MigrateAsync();
        return database;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public StoreCreditDbContext Open() => Get<IDbContextFactory<StoreCreditDbContext>>().CreateDbContext();

    public async Task<Account> AddAccountAsync(string name)
    {
        await using var db = Open();
        var account = new Account(Guid.CreateVersion7(), name, AccountKind.Person, null, Guid.NewGuid().ToString("N"), TimeProvider.System.GetUtcNow());
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        return account;
    }

    /// <summary>The file as it is now, in another place on the same disk.</summary>
    public async Task<string> CopyAsync()
    {
        await using var db = Open();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var copy = System.IO.Path.Combine(folder, "control.db");
        File.Copy(Path, copy);
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
