using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Journal;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class AccountMappingVersionConfiguration : IEntityTypeConfiguration<AccountMappingVersion>
{
    public void Configure(EntityTypeBuilder<AccountMappingVersion> builder)
    {
        builder.ToTable("AccountMappings");
        builder.HasKey(version => version.Number);
        builder.Property(version => version.Number).ValueGeneratedNever();
        builder.Property(version => version.ActorName).HasMaxLength(Actor.MaxNameLength);
        builder.Property(version => version.Mapping).HasConversion(new JsonColumn<AccountMapping>(), JsonColumn<AccountMapping>.Comparer);
        builder.HasData(new { Number = 1, Mapping = AccountMapping.Delivered, ActorName = "StoreCreditAdmin", At = DateTimeOffset.UnixEpoch });
    }
}

internal sealed class JournalExportConfiguration : IEntityTypeConfiguration<JournalExport>
{
    public void Configure(EntityTypeBuilder<JournalExport> builder)
    {
        builder.ToTable("JournalExports", table => table.HasCheckConstraint("CK_JournalExports_Range", "\"From\" <= \"To\" AND Entries >= 0 AND (Entries > 0) = (LastEntryId IS NOT NULL)"));
        builder.HasIndex(export => export.PublicId).IsUnique();
        builder.HasIndex(export => new { export.StoreId, export.From }).IsUnique();
        builder.HasIndex(export => new { export.StoreId, export.To }).IsUnique();
        builder.Property(export => export.ActorName).HasMaxLength(Actor.MaxNameLength);
        builder.Property(export => export.Totals).HasConversion(new JsonColumn<IReadOnlyList<JournalAccountTotal>>(), JsonColumn<IReadOnlyList<JournalAccountTotal>>.Comparer);
        builder.Property(export => export.Files).HasConversion(new JsonColumn<IReadOnlyList<JournalFile>>(), JsonColumn<IReadOnlyList<JournalFile>>.Comparer);
        builder.HasOne(export => export.Store).WithMany().HasForeignKey(export => export.StoreId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<AccountMappingVersion>().WithMany().HasForeignKey(export => export.MappingNumber).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Stored as JSON; for what never changes once it is written.</summary>
internal sealed class JsonColumn<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
    text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!)
    where T : class
{
    public static ValueComparer<T> Comparer { get; } = new((left, right) => ReferenceEquals(left, right), value => value.GetHashCode(), value => value);
}
