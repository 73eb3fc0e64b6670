using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>
/// Links by which a person sets a password: an invitation, or a way back for who forgot it. A link holds the person's security stamp, which every change renews, so
/// each link works once; after <see cref="ValidFor"/> it works no more.
/// </summary>
public sealed class StaffLinks(IDbContextFactory<StoreCreditDbContext> contexts, IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(3);

    private const string PathPrefix = "/account/accept/";

    private readonly IDataProtector protector = protection.CreateProtector("staff.accept");

    /// <summary>The link's path; the page or command that shows it knows the address before it.</summary>
    internal string PathFor(StaffUser user)
    {
        var until = clock.GetUtcNow() + ValidFor;
        var content = string.Create(CultureInfo.InvariantCulture, $"{until.UtcTicks}\n{user.Id}\n{user.SecurityStamp}");
        return PathPrefix + Base64Url.EncodeToString(protector.Protect(Encoding.UTF8.GetBytes(content)));
    }

    internal static string TokenOf(string path) => path[PathPrefix.Length..];

    /// <summary>The person that a link is for; null when it is not one of ours, too old, used, or overtaken by a change.</summary>
    internal async Task<StaffUser?> FindAsync(StoreCreditDbContext db, string token)
    {
        if (Read(token)?.Split('\n') is not [var until, var id, var stamp] || long.Parse(until, CultureInfo.InvariantCulture) < clock.GetUtcNow().UtcTicks)
        {
            return null;
        }

        return await db.Users.SingleOrDefaultAsync(user => user.Id == id && user.SecurityStamp == stamp && !user.Disabled);
    }

    /// <summary>Who a link is for, to greet them by name.</summary>
    public async Task<InvitedPerson?> PersonOfAsync(string token, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, token) is { } user ? new InvitedPerson(user.DisplayName, user.Email!, user.PasswordHash is null) : null;
    }

    private string? Read(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(Base64Url.DecodeFromChars(token)));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }
}

/// <param name="IsNew">False for somebody who has a password already.</param>
public sealed record InvitedPerson(string Name, string Email, bool IsNew);
