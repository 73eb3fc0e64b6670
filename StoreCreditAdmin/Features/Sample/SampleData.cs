using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>
/// Fills an empty system with three shops, their customers and a year of credit, in Development only, unless <c>Sample:Enabled</c> or <c>Sample:Data</c> is false.
/// Everything goes through the real services under a clock of its own, so the ledger is as sound as any. A sample that was cut short is completed at the next start.
/// </summary>
public sealed partial class SampleData(
    IDbContextFactory<StoreCreditDbContext> contexts,
    WriterLock writerLock,
    IHostEnvironment environment,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<SampleData> logger)
{
    internal const string KeyPrefix = "sample:";

    private const string Complete = KeyPrefix + "complete";

    private bool Enabled => environment.IsDevelopment() && configuration.GetValue("Sample:Enabled", true) && configuration.GetValue("Sample:Data", true);

    public async Task AddAsync(CancellationToken cancellationToken = default)
    {
        if (Enabled && await IsWantedAsync(cancellationToken))
        {
            var watch = Stopwatch.StartNew();
            await TellAsync(cancellationToken);
            LogAdded(watch.Elapsed.TotalSeconds);
        }
    }

    /// <summary>What was told before is not done again.</summary>
    internal async Task TellAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var sampleClock = new SampleClock(now);
        await using var services = ServicesUnder(sampleClock);
        await new SampleHistory(new SampleDesk(services, await StaffAsync(cancellationToken)), sampleClock, now).HappenAsync();
        sampleClock.MoveTo(now);
        await services.GetRequiredService<CommitGate>().ExecuteAsync<Domain.Done>(
            new OperationRequest("sample.complete", OperationKey.ForJob(Complete), Caller.Job("sample"), Permission.RunJobs),
            _ => Task.FromResult<Domain.Result<Domain.Done>>(Domain.Done.Instance));
    }

    /// <summary>Nobody has an account yet, or those that are there are the beginning of the sample.</summary>
    private async Task<bool> IsWantedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (first, complete) = (OperationKey.ForJob(KeyPrefix + "1").Key, OperationKey.ForJob(Complete).Key);
        return await db.Operations.AnyAsync(operation => operation.Key == first, cancellationToken)
            ? !await db.Operations.AnyAsync(operation => operation.Key == complete, cancellationToken)
            : !await db.Accounts.AnyAsync(cancellationToken);
    }

    private ServiceProvider ServicesUnder(SampleClock sampleClock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(sampleClock);
        services.AddData(configuration.GetConnectionString("StoreCredit")!, environment.ContentRootPath);
        services.AddSingleton(writerLock);
        services.AddSingleton<IInterceptor, UnsafeButFast>();
        services.AddLedger().AddAccounts().AddCatalogue().AddCredits().AddCheckout().AddOrders().AddExpiry().AddInvoices().AddJobs();
        return services.BuildServiceProvider();
    }

    private async Task<SampleStaff> StaffAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var emails = SamplePeople.All.Select(person => person.Email).ToArray();
        var users = await db.Users.Where(user => emails.Contains(user.Email)).ToListAsync(cancellationToken);
        Caller[] agents = [Of(Roles.Agent), Of(Roles.Manager), Of(Roles.Administrator)];
        return new SampleStaff(agents, Of(Roles.Manager), Of(Roles.Administrator), Caller.Job("webshop"));

        Caller Of(string role)
        {
            var person = SamplePeople.All.First(one => one.Role == role);
            var user = users.Find(one => one.Email == person.Email);
            return user is null ? Caller.Job(person.Name) : Caller.Staff(user.Id, user.DisplayName, user.SecurityStamp!, [role]);
        }
    }

    [LoggerMessage(LogLevel.Information, "Added sample data in {Seconds:0.0} s. Start with Sample:Enabled=false for an empty system")]
    private partial void LogAdded(double seconds);

    /// <summary>A sample that a power cut spoils is made again; it need not wait for the disk after each of its operations.</summary>
    private sealed class UnsafeButFast : DbConnectionInterceptor
    {
        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = OFF";
            command.ExecuteNonQuery();
            return Task.CompletedTask;
        }
    }
}
