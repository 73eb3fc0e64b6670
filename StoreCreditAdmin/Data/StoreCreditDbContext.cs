using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Access;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Domain.Import;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Domain.Reminders;
using StoreCreditAdmin.Domain.Statements;

namespace StoreCreditAdmin.Data;

/// <summary>The database. Whatever saves through it passes the <see cref="WriterLock"/>.</summary>
public sealed class StoreCreditDbContext(DbContextOptions<StoreCreditDbContext> options, WriterLock writerLock) : IdentityDbContext<StaffUser>(options)
{
    private AppendedRows? appended;

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<CustomerLink> CustomerLinks => Set<CustomerLink>();

    public DbSet<Store> Stores => Set<Store>();

    public DbSet<CreditType> CreditTypes => Set<CreditType>();

    public DbSet<Reason> Reasons => Set<Reason>();

    public DbSet<Credit> Credits => Set<Credit>();

    public DbSet<AccountBalance> AccountBalances => Set<AccountBalance>();

    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    public DbSet<LedgerAnchor> LedgerAnchors => Set<LedgerAnchor>();

    public DbSet<DailyMovement> DailyMovements => Set<DailyMovement>();

    public DbSet<MonthClosing> MonthClosings => Set<MonthClosing>();

    public DbSet<MovementFold> MovementFolds => Set<MovementFold>();

    public DbSet<Operation> Operations => Set<Operation>();

    public DbSet<OperationOutcome> OperationOutcomes => Set<OperationOutcome>();

    public DbSet<Authorization> Authorizations => Set<Authorization>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<CardRefund> CardRefunds => Set<CardRefund>();

    public DbSet<PromoCode> PromoCodes => Set<PromoCode>();

    public DbSet<PromoCodeUse> PromoCodeUses => Set<PromoCodeUse>();

    public DbSet<EarningSettings> EarningSettings => Set<EarningSettings>();

    public DbSet<EarningRule> EarningRules => Set<EarningRule>();

    public DbSet<EarningRuleVersion> EarningRuleVersions => Set<EarningRuleVersion>();

    public DbSet<Award> Awards => Set<Award>();

    public DbSet<DeferredEvent> DeferredEvents => Set<DeferredEvent>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<OutboxDelivery> OutboxDeliveries => Set<OutboxDelivery>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<Mail> Mails => Set<Mail>();

    public DbSet<MailSettings> MailSettings => Set<MailSettings>();

    public DbSet<StatementMailRun> StatementMailRuns => Set<StatementMailRun>();

    public DbSet<MailTemplate> MailTemplates => Set<MailTemplate>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();

    public DbSet<ImportedAccount> ImportedAccounts => Set<ImportedAccount>();

    public DbSet<StatementBatch> StatementBatches => Set<StatementBatch>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<JobLease> JobLeases => Set<JobLease>();

    public DbSet<ExpiryReminder> ExpiryReminders => Set<ExpiryReminder>();

    public DbSet<AccountMappingVersion> AccountMappings => Set<AccountMappingVersion>();

    public DbSet<JournalExport> JournalExports => Set<JournalExport>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>True while whoever made this context holds the <see cref="WriterLock"/> for a longer transaction.</summary>
    internal bool HoldsWriterLock { get; set; }

    /// <summary>The prepared commands of a context that is kept with its connection open; null for others.</summary>
    internal PreparedCommands.Cache? Prepared { get; set; }

    /// <summary>
    /// Writes an object with the next save by a prepared command, past the change tracker: for what this write never changes, and what nothing tracked refers to.
    /// Only inside a transaction, for whoever holds the <see cref="WriterLock"/>.
    /// </summary>
    internal void Append(object row)
    {
        if (!HoldsWriterLock)
        {
            throw new InvalidOperationException("Only a write that holds the writer's lock appends rows.");
        }

        (appended ??= new AppendedRows(this)).Add(row);
    }

    /// <summary>Forgets what was loaded and what is not saved.</summary>
    internal void Forget()
    {
        ChangeTracker.Clear();
        appended?.Clear();
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save with SaveChangesAsync, which waits for the writer's lock.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (HoldsWriterLock)
        {
            ChangeTracker.DetectChanges();
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            return appended is null ? saved : saved + await appended.WriteAsync(cancellationToken);
        }

        using var held = await writerLock.EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override void Dispose()
    {
        appended?.Dispose();
        Prepared?.Dispose();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        appended?.Dispose();
        Prepared?.Dispose();
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<ExpiryPolicy>().HaveConversion<ExpiryPolicyConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(StoreCreditDbContext).Assembly);
        builder.Entity<StaffUser>(user => user.Property(one => one.DisplayName).HasMaxLength(StaffUser.MaxDisplayNameLength));
        builder.Entity<IdentityRole>().HasData(Security.Roles.All.Select(role => new IdentityRole(role)
        {
            Id = role,
            NormalizedName = role.ToUpperInvariant(),
            ConcurrencyStamp = role,
        }));
    }
}
