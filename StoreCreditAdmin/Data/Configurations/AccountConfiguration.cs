using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Access;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Audit;

namespace StoreCreditAdmin.Data.Configurations;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.HasIndex(account => account.PublicId).IsUnique();
        builder.HasIndex(account => account.ExternalId).IsUnique();
        builder.HasIndex(account => account.CardNumber).IsUnique();
        builder.HasIndex(account => new { account.NameKey, account.Id });
        builder.HasIndex(account => account.HeldSince).HasFilter("HeldSince IS NOT NULL");
        builder.HasIndex(account => account.Id, "IX_Accounts_AskingForStatements").HasFilter("StatementsSince IS NOT NULL");
        builder.Property(account => account.Name).HasMaxLength(Account.MaxNameLength);
        builder.Property(account => account.ExternalId).HasMaxLength(Account.MaxExternalIdLength);
        builder.Property(account => account.HoldNote).HasMaxLength(Account.MaxNoteLength);
        builder.Property(account => account.Language).HasMaxLength(Language.MaxTagLength);
        builder.HasOne(account => account.HoldReason).WithMany().HasForeignKey(account => account.HoldReasonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.HasIndex(contact => contact.PublicId).IsUnique();
        builder.HasIndex(contact => contact.EmailKey);
        builder.HasIndex(contact => contact.PersonEmailKey).IsUnique();
        builder.Property(contact => contact.Name).HasMaxLength(Contact.MaxNameLength);
        builder.Property(contact => contact.Email).HasMaxLength(Contact.MaxEmailLength);
        builder.Property(contact => contact.EmailKey).HasMaxLength(Contact.MaxEmailLength);
        builder.Property(contact => contact.PersonEmailKey).HasMaxLength(Contact.MaxEmailLength);
        builder.Property(contact => contact.Phone).HasMaxLength(Contact.MaxPhoneLength);
        builder.HasOne(contact => contact.Account).WithMany(account => account.Contacts).HasForeignKey(contact => contact.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CustomerLinkConfiguration : IEntityTypeConfiguration<CustomerLink>
{
    public void Configure(EntityTypeBuilder<CustomerLink> builder)
    {
        builder.HasIndex(link => link.PublicId).IsUnique();
        builder.HasIndex(link => link.TokenHash).IsUnique();
        builder.HasIndex(link => new { link.AccountId, link.ExpiresAt }).HasFilter("RevokedAt IS NULL");
        builder.Property(link => link.CreatedBy).HasMaxLength(Actor.MaxNameLength);
        builder.HasOne(link => link.Account).WithMany().HasForeignKey(link => link.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => entry.At, "IX_AuditEntries_Refused").HasFilter("RefusalCode IS NOT NULL");
        builder.HasIndex(entry => new { entry.AccountId, entry.At }).HasFilter("AccountId IS NOT NULL");
        builder.HasIndex(entry => new { entry.SubjectId, entry.At });
        builder.HasIndex(entry => new { entry.ActorId, entry.At });
        builder.HasIndex(entry => new { entry.Action, entry.At });
        builder.Property(entry => entry.ActorName).HasMaxLength(Actor.MaxNameLength);
    }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.HasIndex(key => key.PublicId).IsUnique();
        builder.HasIndex(key => key.Hash).IsUnique();
        builder.Property(key => key.Name).HasMaxLength(ApiKey.MaxNameLength);
        builder.Ignore(key => key.Scopes);
    }
}
