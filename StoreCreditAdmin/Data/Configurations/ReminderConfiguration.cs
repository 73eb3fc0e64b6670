using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Reminders;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class ExpiryReminderConfiguration : IEntityTypeConfiguration<ExpiryReminder>
{
    public void Configure(EntityTypeBuilder<ExpiryReminder> builder)
    {
        builder.HasKey(reminder => new { reminder.AccountId, reminder.StoreId, reminder.CurrencyCode, reminder.ExpiresOn });
        LedgerColumns.CurrencyCode(builder.Property(reminder => reminder.CurrencyCode));
        builder.HasOne<Account>().WithMany().HasForeignKey(reminder => reminder.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Store>().WithMany().HasForeignKey(reminder => reminder.StoreId).OnDelete(DeleteBehavior.Restrict);
    }
}
