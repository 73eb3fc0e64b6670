using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class DailyMovementConfiguration : IEntityTypeConfiguration<DailyMovement>
{
    public void Configure(EntityTypeBuilder<DailyMovement> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_DailyMovements_Sums", "AmountMinor > 0 AND Entries > 0"));
        builder.HasKey(sum => new { sum.EffectiveOn, sum.StoreId, sum.CurrencyCode, sum.TypeId, sum.IssueMonth, sum.Kind, sum.From, sum.To });
        LedgerColumns.CurrencyCode(builder.Property(sum => sum.CurrencyCode));
    }
}

internal sealed class MonthClosingConfiguration : IEntityTypeConfiguration<MonthClosing>
{
    public void Configure(EntityTypeBuilder<MonthClosing> builder)
    {
        builder.HasKey(closing => new { closing.Month, closing.StoreId, closing.CurrencyCode, closing.TypeId, closing.IssueMonth });
        LedgerColumns.CurrencyCode(builder.Property(closing => closing.CurrencyCode));
    }
}

internal sealed class MovementFoldConfiguration : IEntityTypeConfiguration<MovementFold>
{
    public void Configure(EntityTypeBuilder<MovementFold> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_MovementFolds_One", "Id = 1"));
        builder.Property(fold => fold.Id).ValueGeneratedNever();
    }
}
