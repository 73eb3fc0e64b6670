using System.Collections.Frozen;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Security;

/// <summary>
/// Who calls a service and what they may do. For staff, <see cref="SecurityStamp"/> is the one of their sign-in:
/// services compare it with the stored one, so that a disabled or changed person can do nothing from the next call on.
/// </summary>
public sealed class Caller
{
    private readonly FrozenSet<Permission> permissions;

    private Caller(Actor actor, IEnumerable<Permission> permissions, string? securityStamp)
    {
        Actor = actor;
        this.permissions = permissions.ToFrozenSet();
        SecurityStamp = securityStamp;
    }

    public Actor Actor { get; }

    public string? SecurityStamp { get; }

    public static Caller Staff(string id, string name, string securityStamp, IEnumerable<string> roles) =>
        new(new Actor(ActorKind.Staff, id, name), roles.SelectMany(Roles.PermissionsOf), securityStamp);

    public static Caller ApiKey(Guid id, string name, IEnumerable<string> scopes) =>
        new(new Actor(ActorKind.ApiKey, id.ToString(), name), scopes.SelectMany(Scopes.PermissionsOf), null);

    /// <summary>The person at the machine itself, who can read the database file anyway.</summary>
    public static Caller CommandLine(string userName) =>
        new(new Actor(ActorKind.CommandLine, userName, userName), Enum.GetValues<Permission>(), null);

    public static Caller Job(string name) => new(Actor.Job(name), Enum.GetValues<Permission>(), null);

    public bool May(Permission permission) => permissions.Contains(permission);
}
