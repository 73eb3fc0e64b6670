using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>
/// How the first administrator of an empty system comes in: by a link that the start prints. Its token is random, only its hash is kept, in memory, and it
/// works until it is used or the process ends.
/// </summary>
public sealed class FirstSetUp(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, StaffUsers users, StaffSessions sessions)
{
    public const int MaxNameLength = StaffUser.MaxDisplayNameLength;

    private const string PathPrefix = "/account/setup/";

    public static readonly Refusal LinkDead = new("link-not-valid", "This link was used or belongs to an earlier start. The log of the newest start shows the valid one, as long as nobody is there yet.");

    private byte[]? tokenHash;

    /// <summary>Opens the way when nobody is there yet.</summary>
    /// <returns>The link's path; null when somebody is there.</returns>
    public async Task<string?> OpenAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken))
        {
            return null;
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        tokenHash = HashOf(token);
        return PathPrefix + token;
    }

    public async Task<bool> IsOpenAsync(string token, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Matches(token) && !await db.Users.AnyAsync(cancellationToken);
    }

    /// <summary>Makes the first administrator and signs them in.</summary>
    public async Task<Result<ClaimsPrincipal>> SetUpAsync(string token, string? name, string? email, NewPassword password)
    {
        if (!Matches(token))
        {
            return LinkDead;
        }

        ClaimsPrincipal? signedIn = null;
        var caller = Caller.Job("first set-up");
        var result = await gate.ExecuteAsync<Done>(new OperationRequest("staff.set-up", OperationKey.ForForm(), caller, Permission.ManageStaff), async write =>
        {
            write.About(Texts.Clean(email), null);
            if (await write.Db.Users.AnyAsync())
            {
                return LinkDead;
            }

            var made = await users.AddAsync(write, name, email, Roles.Administrator);
            if (!made.IsOk)
            {
                return made.Refusal;
            }

            var user = made.Value;
            using var manager = users.Over(write.Db);
            if ((password.Differs ?? await PasswordService.WhatIsWrongAsync(manager, user, password.Password)) is { } refusal)
            {
                return refusal;
            }

            user.PasswordHash = manager.PasswordHasher.HashPassword(user, password.Password!);
            user.EmailConfirmed = true;
            write.Audit(user.DisplayName, user.Id, newValues: new { email = user.Email, role = Roles.Administrator });
            signedIn = sessions.Of(user, [Roles.Administrator]);
            return Done.Instance;
        });
        if (result.IsOk)
        {
            tokenHash = null;
        }

        return result.Map(_ => signedIn!);
    }

    private bool Matches(string token) => tokenHash is { } hash && CryptographicOperations.FixedTimeEquals(hash, HashOf(token));

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
