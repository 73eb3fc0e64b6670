namespace StoreCreditAdmin.Domain;

public enum ActorKind
{
    System = 0,
    Staff = 1,
    ApiKey = 2,
    CommandLine = 3,
}

/// <summary>Who did something: the kind, the id within the kind and the name as it was then.</summary>
public sealed record Actor(ActorKind Kind, string Id, string Name)
{
    public const int MaxNameLength = 200;

    public static Actor Job(string name) => new(ActorKind.System, name, name);
}
