using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.PromoCodes;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>
/// Fills an empty system with four shops, their customers and a year of credit, in Development only, unless <c>Sample:Enabled</c> or <c>Sample:Data</c> is false.
/// Everything goes through the real services under a clock of its own, so the ledger is as sound as any. A sample that was cut short is completed at the next start.
/// </summary>
public sealed partial class SampleData(
    IDbContextFactory<StoreCreditDbContext> contexts,
    WriterLock writerLock,
    IHostEnvironment environment,
    IConfiguration configuration,
    TimeProvider clock,
    CreditService credits,
    ILogger<SampleData> logger)
{
    internal const string KeyPrefix = "sample:";

    private static readonly TimeSpan BetweenJobs = TimeSpan.FromDays(7);

    private const string Complete = KeyPrefix + "complete";

    private bool Enabled => environment.IsDevelopment() && configuration.GetValue("Sample:Enabled", true) && configuration.GetValue("Sample:Data", true);

    public async Task AddAsync(CancellationToken cancellationToken = default)
    {
        if (Enabled && await IsWantedAsync(cancellationToken))
        {
            var watch = Stopwatch.StartNew();
            await TellAsync(cancellationToken);
            await SampleMails.WriteAsync(credits, (await StaffAsync(cancellationToken)).Agents[0]);
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
        await services.GetRequiredService<CommitGate>().ExecuteAsync<Done>(
            new OperationRequest("sample.complete", OperationKey.ForJob(Complete), Caller.Job("sample"), Permission.RunJobs),
            _ => Task.FromResult<Result<Done>>(Done.Instance));
    }

    /// <summary>
    /// Replays the whole year of the sample shop, as long after it was as the part that is there, if any. Can be stopped; a second run goes on from there.
    /// </summary>
    /// <param name="progress">Told after every hundred deeds.</param>
    internal async Task<Result<Replayed>> ReplayAsync(IProgress<(int Done, int Total)> progress, CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment())
        {
            return new Refusal("forbidden", "The sample is for Development only. Set ASPNETCORE_ENVIRONMENT=Development for a system that is for trying out.");
        }

        var now = clock.GetUtcNow();
        var sampleClock = new SampleClock(now);
        await using var services = ServicesUnder(sampleClock, durable: true);
        var desk = new SampleDesk(services, await StaffAsync(cancellationToken));
        var invoices = await OnlineRetail.InvoicesAsync();
        var deeds = new RetailReplay(desk, await OnlineRetail.CustomersAsync(), await ShiftAsync(now, invoices, cancellationToken)).Deeds(invoices).ToList();
        var (refused, nextJobs) = (0, deeds[0].At);
        foreach (var (place, (at, deed)) in deeds.Index())
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return new Refusal("stopped", "Stopped. What was told stays; the same command goes on from there.");
            }

            sampleClock.MoveTo(at);
            refused += await deed() ? 0 : 1;
            if (at >= nextJobs)
            {
                await desk.RunJobsAsync();
                nextJobs = at + BetweenJobs;
            }

            if ((place + 1) % 100 == 0 || place + 1 == deeds.Count)
            {
                progress.Report((place + 1, deeds.Count));
            }
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new Replayed(invoices.Count, refused, await db.Awards.CountAsync(award => award.AmountMinor > 0 && award.RuleVersion.Rule.Store.Code == RetailReplay.Store, cancellationToken));
    }

    private async Task<TimeSpan> ShiftAsync(DateTimeOffset now, IReadOnlyList<OnlineRetail.Invoice> invoices, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var there = await db.Orders.Where(order => order.Store.Code == RetailReplay.Store).OrderBy(order => order.Id)
            .Select(order => new { order.Number, order.PlacedAt }).FirstOrDefaultAsync(cancellationToken);
        return there is null ? RetailReplay.ShiftTo(now, invoices) : there.PlacedAt - invoices.First(invoice => invoice.Number == there.Number).At;
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

    /// <param name="durable">Whether a power cut must not spoil what is written, since there may be more than the sample.</param>
    private ServiceProvider ServicesUnder(SampleClock sampleClock, bool durable = false)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(sampleClock);
        services.AddData(configuration.GetConnectionString("StoreCredit")!, environment.ContentRootPath);
        services.AddSingleton(writerLock);
        if (!durable)
        {
            services.AddSingleton<IInterceptor, UnsafeButFast>();
        }

        services.AddLedger().AddAccounts().AddCatalogue().AddCredits().AddCheckout().AddOrders().AddEarning().AddPromoCodes().AddExpiry().AddInvoices().AddJobs(configuration);
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

/// <summary>What a replay told in all, how much of it was refused, and how often the shop's rules gave credit.</summary>
internal sealed record Replayed(int Orders, int Refused, int Awards);
