using StoreCreditAdmin.Data;

namespace StoreCreditAdmin.Features.Staff;

/// <summary>A person of the staff as the list shows them.</summary>
public sealed record StaffView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }

    public required StaffStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal static StaffView Of(StaffUser user, string role, DateTimeOffset now) => new()
    {
        Id = user.Id,
        Name = user.DisplayName,
        Email = user.Email!,
        Role = role,
        Status = user.Disabled ? StaffStatus.Disabled
            : user.PasswordHash is null ? StaffStatus.Invited
            : user.LockoutEnd > now ? StaffStatus.Locked
            : StaffStatus.Active,
        CreatedAt = user.CreatedAt,
    };
}

public enum StaffStatus
{
    /// <summary>Has not taken the link yet.</summary>
    Invited,
    Active,

    /// <summary>For a while, after too many wrong passwords.</summary>
    Locked,
    Disabled,
}

public sealed record InviteRequest
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Role { get; init; }
}

/// <summary>A person and the path of the link by which they set their password. Links are shown, never kept.</summary>
public sealed record StaffLink(StaffView Person, string Path);
