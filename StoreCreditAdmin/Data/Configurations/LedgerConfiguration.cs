using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Data.Configurations;

internal static class LedgerColumns
{
    public static void Buckets(ComplexPropertyBuilder<Buckets> buckets)
    {
        buckets.Property(one => one.Available).HasColumnName("Available");
        buckets.Property(one => one.Authorized).HasColumnName("Authorized");
        buckets.Property(one => one.Used).HasColumnName("Used");
        buckets.Property(one => one.Expired).HasColumnName("Expired");
        buckets.Property(one => one.Reclaimed).HasColumnName("Reclaimed");
        buckets.Property(one => one.Invalidated).HasColumnName("Invalidated");
        buckets.Ignore(one => one.Credited);
    }

    public static void NoBucketIsNegative<T>(TableBuilder<T> table)
        where T : class =>
        table.HasCheckConstraint(
            $"CK_{typeof(T).Name}_Buckets",
            "Available >= 0 AND Authorized >= 0 AND Used >= 0 AND Expired >= 0 AND Reclaimed >= 0 AND Invalidated >= 0");

    public static void CurrencyCode(PropertyBuilder<string> code) => code.HasMaxLength(3).IsFixedLength();
}

internal sealed class CreditConfiguration : IEntityTypeConfiguration<Credit>
{
    public void Configure(EntityTypeBuilder<Credit> builder)
    {
        builder.ToTable(table =>
        {
            LedgerColumns.NoBucketIsNegative(table);
            table.HasCheckConstraint("CK_Credits_Opening", "OpeningMinor > 0");
        });
        builder.HasIndex(credit => credit.PublicId).IsUnique();
        builder.HasIndex(credit => new { credit.AccountId, credit.IssuedAt });
        builder.HasIndex(credit => new { credit.StoreId, credit.IssuedAt });
        builder.HasIndex(credit => new { credit.TypeId, credit.IssuedAt });
        builder.HasIndex(credit => new { credit.AccountId, credit.StoreId, credit.CurrencyCode })
            .HasDatabaseName("IX_Credits_Live").HasFilter("Available > 0 OR Authorized > 0");
        builder.HasIndex(credit => new { credit.AccountId, credit.StoreId, credit.CurrencyCode }, "IX_Credits_Gone").HasFilter("Expired > 0 OR InvalidatedAt IS NOT NULL");
        builder.HasIndex(credit => credit.ExpiresOn).HasDatabaseName("IX_Credits_Expiring").HasFilter("Available > 0 AND ExpiresOn IS NOT NULL");
        builder.HasIndex(credit => credit.IssuedAt);
        builder.Property(credit => credit.Version).IsConcurrencyToken();
        builder.Property(credit => credit.Name).HasMaxLength(Credit.MaxNameLength);
        builder.Property(credit => credit.Memo).HasMaxLength(Credit.MaxTextLength);
        builder.Property(credit => credit.CustomerNote).HasMaxLength(Credit.MaxTextLength);
        builder.Property(credit => credit.CreatedBy).HasMaxLength(Actor.MaxNameLength);
        LedgerColumns.CurrencyCode(builder.Property(credit => credit.CurrencyCode));
        builder.ComplexProperty(credit => credit.Buckets, LedgerColumns.Buckets);
        builder.HasOne(credit => credit.Account).WithMany().HasForeignKey(credit => credit.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(credit => credit.Store).WithMany().HasForeignKey(credit => credit.StoreId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(credit => credit.Type).WithMany().HasForeignKey(credit => credit.TypeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(credit => credit.OriginCredit).WithMany().HasForeignKey(credit => credit.OriginCreditId).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(credit => credit.Currency);
    }
}

internal sealed class AccountBalanceConfiguration : IEntityTypeConfiguration<AccountBalance>
{
    public void Configure(EntityTypeBuilder<AccountBalance> builder)
    {
        builder.ToTable(LedgerColumns.NoBucketIsNegative);
        builder.HasKey(balance => new { balance.AccountId, balance.StoreId, balance.CurrencyCode });
        LedgerColumns.CurrencyCode(builder.Property(balance => balance.CurrencyCode));
        builder.ComplexProperty(balance => balance.Buckets, LedgerColumns.Buckets);
        builder.HasOne(balance => balance.Account).WithMany().HasForeignKey(balance => balance.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(balance => balance.Store).WithMany().HasForeignKey(balance => balance.StoreId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint(
            "CK_LedgerEntries_Movement",
            "AmountMinor > 0 AND \"From\" <> \"To\" AND Sequence > 0 AND AvailableAfter >= 0 AND AccountAvailableAfter >= 0 AND AccountAuthorizedAfter >= 0"));
        builder.HasIndex(entry => new { entry.AccountId, entry.Sequence }).IsUnique();
        builder.HasIndex(entry => new { entry.CreditId, entry.Sequence });
        builder.HasIndex(entry => entry.EffectiveOn);
        builder.HasIndex(entry => entry.EffectiveOn, "IX_LedgerEntries_GivenByHand").HasFilter("ActorKind = 1 AND \"From\" = 0");
        builder.HasIndex(entry => new { entry.AccountId, entry.StoreId, entry.CurrencyCode, entry.EffectiveOn, entry.Sequence, entry.IsBackDated })
            .HasDatabaseName("IX_LedgerEntries_ByEffect");
        builder.HasIndex(entry => new { entry.AccountId, entry.StoreId, entry.CurrencyCode, entry.Sequence, entry.EffectiveOn })
            .HasDatabaseName("IX_LedgerEntries_BackDated").HasFilter("IsBackDated");
        builder.HasIndex(entry => entry.OrderNumber).HasFilter("OrderNumber IS NOT NULL");
        LedgerColumns.CurrencyCode(builder.Property(entry => entry.CurrencyCode));
        builder.HasOne(entry => entry.Operation).WithMany().HasForeignKey(entry => entry.OperationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(entry => entry.Account).WithMany().HasForeignKey(entry => entry.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(entry => entry.Credit).WithMany().HasForeignKey(entry => entry.CreditId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(entry => entry.Reason).WithMany().HasForeignKey(entry => entry.ReasonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(entry => entry.Authorization).WithMany().HasForeignKey(entry => entry.AuthorizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LedgerAnchorConfiguration : IEntityTypeConfiguration<LedgerAnchor>
{
    public void Configure(EntityTypeBuilder<LedgerAnchor> builder) => builder.HasIndex(anchor => anchor.Day).IsUnique();
}

internal sealed class OperationConfiguration : IEntityTypeConfiguration<Operation>
{
    public void Configure(EntityTypeBuilder<Operation> builder)
    {
        builder.HasIndex(operation => operation.Key).IsUnique();
        builder.Property(operation => operation.Key).HasMaxLength(Operation.MaxKeyLength);
    }
}

internal sealed class OperationOutcomeConfiguration : IEntityTypeConfiguration<OperationOutcome>
{
    public void Configure(EntityTypeBuilder<OperationOutcome> builder)
    {
        builder.HasKey(outcome => outcome.OperationId);
        builder.HasOne(outcome => outcome.Operation).WithOne().HasForeignKey<OperationOutcome>(outcome => outcome.OperationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AuthorizationConfiguration : IEntityTypeConfiguration<Authorization>
{
    public void Configure(EntityTypeBuilder<Authorization> builder)
    {
        builder.HasIndex(authorization => authorization.Code).IsUnique();
        builder.HasIndex(authorization => new { authorization.OrderNumber, authorization.StoreId, authorization.CurrencyCode });
        builder.HasIndex(authorization => new { authorization.InvoiceNumber, authorization.StoreId, authorization.CurrencyCode }).HasFilter("InvoiceNumber IS NOT NULL");
        builder.HasIndex(authorization => authorization.ExpiresAt).HasFilter("IsOpen");
        builder.HasIndex(authorization => authorization.CreatedAt).HasDatabaseName("IX_Authorizations_OpenByAge").HasFilter("IsOpen");
        builder.HasIndex(authorization => authorization.AccountId);
        LedgerColumns.CurrencyCode(builder.Property(authorization => authorization.CurrencyCode));
        builder.HasOne(authorization => authorization.Account).WithMany().HasForeignKey(authorization => authorization.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(authorization => authorization.Store).WithMany().HasForeignKey(authorization => authorization.StoreId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(authorization => authorization.Contact).WithMany().HasForeignKey(authorization => authorization.ContactId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(authorization => authorization.OrderNumber).HasMaxLength(Authorization.MaxOrderNumberLength);
        builder.Property(authorization => authorization.InvoiceNumber).HasMaxLength(Authorization.MaxOrderNumberLength);
        builder.Ignore(authorization => authorization.Currency);
        builder.HasMany(authorization => authorization.Lines).WithOne(line => line.Authorization).HasForeignKey(line => line.AuthorizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AuthorizationLineConfiguration : IEntityTypeConfiguration<AuthorizationLine>
{
    public void Configure(EntityTypeBuilder<AuthorizationLine> builder)
    {
        builder.ToTable("AuthorizationLines", table => table.HasCheckConstraint(
            "CK_AuthorizationLines_Amounts",
            "AuthorizedMinor > 0 AND CapturedMinor >= 0 AND ReleasedMinor >= 0 AND RefundedMinor >= 0 AND CapturedMinor + ReleasedMinor <= AuthorizedMinor AND RefundedMinor <= CapturedMinor"));
        builder.HasIndex(line => line.CreditId);
        builder.HasOne(line => line.Credit).WithMany().HasForeignKey(line => line.CreditId).OnDelete(DeleteBehavior.Restrict);
    }
}
