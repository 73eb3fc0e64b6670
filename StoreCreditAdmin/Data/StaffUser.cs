using Microsoft.AspNetCore.Identity;

namespace StoreCreditAdmin.Data;

/// <summary>A person of the shop who can sign in.</summary>
public sealed class StaffUser : IdentityUser
{
    public const int MaxDisplayNameLength = 100;

    public string DisplayName { get; set; } = "";

    /// <summary>A disabled person cannot sign in, and what they have open can do nothing.</summary>
    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
