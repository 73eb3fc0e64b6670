namespace StoreCreditAdmin.Domain.Access;

/// <summary>A key of the HTTP API. Only its hash is kept; the key itself is shown once, when it is made.</summary>
public sealed class ApiKey
{
    public const int MaxNameLength = 100;

    private ApiKey()
    {
    }

    public ApiKey(Guid publicId, string name, string prefix, byte[] hash, IEnumerable<string> scopes, string createdBy, DateTimeOffset createdAt)
    {
        PublicId = publicId;
        Name = name;
        Prefix = prefix;
        Hash = hash;
        ScopeList = string.Join(',', scopes);
        CreatedBy = createdBy;
        CreatedAt = createdAt;
    }

    public int Id { get; private set; }

    public Guid PublicId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The first characters of the key, by which people tell keys apart.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>SHA-256 of the whole key; enough, since the key is random and long.</summary>
    public byte[] Hash { get; private set; } = [];

    public string ScopeList { get; private set; } = "";

    public IReadOnlyList<string> Scopes => ScopeList.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public string? RevokedBy { get; private set; }

    public void Revoke(Actor actor, DateTimeOffset at)
    {
        RevokedAt ??= at;
        RevokedBy ??= actor.Name;
    }
}
