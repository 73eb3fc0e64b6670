using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain.Orders;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class PromoCodeConfiguration : IEntityTypeConfiguration<PromoCode>
{
    public void Configure(EntityTypeBuilder<PromoCode> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_PromoCodes_Amounts", "AmountMinor > 0 AND PerCustomer > 0 AND (Total IS NULL OR Total > 0)"));
        builder.HasIndex(code => code.CodeKey).IsUnique();
        builder.Property(code => code.Code).HasMaxLength(PromoCode.MaxCodeLength);
        builder.Property(code => code.CodeKey).HasMaxLength(PromoCode.MaxCodeLength);
        LedgerColumns.CurrencyCode(builder.Property(code => code.CurrencyCode));
        builder.Ignore(code => code.Currency);
        builder.HasOne(code => code.Type).WithMany().HasForeignKey(code => code.TypeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(code => code.ReferrerAccount).WithMany().HasForeignKey(code => code.ReferrerAccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PromoCodeUseConfiguration : IEntityTypeConfiguration<PromoCodeUse>
{
    public void Configure(EntityTypeBuilder<PromoCodeUse> builder)
    {
        builder.HasIndex(use => new { use.PromoCodeId, use.OrderNumber }).IsUnique();
        builder.HasIndex(use => new { use.PromoCodeId, use.AccountId });
        builder.Property(use => use.OrderNumber).HasMaxLength(Order.MaxNumberLength);
        builder.HasOne(use => use.PromoCode).WithMany().HasForeignKey(use => use.PromoCodeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(use => use.Account).WithMany().HasForeignKey(use => use.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(use => use.ReferrerCredit).WithMany().HasForeignKey(use => use.ReferrerCreditId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(use => use.Credit).WithMany().HasForeignKey(use => use.CreditId).OnDelete(DeleteBehavior.Restrict);
    }
}
