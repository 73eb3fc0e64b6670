using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Jobs;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class JobRunConfiguration : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.HasIndex(run => new { run.Job, run.Id });
        builder.HasIndex(run => new { run.Job, run.StartedAt });
        builder.HasIndex(run => new { run.Outcome, run.Id });
        builder.Property(run => run.Job).HasMaxLength(JobRun.MaxJobLength);
        builder.Property(run => run.AskedBy).HasMaxLength(Actor.MaxNameLength);
        builder.Property(run => run.Did).HasMaxLength(JobRun.MaxTextLength);
        builder.Property(run => run.Error).HasMaxLength(JobRun.MaxTextLength);
    }
}

internal sealed class JobLeaseConfiguration : IEntityTypeConfiguration<JobLease>
{
    public void Configure(EntityTypeBuilder<JobLease> builder)
    {
        builder.HasKey(lease => lease.Job);
        builder.Property(lease => lease.Job).HasMaxLength(JobRun.MaxJobLength);
        builder.HasOne(lease => lease.Run).WithMany().HasForeignKey(lease => lease.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}
