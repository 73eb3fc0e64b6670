using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.HasIndex(message => message.PublicId).IsUnique();
        builder.HasIndex(message => new { message.State, message.Id });
        builder.HasIndex(message => new { message.Kind, message.Id });
        builder.HasIndex(message => new { message.AccountId, message.Id }).HasFilter("AccountId IS NOT NULL");
        builder.HasIndex(message => message.OrderNumber).HasFilter("OrderNumber IS NOT NULL");
        builder.HasIndex(message => new { message.State, message.CreatedAt }).HasDatabaseName("IX_OutboxMessages_Passing").HasFilter("OrderNumber IS NULL");
        builder.HasMany(message => message.Deliveries).WithOne(delivery => delivery.Message).HasForeignKey(delivery => delivery.MessageId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OutboxDeliveryConfiguration : IEntityTypeConfiguration<OutboxDelivery>
{
    public void Configure(EntityTypeBuilder<OutboxDelivery> builder)
    {
        builder.ToTable("OutboxDeliveries");
        builder.HasIndex(delivery => new { delivery.MessageId, delivery.WebhookId }).IsUnique();
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.State, delivery.NextTryAt });
        builder.Property(delivery => delivery.LastError).HasMaxLength(OutboxDelivery.MaxErrorLength);
        builder.HasOne(delivery => delivery.Webhook).WithMany().HasForeignKey(delivery => delivery.WebhookId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.HasIndex(webhook => webhook.PublicId).IsUnique();
        builder.Property(webhook => webhook.Url).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(webhook => webhook.LastError).HasMaxLength(OutboxDelivery.MaxErrorLength);
        builder.Property(webhook => webhook.CreatedBy).HasMaxLength(Actor.MaxNameLength);
    }
}
