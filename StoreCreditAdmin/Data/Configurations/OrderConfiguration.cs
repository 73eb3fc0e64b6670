using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain.Orders;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint(
            "CK_Orders_Amounts", "ItemsMinor >= 0 AND DiscountMinor >= 0 AND ShippingMinor >= 0 AND TaxMinor >= 0 AND TotalMinor >= 0"));
        builder.HasIndex(order => order.Number).IsUnique();
        builder.HasIndex(order => order.PublicId).IsUnique();
        builder.HasIndex(order => new { order.AccountId, order.PlacedAt });
        builder.HasIndex(order => order.PlacedAt);
        builder.HasIndex(order => order.PaidAt).HasFilter("BaseMinor IS NOT NULL");
        builder.HasIndex(order => new { order.StoreId, order.PlacedAt });
        builder.HasIndex(order => order.CustomerEmail);
        builder.Property(order => order.Number).HasMaxLength(Order.MaxNumberLength);
        LedgerColumns.CurrencyCode(builder.Property(order => order.CurrencyCode));
        builder.Ignore(order => order.Currency);
        builder.HasOne(order => order.Account).WithMany().HasForeignKey(order => order.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(order => order.Store).WithMany().HasForeignKey(order => order.StoreId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(order => order.Lines).WithOne(line => line.Order).HasForeignKey(line => line.OrderId);
        builder.HasMany(order => order.Payments).WithOne(payment => payment.Order).HasForeignKey(payment => payment.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(order => order.Refunds).WithOne(refund => refund.Order).HasForeignKey(refund => refund.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OrderLineConfiguration : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> builder)
    {
        builder.ToTable("OrderLines", table => table.HasCheckConstraint("CK_OrderLines_Amounts", "Quantity > 0 AND UnitPriceMinor >= 0"));
        builder.Property(line => line.Sku).HasMaxLength(OrderLine.MaxTextLength);
        builder.Property(line => line.Name).HasMaxLength(OrderLine.MaxTextLength);
        builder.Ignore(line => line.TotalMinor);
    }
}

internal sealed class OrderPaymentConfiguration : IEntityTypeConfiguration<OrderPayment>
{
    public void Configure(EntityTypeBuilder<OrderPayment> builder)
    {
        builder.ToTable("OrderPayments", table => table.HasCheckConstraint(
            "CK_OrderPayments_Amounts", "AmountMinor >= 0 AND RefundRequestedMinor >= 0 AND RefundRequestedMinor <= AmountMinor"));
        builder.HasIndex(payment => new { payment.OrderId, payment.ExternalId }).IsUnique();
        builder.Property(payment => payment.ExternalId).HasMaxLength(OrderPayment.MaxExternalIdLength);
        builder.Property(payment => payment.Method).HasMaxLength(OrderPayment.MaxMethodLength);
    }
}

internal sealed class OrderRefundConfiguration : IEntityTypeConfiguration<OrderRefund>
{
    public void Configure(EntityTypeBuilder<OrderRefund> builder)
    {
        builder.ToTable("OrderRefunds", table => table.HasCheckConstraint(
            "CK_OrderRefunds_Amounts", "MoneyMinor >= 0 AND ReturnedMinor >= 0 AND NewCreditMinor >= 0"));
        builder.HasIndex(refund => new { refund.OrderId, refund.RefundId }).IsUnique();
        builder.Property(refund => refund.RefundId).HasMaxLength(OrderRefund.MaxRefundIdLength);
        builder.Property(refund => refund.Note).HasMaxLength(OrderRefund.MaxNoteLength);
        builder.Ignore(refund => refund.AmountMinor);
        builder.HasOne(refund => refund.NewCredit).WithMany().HasForeignKey(refund => refund.NewCreditId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CardRefundConfiguration : IEntityTypeConfiguration<CardRefund>
{
    public void Configure(EntityTypeBuilder<CardRefund> builder)
    {
        builder.ToTable("CardRefunds", table => table.HasCheckConstraint("CK_CardRefunds_Amount", "AmountMinor > 0"));
        builder.HasIndex(refund => new { refund.OrderId, refund.RefundId }).IsUnique();
        builder.Property(refund => refund.RefundId).HasMaxLength(OrderRefund.MaxRefundIdLength);
        builder.HasOne(refund => refund.Order).WithMany().HasForeignKey(refund => refund.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(refund => refund.Payment).WithMany().HasForeignKey(refund => refund.PaymentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(refund => refund.Message).WithMany().HasForeignKey(refund => refund.MessageId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeferredEventConfiguration : IEntityTypeConfiguration<DeferredEvent>
{
    public void Configure(EntityTypeBuilder<DeferredEvent> builder)
    {
        builder.HasIndex(one => one.EventId).IsUnique();
        builder.HasIndex(one => one.Number).HasFilter("AppliedAt IS NULL");
    }
}
