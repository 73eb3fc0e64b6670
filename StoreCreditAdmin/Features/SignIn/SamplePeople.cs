using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>A person to try the application as.</summary>
public sealed record SamplePerson(string Email, string Name, string Role);

/// <summary>Four people, one of each role, made in Development on an empty system. The sign-in page shows them there and nowhere else.</summary>
public sealed class SamplePeople(
    IDbContextFactory<StoreCreditDbContext> contexts, StaffUsers users, IHostEnvironment environment, IConfiguration configuration, TimeProvider clock)
{
    public const string Password = "store-credit-demo";

    public static readonly IReadOnlyList<SamplePerson> All =
    [
        new("agent@example.com", "Ann Agent", Roles.Agent),
        new("manager@example.com", "Max Manager", Roles.Manager),
        new("accountant@example.com", "Amy Accountant", Roles.Accountant),
        new("administrator@example.com", "Adam Administrator", Roles.Administrator),
    ];

    private bool Enabled => environment.IsDevelopment() && configuration.GetValue("Sample:Enabled", true);

    /// <summary>Makes them when nobody is there yet.</summary>
    public async Task AddAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!Enabled || await db.Users.AnyAsync(cancellationToken))
        {
            return;
        }

        using var manager = users.Over(db);
        foreach (var person in All)
        {
            var user = new StaffUser { UserName = person.Email, Email = person.Email, EmailConfirmed = true, DisplayName = person.Name, CreatedAt = clock.GetUtcNow() };
            Demand(await manager.CreateAsync(user, Password));
            db.GiveRole(user, person.Role);
            db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow(), Actor.Job("sample people"), "staff.invite") { Subject = person.Name, SubjectId = user.Id });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Those that are there and can sign in; none outside Development.</summary>
    public async Task<IReadOnlyList<SamplePerson>> OnSignInPageAsync(CancellationToken cancellationToken = default)
    {
        if (!Enabled)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var emails = All.Select(person => person.Email).ToArray();
        var there = await db.Users.Where(user => emails.Contains(user.Email) && !user.Disabled).Select(user => user.Email).ToListAsync(cancellationToken);
        return [.. All.Where(person => there.Contains(person.Email))];
    }

    private static void Demand(IdentityResult result)
    {
        if (result.AsRefusal() is { } refusal)
        {
            throw new InvalidOperationException(refusal.Message);
        }
    }
}
