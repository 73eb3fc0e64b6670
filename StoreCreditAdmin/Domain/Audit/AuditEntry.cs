namespace StoreCreditAdmin.Domain.Audit;

/// <summary>Who did, or was refused, what, when and why, with old and new values. Never changed, never deleted.</summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    public AuditEntry(DateTimeOffset at, Actor actor, string action)
    {
        At = at;
        ActorKind = actor.Kind;
        ActorId = actor.Id;
        ActorName = actor.Name;
        Action = action;
    }

    public long Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public ActorKind ActorKind { get; private set; }

    public string ActorId { get; private set; } = "";

    public string ActorName { get; private set; } = "";

    /// <summary>Noun and verb, such as <c>credit.issue</c> or <c>account.hold</c>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>What it was done to, as people call it: a name, an e-mail address, a code.</summary>
    public string? Subject { get; init; }

    /// <summary>The public id of what it was done to.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The account that it concerns, so that the account's history finds it.</summary>
    public long? AccountId { get; init; }

    public string? Reason { get; init; }

    public string? Note { get; init; }

    /// <summary>The values before, as a JSON object of the fields that changed.</summary>
    public string? OldValues { get; init; }

    public string? NewValues { get; init; }

    /// <summary>The refusal's code when it was refused; null when it was done.</summary>
    public string? RefusalCode { get; init; }

    public Guid? OperationId { get; init; }
}
