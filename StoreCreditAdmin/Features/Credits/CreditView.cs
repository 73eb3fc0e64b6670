using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Credits;

/// <summary>A credit as pages and the HTTP API show it. Always credited = used + authorized + expired + reclaimed + invalidatedAmount + remaining.</summary>
public sealed record CreditView
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required string AccountName { get; init; }

    public required string Store { get; init; }

    public required string? Name { get; init; }

    public required string Type { get; init; }

    public required string TypeName { get; init; }

    public required string Currency { get; init; }

    public required Amount OpeningAmount { get; init; }

    public required Amount Credited { get; init; }

    public required Amount Used { get; init; }

    public required Amount Authorized { get; init; }

    public required Amount Expired { get; init; }

    public required Amount Reclaimed { get; init; }

    public required Amount InvalidatedAmount { get; init; }

    public required Amount Remaining { get; init; }

    public required string? Memo { get; init; }

    public required string? CustomerNote { get; init; }

    public required string Source { get; init; }

    public required bool PaidFor { get; init; }

    public required string CreatedBy { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    public required DateOnly? ExpiresOn { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset? InvalidatedAt { get; init; }

    public required string? InvalidatedBy { get; init; }

    public required string? InvalidationReason { get; init; }

    public required Guid? OriginCreditId { get; init; }

    public required int Version { get; init; }

    /// <summary>True when it may still be deleted: nothing of it was ever used, held or expired.</summary>
    public required bool CanDelete { get; init; }

    /// <param name="credit">With its account, store and type loaded.</param>
    /// <param name="now">The instant for which the status holds.</param>
    public static CreditView Of(Credit credit, DateTimeOffset now)
    {
        var today = credit.Store.DateOf(now);
        var status = credit.StatusOn(today);
        Amount In(long minor) => Amount.Of(minor, credit.Currency);
        return new CreditView
        {
            Id = credit.PublicId,
            AccountId = credit.Account.PublicId,
            AccountName = credit.Account.Name,
            Store = credit.Store.Code,
            Name = credit.Name,
            Type = credit.Type.Code,
            TypeName = credit.Type.Name,
            Currency = credit.CurrencyCode,
            OpeningAmount = In(credit.OpeningMinor),
            Credited = In(credit.Buckets.Credited),
            Used = In(credit.Buckets.Used),
            Authorized = In(credit.Buckets.Authorized),
            Expired = In(credit.Buckets.Expired),
            Reclaimed = In(credit.Buckets.Reclaimed),
            InvalidatedAmount = In(credit.Buckets.Invalidated),
            Remaining = In(credit.Buckets.Available),
            Memo = credit.Memo,
            CustomerNote = credit.CustomerNote,
            Source = credit.Source,
            PaidFor = credit.Type.PaidFor,
            CreatedBy = credit.CreatedBy,
            IssuedOn = credit.IssuedOn,
            IssuedAt = credit.IssuedAt,
            EffectiveOn = credit.EffectiveOn,
            ExpiresOn = credit.ExpiresOn,
            Status = NameOf(status),
            InvalidatedAt = credit.InvalidatedAt,
            InvalidatedBy = credit.InvalidatedBy,
            InvalidationReason = credit.InvalidationReason,
            OriginCreditId = credit.OriginCredit?.PublicId,
            Version = credit.Version,
            CanDelete = !credit.WasEverDrawn && status is CreditStatus.Active or CreditStatus.Scheduled,
        };
    }

    public static string NameOf(CreditStatus status) => status switch
    {
        CreditStatus.Active => "active",
        CreditStatus.Scheduled => "scheduled",
        CreditStatus.UsedUp => "used-up",
        CreditStatus.Expired => "expired",
        CreditStatus.Invalidated => "invalidated",
        CreditStatus.Deleted => "deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
