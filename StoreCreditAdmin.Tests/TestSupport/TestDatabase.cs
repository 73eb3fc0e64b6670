using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.ApiKeys;
using StoreCreditAdmin.Features.Audit;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.CustomerLinks;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Features.Health;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Journal;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Features.Messages;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.PromoCodes;
using StoreCreditAdmin.Features.Reminders;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A real database file with the real services over it and a clock that the test moves. The file goes with the test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateOnceAsync);

    private readonly string folder = Directory.CreateTempSubdirectory("storecredit-").FullName;
    private readonly ServiceProvider services;

    private TestDatabase(IInterceptor[] interceptors, TimeProvider? clock = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(clock ?? Clock);
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
        collection.AddExports();
        collection.AddCheckout();
        collection.AddOrders();
        collection.AddEarning();
        collection.AddPromoCodes();
        collection.AddApiKeys();
        collection.AddCustomerLinks();
        collection.AddExpiry();
        collection.AddInvoices();
        collection.AddJournal();
        collection.AddReminders();
        collection.AddMessages(new ConfigurationBuilder().Build());
        collection.AddWebhooks(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Webhooks:AllowPrivateAddresses"] = "true" }).Build());
        collection.AddMails(new ConfigurationBuilder().Build(), folder);
        collection.AddJobs(new ConfigurationBuilder().Build());
        collection.AddStatements(new ConfigurationBuilder().Build(), Path);
        collection.AddImport(new ConfigurationBuilder().Build());
        collection.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        collection.AddStaffUsers();
        collection.AddStaff();
        collection.AddAudit();
        collection.AddHealth();
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public static Caller Robot { get; } = Caller.Job("test");

    public string Path => System.IO.Path.Combine(folder, "storecredit.db");

    public FixedClock Clock { get; } = new();

    /// <summary>A file in which nothing is yet but the tables.</summary>
    public static Task<byte[]> EmptyFileAsync() => Migrated.Value;

    /// <param name="interceptors">Sit between the services and the database, for tests that slow it down or watch it.</param>
    public static async Task<TestDatabase> CreateAsync(params IInterceptor[] interceptors)
    {
        var database = new TestDatabase(interceptors);
        await File.WriteAllBytesAsync(database.Path, await Migrated.Value);
        return database;
    }

    /// <param name="clock">In place of <see cref="Clock"/>.</param>
    public static async Task<TestDatabase> CreateAsync(TimeProvider clock)
    {
        var database = new TestDatabase([], clock);
        await File.WriteAllBytesAsync(database.Path, await Migrated.Value);
        return database;
    }

    /// <summary>The services themselves, for components that ask for them.</summary>
    public IServiceProvider Services => services;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public StoreCreditDbContext Open() => Get<IDbContextFactory<StoreCreditDbContext>>().CreateDbContext();

    /// <summary>An account without anything, made directly.</summary>
    public async Task<Account> AddAccountAsync(string name = "Ada Byron", AccountKind kind = AccountKind.Person)
    {
        await using var db = Open();
        var account = new Account(Guid.NewGuid(), name, kind, null, Guid.NewGuid().ToString("N"), Clock.GetUtcNow());
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        return account;
    }

    public async Task<CreditView> IssueAsync(Account account, string amount, string currency = "USD", string type = "store-credit", DateOnly? expiresOn = null, DateOnly? effectiveOn = null)
    {
        var request = new IssueCreditRequest
        {
            Amount = MoneyInput.Of(amount, currency),
            Type = type,
            ExpiresOn = expiresOn,
            EffectiveOn = effectiveOn,
        };
        return (await Get<CreditService>().IssueAsync(Robot, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value;
    }

    public async Task<Credit> ReadCreditAsync(Guid id)
    {
        await using var db = Open();
        return await db.Credits.Include(credit => credit.Type).SingleAsync(credit => credit.PublicId == id);
    }

    public async Task<LedgerEntry[]> ReadEntriesAsync(Account account)
    {
        await using var db = Open();
        return await db.LedgerEntries.Include(entry => entry.Reason).Where(entry => entry.AccountId == account.Id).OrderBy(entry => entry.Sequence).ToArrayAsync();
    }

    public Task<LedgerReport> VerifyAsync() => Get<LedgerVerification>().VerifyAsync(Robot);

    public async ValueTask DisposeAsync()
    {
        // The services first: the gate gives its connection back to the pool only then.
        await services.DisposeAsync();
        using (var pooled = new SqliteConnection($"Data Source={Path}"))
        {
            SqliteConnection.ClearPool(pooled);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The migrations run once in a test run; each test gets a copy of the file that they made.</summary>
    private static async Task<byte[]> MigrateOnceAsync()
    {
        await using var database = new TestDatabase([]);
        await database.services.MigrateAsync();
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return await File.ReadAllBytesAsync(database.Path);
    }
}

/// <summary>A clock that stands still until the test moves it. Starts on Sunday, 22 November 2026, at noon UTC.</summary>
public sealed class FixedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
