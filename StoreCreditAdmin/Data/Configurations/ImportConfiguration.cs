using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Import;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.HasIndex(run => run.PublicId).IsUnique();
        builder.HasIndex(run => run.FileHash);
        builder.HasIndex(run => run.StartedAt);
        builder.Property(run => run.FileName).HasMaxLength(ImportRun.MaxFileNameLength);
        builder.Property(run => run.ActorName).HasMaxLength(Actor.MaxNameLength);
        builder.Ignore(run => run.IsUnfinished);
    }
}

internal sealed class ImportedAccountConfiguration : IEntityTypeConfiguration<ImportedAccount>
{
    public void Configure(EntityTypeBuilder<ImportedAccount> builder)
    {
        builder.HasKey(made => new { made.RunId, made.AccountId });
        builder.HasIndex(made => made.AccountId).IsUnique();
        builder.HasOne<ImportRun>().WithMany().HasForeignKey(made => made.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(made => made.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
