using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Finds an account by the reference that routes and pages use: its id, or <c>ext:</c> and its external id.</summary>
public static class AccountLookups
{
    private const string ExternalPrefix = "ext:";

    private static readonly Func<StoreCreditDbContext, Guid, Task<Account?>> FindById =
        EF.CompileAsyncQuery((StoreCreditDbContext db, Guid id) => db.Accounts.SingleOrDefault(account => account.PublicId == id));

    private static readonly Func<StoreCreditDbContext, string, Task<Account?>> FindByExternalId =
        EF.CompileAsyncQuery((StoreCreditDbContext db, string externalId) => db.Accounts.SingleOrDefault(account => account.ExternalId == externalId));

    public static readonly Refusal NotFound = new("not-found", "There is no such account.");

    public static IQueryable<Account> WithReference(this IQueryable<Account> accounts, string reference)
    {
        if (ExternalIdOf(reference) is { } externalId)
        {
            return accounts.Where(account => account.ExternalId == externalId);
        }

        return Guid.TryParse(reference, out var id)
            ? accounts.Where(account => account.PublicId == id)
            : accounts.Where(account => false);
    }

    public static async Task<Result<Account>> FindAccountAsync(this StoreCreditDbContext db, string reference)
    {
        var account = ExternalIdOf(reference) is { } externalId ? await FindByExternalId(db, externalId)
            : Guid.TryParse(reference, out var id) ? await FindById(db, id)
            : null;
        return account is null ? NotFound : account;
    }

    private static string? ExternalIdOf(string reference) =>
        reference.StartsWith(ExternalPrefix, StringComparison.Ordinal) ? reference[ExternalPrefix.Length..] : null;
}
