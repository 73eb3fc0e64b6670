using Microsoft.AspNetCore.Identity;
using StoreCreditAdmin.Data;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>Passwords are long; what they are made of is everybody's own affair. Only the own e-mail address is refused.</summary>
public sealed class PasswordRules : IPasswordValidator<StaffUser>
{
    public const string ErrorCode = "password";

    public const int MinLength = 12;

    /// <summary>More is not safer, and hashing it costs the server.</summary>
    public const int MaxLength = 128;

    public Task<IdentityResult> ValidateAsync(UserManager<StaffUser> manager, StaffUser user, string? password) =>
        Task.FromResult(WhatIsWrong(user.Email, password) is { } wrong
            ? IdentityResult.Failed(new IdentityError { Code = ErrorCode, Description = wrong })
            : IdentityResult.Success);

    /// <summary>The sentence that says why a password is refused; null for a good one.</summary>
    public static string? WhatIsWrong(string? email, string? password) => password switch
    {
        null or { Length: < MinLength } => $"Use at least {MinLength} characters.",
        { Length: > MaxLength } => $"Use at most {MaxLength} characters.",
        _ => string.Equals(password, email?.Trim(), StringComparison.OrdinalIgnoreCase) ? "Use something else than the e-mail address." : null,
    };
}
