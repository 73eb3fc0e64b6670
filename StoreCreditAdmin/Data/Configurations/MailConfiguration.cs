using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class MailConfiguration : IEntityTypeConfiguration<Mail>
{
    public void Configure(EntityTypeBuilder<Mail> builder)
    {
        builder.ToTable("Mails");
        builder.HasIndex(mail => mail.PublicId).IsUnique();
        builder.HasIndex(mail => new { mail.Occasion, mail.AddressKey }).IsUnique();
        builder.HasIndex(mail => new { mail.State, mail.NextTryAt });
        builder.HasIndex(mail => new { mail.State, mail.CanWait, mail.NextTryAt });
        builder.HasIndex(mail => new { mail.State, mail.Id });
        builder.HasIndex(mail => new { mail.Kind, mail.Id });
        builder.HasIndex(mail => new { mail.AccountId, mail.Id });
        builder.Property(mail => mail.Occasion).HasMaxLength(Mail.MaxOccasionLength);
        builder.Property(mail => mail.Address).HasMaxLength(Mail.MaxAddressLength);
        builder.Property(mail => mail.AddressKey).HasMaxLength(Mail.MaxAddressLength);
        builder.Property(mail => mail.Name).HasMaxLength(Contact.MaxNameLength);
        builder.Property(mail => mail.Subject).HasMaxLength(Mail.MaxSubjectLength);
        builder.Property(mail => mail.LastError).HasMaxLength(OutboxDelivery.MaxErrorLength);
        builder.HasOne(mail => mail.Account).WithMany().HasForeignKey(mail => mail.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StatementMailRunConfiguration : IEntityTypeConfiguration<StatementMailRun>
{
    public void Configure(EntityTypeBuilder<StatementMailRun> builder)
    {
        builder.HasKey(run => new { run.StoreId, run.Month });
        builder.HasOne<Store>().WithMany().HasForeignKey(run => run.StoreId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MailTemplateConfiguration : IEntityTypeConfiguration<MailTemplate>
{
    public void Configure(EntityTypeBuilder<MailTemplate> builder)
    {
        builder.ToTable("MailTemplates", table => table.HasCheckConstraint("CK_MailTemplates_Whole", "Number > 0 AND (Subject IS NULL) = (Body IS NULL)"));
        builder.HasKey(text => new { text.Kind, text.Language, text.Number });
        builder.Property(text => text.Language).HasMaxLength(Language.MaxTagLength);
        builder.Property(text => text.Subject).HasMaxLength(MailTemplate.MaxSubjectLength);
        builder.Property(text => text.Body).HasMaxLength(MailTemplate.MaxBodyLength);
        builder.Property(text => text.ActorName).HasMaxLength(Actor.MaxNameLength);
    }
}

internal sealed class MailSettingsConfiguration : IEntityTypeConfiguration<MailSettings>
{
    public void Configure(EntityTypeBuilder<MailSettings> builder)
    {
        builder.ToTable("MailSettings", table => table.HasCheckConstraint(
            "CK_MailSettings_One", $"Id = {MailSettings.TheOne} AND DaysAhead BETWEEN 0 AND {MailSettings.MaxDaysAhead}"));
        builder.Property(settings => settings.RefundNote).HasMaxLength(MailSettings.MaxRefundNoteLength);
        builder.Property(settings => settings.Version).IsConcurrencyToken();
        builder.HasData(new { Id = MailSettings.TheOne, CreditReceived = true, CreditRedeemed = true, CreditExpiring = true, RefundedWithCredit = true, MonthlyStatement = true, DaysAhead = 3, RefundNote = $"Refund for order {MailSettings.OrderNumberField}", Version = 0 });
    }
}
