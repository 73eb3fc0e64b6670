namespace StoreCreditAdmin.Domain.Accounts;

/// <summary>A link by which a customer sees their own store credit. Only the hash of its token is kept; the link itself is shown once, when it is made.</summary>
public sealed class CustomerLink
{
    private CustomerLink()
    {
    }

    public CustomerLink(Guid publicId, Account account, byte[] tokenHash, string createdBy, DateTimeOffset createdAt, DateTimeOffset expiresAt)
    {
        PublicId = publicId;
        Account = account;
        AccountId = account.Id;
        TokenHash = tokenHash;
        CreatedBy = createdBy;
        CreatedAt = createdAt;
        ExpiresAt = expiresAt;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    /// <summary>SHA-256 of the token; enough, since the token is random and long.</summary>
    public byte[] TokenHash { get; private set; } = [];

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public DateTimeOffset? LastOpenedAt { get; private set; }

    public void Revoke(DateTimeOffset at) => RevokedAt ??= at;

    public void Opened(DateTimeOffset at) => LastOpenedAt = at;
}
