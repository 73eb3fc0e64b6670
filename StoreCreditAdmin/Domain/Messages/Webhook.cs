namespace StoreCreditAdmin.Domain.Messages;

/// <summary>Where messages go: an address that gets them by signed POST.</summary>
public sealed class Webhook
{
    public const int MaxUrlLength = 500;

    private Webhook()
    {
    }

    /// <param name="lastMessageId">The last message that it shall not get.</param>
    public Webhook(Guid publicId, string url, string protectedSecret, long lastMessageId, string createdBy, DateTimeOffset createdAt)
    {
        PublicId = publicId;
        Url = url;
        ProtectedSecret = protectedSecret;
        LastMessageId = lastMessageId;
        CreatedBy = createdBy;
        CreatedAt = createdAt;
    }

    public int Id { get; private set; }

    public Guid PublicId { get; private set; }

    public string Url { get; set; } = "";

    /// <summary>The signing secret, encrypted with the application's data-protection keys.</summary>
    public string ProtectedSecret { get; private set; } = "";

    /// <summary>The secret before, which signs beside the new one until <see cref="PreviousSecretUntil"/>.</summary>
    public string? PreviousProtectedSecret { get; private set; }

    public DateTimeOffset? PreviousSecretUntil { get; private set; }

    /// <summary>While it is off, messages stay for it and are sent when it is on again.</summary>
    public bool Active { get; set; } = true;

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>A removed webhook stays for what it was sent.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>All messages up to this one have been handed to it.</summary>
    public long LastMessageId { get; private set; }

    /// <summary>The process that sends to it now, so that no other does, until <see cref="SendingUntil"/>.</summary>
    public Guid? SendingBy { get; private set; }

    public DateTimeOffset? SendingUntil { get; private set; }

    public DateTimeOffset? LastDeliveredAt { get; private set; }

    /// <summary>What went wrong at the last try; null when it was delivered.</summary>
    public string? LastError { get; private set; }

    public bool MayBeSentTo(Guid by, DateTimeOffset now) =>
        Active && RemovedAt is null && (SendingBy is null || SendingBy == by || SendingUntil <= now);

    public void Take(Guid by, DateTimeOffset until) => (SendingBy, SendingUntil) = (by, until);

    public void LetGo() => (SendingBy, SendingUntil) = (null, null);

    public void Tried(string? error, DateTimeOffset at)
    {
        LastError = error;
        LastDeliveredAt = error is null ? at : LastDeliveredAt;
    }

    public void HandedOut(long messageId) => LastMessageId = messageId;

    public void ChangeSecret(string protectedSecret, DateTimeOffset previousUntil)
    {
        (PreviousProtectedSecret, PreviousSecretUntil) = (ProtectedSecret, previousUntil);
        ProtectedSecret = protectedSecret;
    }

    public void Remove(DateTimeOffset at)
    {
        RemovedAt ??= at;
        Active = false;
        PreviousProtectedSecret = null;
    }

    /// <summary>The secrets that sign at a moment, the newest first.</summary>
    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) =>
        PreviousProtectedSecret is { } previous && PreviousSecretUntil > now ? [ProtectedSecret, previous] : [ProtectedSecret];
}
