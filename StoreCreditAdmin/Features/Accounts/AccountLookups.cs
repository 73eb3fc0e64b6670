using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Finds an account by the reference that routes and pages use: its id, or <c>ext:</c> and its external id.</summary>
public static class AccountLookups
{
    private const string ExternalPrefix = "ext:";

    public static readonly Refusal NotFound = new("not-found", "There is no such account.");

    public static IQueryable<Account> WithReference(this IQueryable<Account> accounts, string reference)
    {
        if (reference.StartsWith(ExternalPrefix, StringComparison.Ordinal))
        {
            var externalId = reference[ExternalPrefix.Length..];
            return accounts.Where(account => account.ExternalId == externalId);
        }

        return Guid.TryParse(reference, out var id)
            ? accounts.Where(account => account.PublicId == id)
            : accounts.Where(account => false);
    }

    public static async Task<Result<Account>> FindAccountAsync(this StoreCreditDbContext db, string reference)
    {
        var account = await db.Accounts.WithReference(reference).SingleOrDefaultAsync();
        return account is null ? NotFound : account;
    }
}
