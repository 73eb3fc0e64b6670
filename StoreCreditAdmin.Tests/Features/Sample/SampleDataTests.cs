using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Sample;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Sample;

public sealed class SampleDataTests
{
    /// <summary>Why refunds of the real shop are refused: some are of more than their order was.</summary>
    private static readonly string?[] MoreThanWasPaid = ["exceeds-order", "order-already-refunded"];

    [Fact]
    public async Task The_sample_shows_every_state_in_four_shops_and_its_ledger_verifies()
    {
        await using var database = await TestDatabase.CreateAsync();

        await AddAsync(database);

        await using var db = database.Open();
        var stores = await db.Stores.OrderBy(store => store.Code).ToListAsync();
        Assert.Equal(
            ["gifts GBP Europe/London False", "jp JPY Asia/Tokyo False", "main GBP Europe/London True", "us USD America/New_York False"],
            stores.Select(store => $"{store.Code} {store.CurrencyCode} {store.TimeZone} {store.IsDefault}"));
        var credits = await db.Credits.Include(credit => credit.Store).Include(credit => credit.Type).ToListAsync();
        var today = DateOnly.FromDateTime(database.Clock.Now.UtcDateTime);
        Assert.Equal(Enum.GetValues<CreditStatus>(), credits.Select(credit => credit.StatusOn(today)).Distinct().Order());
        Assert.Contains(credits, credit => credit.Buckets is { Used: > 0, Available: > 0 });
        Assert.Contains(credits, credit => credit.Buckets.Authorized > 0);
        Assert.Contains(credits, credit => credit.ExpiresOn is { } last && last > today && last <= today.AddDays(7) && credit.Buckets.Available > 0);
        Assert.Contains(credits, credit => credit.ExpiresOn is { } last && last > today.AddDays(7) && last <= today.AddDays(30) && credit.Buckets.Available > 0);
        Assert.Equal(6, credits.Select(credit => credit.Type.Code).Distinct().Count());
        Assert.True(credits.Select(credit => credit.CreatedBy).Distinct().Count() >= 3);
        var kinds = await db.LedgerEntries.Select(entry => entry.Kind).Distinct().ToListAsync();
        Assert.Equal(
            [EntryKind.Issue, EntryKind.Adjust, EntryKind.Authorize, EntryKind.Capture, EntryKind.Release, EntryKind.Refund, EntryKind.Expire, EntryKind.Reinstate, EntryKind.Invalidate, EntryKind.Reclaim],
            kinds.Order());
        Assert.True(await db.LedgerEntries.Select(entry => entry.EffectiveOn).Distinct().CountAsync() > 100);
        Assert.True(await db.Authorizations.AnyAsync(authorization => authorization.IsOpen && authorization.ExpiresAt > database.Clock.Now));
        Assert.Equal(3, await db.Accounts.CountAsync(account => account.HeldSince != null));
        var invoices = await db.Invoices.ToListAsync();
        Assert.Equal([InvoiceStatus.Open, InvoiceStatus.Paid, InvoiceStatus.Voided], invoices.Select(invoice => invoice.Status).Distinct().Order());
        Assert.Contains(invoices, invoice => invoice is { Status: InvoiceStatus.Open, CreditMinor: > 0, BalanceMinor: > 0 });
        Assert.Contains(invoices, invoice => invoice is { Status: InvoiceStatus.Open, BalanceMinor: 0 });
        Assert.Equal(Enum.GetValues<EarningMethod>(), (await db.Awards.Where(award => award.AmountMinor > 0).Select(award => award.Method).Distinct().ToListAsync()).Order());
        Assert.True(await db.PromoCodeUses.CountAsync() > 3);
        Assert.Equal(4, await db.Mails.CountAsync());
        Assert.All(await db.AuditEntries.Where(entry => entry.RefusalCode != null).Select(entry => entry.RefusalCode).Distinct().ToListAsync(), code => Assert.Contains(code, MoreThanWasPaid));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_sample_that_was_cut_short_is_told_again_without_anything_being_there_twice()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = Sample(database, "Development");
        await sample.TellAsync();
        var before = await CountsAsync(database);

        await sample.TellAsync();

        Assert.Equal(before, await CountsAsync(database));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Theory]
    [InlineData("Production", "Sample:Enabled", "true")]
    [InlineData("Development", "Sample:Enabled", "false")]
    [InlineData("Development", "Sample:Data", "false")]
    public async Task There_is_no_sample_in_production_or_where_it_is_switched_off(string environment, string setting, string value)
    {
        await using var database = await TestDatabase.CreateAsync();

        await AddAsync(database, environment, (setting, value));

        Assert.Equal((0, 0), await CountsAsync(database));
    }

    [Fact]
    public async Task A_replay_that_was_stopped_goes_on_without_anything_being_there_twice()
    {
        await using var database = await TestDatabase.CreateAsync(new NoSync());
        var sample = Sample(database, "Development");

        var first = await ReplayAHundredAsync(sample);
        var before = await CountsAsync(database);
        database.Clock.Now = database.Clock.Now.AddDays(3);
        var second = await ReplayAHundredAsync(sample);

        Assert.Equal(("stopped", "stopped"), (first.Refusal?.Code, second.Refusal?.Code));
        Assert.True(before.Accounts > 10);
        Assert.Equal(before, await CountsAsync(database));
        await using var db = database.Open();
        Assert.False(await db.OperationOutcomes.AnyAsync(outcome => outcome.RefusalCode == "idempotency-conflict"));
    }

    [Fact]
    public async Task There_is_no_replay_in_production()
    {
        await using var database = await TestDatabase.CreateAsync();

        var replayed = await ReplayAHundredAsync(Sample(database, "Production"));

        Assert.Equal("forbidden", replayed.Refusal?.Code);
        Assert.Equal((0, 0), await CountsAsync(database));
    }

    [Fact]
    public async Task A_system_with_an_account_gets_no_sample()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAccountAsync();

        await AddAsync(database);

        Assert.Equal((1, 0), await CountsAsync(database));
    }

    private static async Task<Result<Replayed>> ReplayAHundredAsync(SampleData sample)
    {
        using var stop = new CancellationTokenSource();
        return await sample.ReplayAsync(new StopAtFirstReport(stop), stop.Token);
    }

    private static Task AddAsync(TestDatabase database, string environment = "Development", params (string Name, string Value)[] settings) =>
        Sample(database, environment, settings).AddAsync();

    private static SampleData Sample(TestDatabase database, string environment, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("ConnectionStrings:StoreCredit", $"Data Source={database.Path}"),
            .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)),
        ]).Build();
        return new SampleData(
            database.Get<IDbContextFactory<StoreCreditDbContext>>(),
            database.Get<WriterLock>(),
            new HostEnvironment(environment),
            configuration,
            database.Clock,
            database.Get<CreditService>(),
            NullLogger<SampleData>.Instance);
    }

    private static async Task<(int Accounts, int Entries)> CountsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Accounts.CountAsync(), await db.LedgerEntries.CountAsync());
    }

    private sealed class StopAtFirstReport(CancellationTokenSource stop) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => stop.Cancel();
    }

    private sealed class HostEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
