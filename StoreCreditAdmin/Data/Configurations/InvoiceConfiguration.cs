using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain.Invoices;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class InvoiceConfiguration : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_Invoices_Amounts", "TotalMinor >= 0 AND CreditMinor >= 0 AND CreditMinor <= TotalMinor"));
        builder.HasIndex(invoice => invoice.Number).IsUnique();
        builder.HasIndex(invoice => invoice.PublicId).IsUnique();
        builder.HasIndex(invoice => new { invoice.AccountId, invoice.IssuedOn });
        builder.HasIndex(invoice => new { invoice.AccountId, invoice.StoreId, invoice.CurrencyCode, invoice.IssuedOn })
            .HasDatabaseName("IX_Invoices_Due").HasFilter("PaidAt IS NULL AND VoidedAt IS NULL AND CreditMinor < TotalMinor");
        builder.HasIndex(invoice => invoice.IssuedOn);
        builder.HasIndex(invoice => new { invoice.StoreId, invoice.IssuedOn });
        builder.HasIndex(invoice => new { invoice.Kind, invoice.IssuedOn });
        builder.HasIndex(invoice => invoice.DueOn);
        builder.Property(invoice => invoice.Number).HasMaxLength(Invoice.MaxNumberLength);
        builder.Property(invoice => invoice.Kind).HasMaxLength(Invoice.MaxKindLength);
        LedgerColumns.CurrencyCode(builder.Property(invoice => invoice.CurrencyCode));
        builder.Ignore(invoice => invoice.Currency);
        builder.HasOne(invoice => invoice.Account).WithMany().HasForeignKey(invoice => invoice.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(invoice => invoice.Store).WithMany().HasForeignKey(invoice => invoice.StoreId).OnDelete(DeleteBehavior.Restrict);
    }
}
