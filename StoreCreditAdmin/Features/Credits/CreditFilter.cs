using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;

namespace StoreCreditAdmin.Features.Credits;

/// <summary>Which credits a list shows. What is null does not narrow it. Deleted credits are in no list.</summary>
public sealed record CreditFilter
{
    /// <summary>An account's id, or <c>ext:</c> and its external id.</summary>
    public string? Account { get; init; }

    /// <summary>The type's code.</summary>
    public string? Type { get; init; }

    /// <summary>By the date that it is now in each credit's store.</summary>
    public CreditStatus? Status { get; init; }

    /// <summary>The store's code.</summary>
    public string? Store { get; init; }

    public string? Currency { get; init; }

    /// <summary>Credits whose last good day is this date or later.</summary>
    public DateOnly? ExpiresFrom { get; init; }

    /// <summary>Credits whose last good day is before this date.</summary>
    public DateOnly? ExpiresBefore { get; init; }

    /// <summary>Only what has something available, be it good already or from a later day on.</summary>
    public bool HasLeft { get; init; }

    /// <summary>Part of the name of whoever created it.</summary>
    public string? CreatedBy { get; init; }

    public DateOnly? IssuedFrom { get; init; }

    /// <summary>Inclusive.</summary>
    public DateOnly? IssuedTo { get; init; }

    internal async Task<IQueryable<Credit>> ApplyAsync(StoreCreditDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var credits = db.Credits.AsNoTracking().Where(credit => credit.DeletedAt == null);
        if (Account is not null)
        {
            // Looked up first: with the id itself at hand the database goes by the account, however many credits others have.
            var accountId = await db.Accounts.WithReference(Account).Select(account => account.Id).SingleOrDefaultAsync(cancellationToken);
            credits = credits.Where(credit => credit.AccountId == accountId);
        }

        if (Type is not null)
        {
            credits = credits.Where(credit => credit.Type.Code == Type);
        }

        if (Store is not null)
        {
            credits = credits.Where(credit => credit.Store.Code == Store);
        }

        if (Currency is not null)
        {
            credits = credits.Where(credit => credit.CurrencyCode == Currency);
        }

        if (ExpiresFrom is { } expiresFrom)
        {
            credits = credits.Where(credit => credit.ExpiresOn >= expiresFrom);
        }

        if (HasLeft)
        {
            credits = credits.Where(credit => credit.Buckets.Available > 0);
        }

        if (ExpiresBefore is { } expiresBefore)
        {
            credits = credits.Where(credit => credit.ExpiresOn < expiresBefore);
        }

        if (Texts.Clean(CreatedBy) is { } createdBy)
        {
            var pattern = "%" + createdBy.Replace("\\", @"\\").Replace("%", "\\%").Replace("_", "\\_") + "%";
            credits = credits.Where(credit => EF.Functions.Like(credit.CreatedBy, pattern, "\\"));
        }

        if (IssuedFrom is { } issuedFrom)
        {
            credits = credits.Where(credit => credit.IssuedOn >= issuedFrom);
        }

        if (IssuedTo is { } issuedTo)
        {
            credits = credits.Where(credit => credit.IssuedOn <= issuedTo);
        }

        return Status is { } status ? credits.Where(HasStatus(status, await db.Stores.AsNoTracking().ToListAsync(cancellationToken), now)) : credits;
    }

    /// <summary>Stores that have the same date now share a condition, so there are three at most.</summary>
    private static Expression<Func<Credit, bool>> HasStatus(CreditStatus status, IReadOnlyList<Store> stores, DateTimeOffset now)
    {
        var one = Expression.Parameter(typeof(Credit), "credit");
        Expression any = Expression.Constant(false);
        foreach (var sameDate in stores.GroupBy(store => store.DateOf(now), store => store.Id))
        {
            var ids = sameDate.ToArray();
            Expression<Func<Credit, bool>> inStore = credit => ids.Contains(credit.StoreId);
            any = Expression.OrElse(any, Expression.AndAlso(Body(inStore, one), Body(HasStatus(status, sameDate.Key), one)));
        }

        return Expression.Lambda<Func<Credit, bool>>(any, one);
    }

    /// <summary>The same as <see cref="Credit.StatusOn"/>, for the database.</summary>
    private static Expression<Func<Credit, bool>> HasStatus(CreditStatus status, DateOnly today) => status switch
    {
        CreditStatus.Invalidated => credit => credit.InvalidatedAt != null,
        CreditStatus.Expired => credit => credit.InvalidatedAt == null && credit.ExpiresOn < today
            && (credit.Buckets.Available > 0 || credit.Buckets.Authorized > 0 || credit.Buckets.Expired > 0),
        CreditStatus.UsedUp => credit => credit.InvalidatedAt == null && credit.Buckets.Available == 0 && credit.Buckets.Authorized == 0
            && !(credit.ExpiresOn < today && credit.Buckets.Expired > 0),
        CreditStatus.Scheduled => credit => credit.InvalidatedAt == null && (credit.Buckets.Available > 0 || credit.Buckets.Authorized > 0)
            && !(credit.ExpiresOn < today) && credit.EffectiveOn > today,
        CreditStatus.Active => credit => credit.InvalidatedAt == null && (credit.Buckets.Available > 0 || credit.Buckets.Authorized > 0)
            && !(credit.ExpiresOn < today) && credit.EffectiveOn <= today,
        _ => credit => false,
    };

    private static Expression Body(Expression<Func<Credit, bool>> condition, ParameterExpression one) =>
        new Renaming(condition.Parameters[0], one).Visit(condition.Body);

    private sealed class Renaming(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}

/// <summary>The sums of a list in one currency.</summary>
public sealed record CreditTotals(string Currency, Amount Credited, Amount Used, Amount Authorized, Amount Remaining);
