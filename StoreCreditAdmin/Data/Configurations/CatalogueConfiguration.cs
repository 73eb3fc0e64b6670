using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class StoreConfiguration : IEntityTypeConfiguration<Store>
{
    public void Configure(EntityTypeBuilder<Store> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint(
            "CK_Stores_Rules",
            $"AuthorizationMinutes BETWEEN 1 AND {Store.MaxAuthorizationMinutes} AND (CapPerAccountMinor IS NULL OR CapPerAccountMinor > 0) AND (Active = 1 OR IsDefault = 0) "
            + $"AND (ReturnedValueDays IS NULL OR ReturnedValueDays BETWEEN 1 AND {Store.MaxReturnedValueDays})"));
        builder.HasIndex(store => store.Code).IsUnique();
        builder.HasIndex(store => store.IsDefault).IsUnique().HasFilter("IsDefault = 1");
        builder.Property(store => store.Code).HasMaxLength(Store.MaxCodeLength);
        builder.Property(store => store.Name).HasMaxLength(Store.MaxNameLength);
        builder.Property(store => store.Address).HasMaxLength(Store.MaxAddressLength);
        builder.Property(store => store.Language).HasMaxLength(Language.MaxTagLength);
        builder.Property(store => store.Version).IsConcurrencyToken();
        LedgerColumns.CurrencyCode(builder.Property(store => store.CurrencyCode));
        builder.Ignore(store => store.Currency);
        builder.HasData(new
        {
            Id = 1,
            Code = "main",
            Name = "Main store",
            CurrencyCode = "USD",
            TimeZone = "UTC",
            Language = Language.English,
            IsDefault = true,
            Active = true,
            ApplyAfterCheckout = false,
            AuthorizationMinutes = Store.DefaultAuthorizationMinutes,
            Version = 0,
            AutoInvoiceKinds = "user,valet",
            CreditLineType = "store-credit",
        });
    }
}

internal sealed class CreditTypeConfiguration : IEntityTypeConfiguration<CreditType>
{
    public void Configure(EntityTypeBuilder<CreditType> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint(
            "CK_CreditTypes_Rules", $"Priority BETWEEN 0 AND {CreditType.MaxPriority} AND (MayExpire = 1 OR DefaultExpiry = 'never')"));
        builder.HasIndex(type => type.Code).IsUnique();
        builder.Property(type => type.Code).HasMaxLength(CreditType.MaxCodeLength);
        builder.Property(type => type.Name).HasMaxLength(CreditType.MaxNameLength);
        builder.Property(type => type.Version).IsConcurrencyToken();
        builder.HasData(
            Delivered(1, "store-credit", "Store Credit"),
            Delivered(2, "refund-credit", "Refund Credit"),
            Delivered(3, "return-credit", "Return Credit"),
            Delivered(4, "gift-card", "Gift Card", paidFor: true),
            Delivered(5, "promotion", "Promotion"),
            Delivered(6, "goodwill", "Goodwill"));
    }

    private static object Delivered(int id, string code, string name, bool paidFor = false) => new
    {
        Id = id,
        Code = code,
        Name = name,
        Priority = 0,
        PaidFor = paidFor,
        MayExpire = true,
        RequiresReason = false,
        DefaultExpiry = ExpiryPolicy.Never,
        Active = true,
        Version = 0,
    };
}

internal sealed class ReasonConfiguration : IEntityTypeConfiguration<Reason>
{
    public void Configure(EntityTypeBuilder<Reason> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_Reasons_Purposes", $"Purposes BETWEEN 1 AND {(int)ReasonPurposes.All}"));
        builder.HasIndex(reason => reason.Code).IsUnique();
        builder.Property(reason => reason.Code).HasMaxLength(Reason.MaxCodeLength);
        builder.Property(reason => reason.Name).HasMaxLength(Reason.MaxNameLength);
        builder.Property(reason => reason.Version).IsConcurrencyToken();
        builder.HasData(
            Delivered(1, "correction", "Correction"),
            Delivered(2, "customer-request", "Customer request"),
            Delivered(3, "goodwill", "Goodwill"),
            Delivered(4, "fraud", "Fraud"),
            Delivered(5, "overdue-payment", "Overdue payment"),
            Delivered(6, "duplicate", "Duplicate"));
    }

    private static object Delivered(int id, string code, string name) =>
        new { Id = id, Code = code, Name = name, Purposes = ReasonPurposes.All, Active = true, Version = 0 };
}
