using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.CustomerLinks;

public sealed record MakeCustomerLinkRequest
{
    /// <summary>One of <see cref="CustomerLinkService.Lifetimes"/>.</summary>
    public int? Days { get; init; }
}

/// <summary>A link as staff see it: never the link itself.</summary>
public sealed record CustomerLinkView(Guid Id, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastOpenedAt)
{
    internal static CustomerLinkView Of(CustomerLink link) => new(link.PublicId, link.CreatedBy, link.CreatedAt, link.ExpiresAt, link.LastOpenedAt);
}

/// <param name="Path">The link's path, there this once; null when the request was a repeat.</param>
public sealed record MadeCustomerLink(CustomerLinkView Link, string? Path);

/// <summary>Makes, lists and revokes the links by which customers see their own store credit.</summary>
public sealed class CustomerLinkService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    public const string PathPrefix = "c/";

    /// <summary>The most links that work at a time for one account.</summary>
    public const int MaxLive = 50;

    /// <summary>In days.</summary>
    public static IReadOnlyList<int> Lifetimes { get; } = [1, 7, 30, 90];

    public async Task<Result<MadeCustomerLink>> MakeAsync(Caller caller, OperationKey key, string accountReference, MakeCustomerLinkRequest request)
    {
        // Made outside the operation, whose answer is kept: the link itself must be kept nowhere.
        var token = CustomerLinkToken.New();
        var made = await gate.ExecuteAsync<CustomerLinkView>(new OperationRequest("customer-link.make", key, caller, Permission.EditAccounts), async write =>
        {
            var account = await write.Db.Accounts.WithReference(accountReference).SingleOrDefaultAsync();
            if (account is null)
            {
                return AccountLookups.NotFound;
            }

            write.About(account.Name, account.PublicId.ToString(), account.Id);
            if (request.Days is not { } days || !Lifetimes.Contains(days))
            {
                return new Refusal("invalid-request", $"Choose how long the link works: {string.Join(", ", Lifetimes)} days.", "days");
            }

            if (await write.Db.CustomerLinks.Live(account.Id, write.Now).CountAsync() >= MaxLive)
            {
                return new Refusal("too-many-links", string.Create(CultureInfo.InvariantCulture, $"{MaxLive} links work already, which is the most. Revoke those that nobody needs."));
            }

            var link = new CustomerLink(write.NewId(), account, CustomerLinkToken.HashOf(token), caller.Actor.Name, write.Now, write.Now.AddDays(days));
            write.Db.CustomerLinks.Add(link);
            write.Audit(account.Name, link.PublicId.ToString(), account.Id, newValues: new { link.ExpiresAt });
            return CustomerLinkView.Of(link);
        });
        return made.Map(view => new MadeCustomerLink(view, made.Replayed ? null : PathPrefix + token));
    }

    /// <summary>From this moment on the link opens nothing. A second call changes nothing.</summary>
    public Task<Result<CustomerLinkView>> RevokeAsync(Caller caller, OperationKey key, Guid id) =>
        gate.ExecuteAsync<CustomerLinkView>(new OperationRequest("customer-link.revoke", key, caller, Permission.EditAccounts), async write =>
        {
            var link = await write.Db.CustomerLinks.Include(one => one.Account).SingleOrDefaultAsync(one => one.PublicId == id);
            if (link is null)
            {
                return new Refusal("not-found", "There is no such link.");
            }

            if (link.RevokedAt is null)
            {
                link.Revoke(write.Now);
                write.Audit(link.Account.Name, link.PublicId.ToString(), link.AccountId, newValues: new { link.RevokedAt });
            }

            return CustomerLinkView.Of(link);
        });

    /// <summary>The links of an account that work now, the newest first.</summary>
    public async Task<Result<IReadOnlyList<CustomerLinkView>>> ListAsync(Caller caller, string accountReference, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.EditAccounts, cancellationToken);
        var accountId = await db.Accounts.WithReference(accountReference).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
        if (accountId is null)
        {
            return AccountLookups.NotFound;
        }

        var links = await db.CustomerLinks.AsNoTracking().Live(accountId.Value, clock.GetUtcNow()).OrderByDescending(link => link.Id).Take(MaxLive).ToListAsync(cancellationToken);
        return Result<IReadOnlyList<CustomerLinkView>>.Of([.. links.Select(CustomerLinkView.Of)]);
    }
}

internal static class CustomerLinkLookups
{
    public static IQueryable<CustomerLink> Live(this IQueryable<CustomerLink> links, long accountId, DateTimeOffset now) =>
        links.Where(link => link.AccountId == accountId && link.RevokedAt == null && link.ExpiresAt > now);
}
