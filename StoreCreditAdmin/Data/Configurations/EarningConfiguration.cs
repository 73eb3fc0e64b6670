using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class EarningSettingsConfiguration : IEntityTypeConfiguration<EarningSettings>
{
    public void Configure(EntityTypeBuilder<EarningSettings> builder)
    {
        builder.ToTable("EarningSettings", table => table.HasCheckConstraint("CK_EarningSettings_One", $"Id = {EarningSettings.TheOne}"));
        builder.Property(settings => settings.Version).IsConcurrencyToken();
        builder.OwnsMany(settings => settings.MethodExpiries, expiries =>
        {
            expiries.ToTable("EarningMethodExpiries");
            expiries.WithOwner().HasForeignKey("SettingsId");
            expiries.HasKey("SettingsId", nameof(MethodExpiry.Method));
            expiries.Property(expiry => expiry.Method).HasConversion<string>().HasMaxLength(EarningColumns.MaxMethodLength);
        });
        builder.HasData(new { Id = EarningSettings.TheOne, ModuleEnabled = true, SameForAll = true, DefaultExpiry = ExpiryPolicy.Never, Version = 0 });
    }
}

internal sealed class EarningRuleConfiguration : IEntityTypeConfiguration<EarningRule>
{
    public void Configure(EntityTypeBuilder<EarningRule> builder)
    {
        builder.HasIndex(rule => rule.PublicId).IsUnique();
        builder.HasIndex(rule => new { rule.StoreId, rule.Method }).IsUnique().HasFilter("DeletedAt IS NULL");
        builder.Property(rule => rule.Method).HasConversion<string>().HasMaxLength(EarningColumns.MaxMethodLength);
        builder.Property(rule => rule.Version).IsConcurrencyToken();
        builder.Ignore(rule => rule.Current);
        builder.HasOne(rule => rule.Store).WithMany().HasForeignKey(rule => rule.StoreId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(rule => rule.Versions).WithOne(version => version.Rule).HasForeignKey(version => version.RuleId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class EarningRuleVersionConfiguration : IEntityTypeConfiguration<EarningRuleVersion>
{
    public void Configure(EntityTypeBuilder<EarningRuleVersion> builder)
    {
        builder.HasIndex(version => new { version.RuleId, version.Number }).IsUnique();
        LedgerColumns.CurrencyCode(builder.Property(version => version.CurrencyCode));
        builder.Ignore(version => version.Currency);
        builder.Property(version => version.Terms).HasConversion(new RuleTermsConverter(), RuleTermsConverter.Comparer);
        builder.HasOne(version => version.Type).WithMany().HasForeignKey(version => version.TypeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AwardConfiguration : IEntityTypeConfiguration<Award>
{
    public void Configure(EntityTypeBuilder<Award> builder)
    {
        builder.ToTable("Awards", table => table.HasCheckConstraint(
            "CK_Awards_Amounts",
            "AmountMinor >= 0 AND ReclaimedMinor >= 0 AND ShortfallMinor >= 0 AND ReclaimedMinor + ShortfallMinor <= DueMinor AND DueMinor <= AmountMinor "
            + "AND (AmountMinor > 0) = (CreditId IS NOT NULL) AND (AmountMinor > 0) = (Reason IS NULL)"));
        builder.HasIndex(award => award.PublicId).IsUnique();
        builder.HasIndex(award => new { award.OrderId, award.Method }).IsUnique().HasFilter("OrderId IS NOT NULL");
        builder.HasIndex(award => new { award.AccountId, award.StoreId }).IsUnique().HasFilter("OrderId IS NULL").HasDatabaseName("IX_Awards_Registration");
        builder.HasIndex(award => new { award.AccountId, award.Id });
        builder.HasIndex(award => new { award.RuleId, award.AccountId, award.Id });
        builder.HasIndex(award => award.Id).HasFilter("ShortfallMinor > 0").HasDatabaseName("IX_Awards_Shortfall");
        LedgerColumns.CurrencyCode(builder.Property(award => award.CurrencyCode));
        builder.Ignore(award => award.Currency);
        builder.Property(award => award.Method).HasConversion<string>().HasMaxLength(EarningColumns.MaxMethodLength);
        builder.Property(award => award.Reason).HasMaxLength(Award.MaxReasonLength);
        builder.HasOne(award => award.RuleVersion).WithMany().HasForeignKey(award => award.RuleVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(award => award.Account).WithMany().HasForeignKey(award => award.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(award => award.Order).WithMany().HasForeignKey(award => award.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(award => award.Credit).WithMany().HasForeignKey(award => award.CreditId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class EarningColumns
{
    public const int MaxMethodLength = 20;
}
