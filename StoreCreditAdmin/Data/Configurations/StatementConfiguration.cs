using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Statements;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class StatementBatchConfiguration : IEntityTypeConfiguration<StatementBatch>
{
    public void Configure(EntityTypeBuilder<StatementBatch> builder)
    {
        builder.HasIndex(batch => batch.PublicId).IsUnique();
        builder.HasIndex(batch => batch.StartedAt);
        builder.HasIndex(batch => new { batch.State, batch.LastProgressAt }).HasDatabaseName("IX_StatementBatches_ToLookAfter").HasFilter("NOT FileRemoved");
        builder.Property(batch => batch.ActorName).HasMaxLength(Actor.MaxNameLength);
        builder.Ignore(batch => batch.KeptUntil).Ignore(batch => batch.CanGoOn);
        builder.ComplexProperty(batch => batch.Terms, terms =>
        {
            terms.Property(one => one.From).HasColumnName("From");
            terms.Property(one => one.To).HasColumnName("To");
            terms.Property(one => one.CurrencyCode).HasColumnName("CurrencyCode").HasMaxLength(3).IsFixedLength();
            terms.Property(one => one.Accounts).HasColumnName("Accounts");
            terms.Property(one => one.Query).HasColumnName("Query").HasMaxLength(StatementBatch.MaxQueryLength);
            terms.Property(one => one.ForCustomer).HasColumnName("ForCustomer");
            terms.Property(one => one.Form).HasColumnName("Form");
            terms.Property(one => one.Paper).HasColumnName("Paper").HasMaxLength(20);
            terms.Property(one => one.Culture).HasColumnName("Culture").HasMaxLength(20);
        });
        builder.HasOne<Store>().WithMany().HasForeignKey(batch => batch.StoreId).OnDelete(DeleteBehavior.Restrict);
    }
}
