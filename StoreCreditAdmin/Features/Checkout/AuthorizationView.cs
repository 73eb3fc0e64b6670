using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>An authorization as pages and the HTTP API show it. Amounts stand in <see cref="Currency"/>.</summary>
public sealed record AuthorizationView
{
    public required string Code { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid? ContactId { get; init; }

    public required string Store { get; init; }

    public required string? OrderNumber { get; init; }

    public required string? InvoiceNumber { get; init; }

    public required string Currency { get; init; }

    public required Amount Amount { get; init; }

    public required Amount Captured { get; init; }

    public required Amount Released { get; init; }

    public required Amount Refunded { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required IReadOnlyList<AuthorizationLineView> Lines { get; init; }

    /// <param name="authorization">With its account, store, contact if any, lines and their credits loaded.</param>
    public static AuthorizationView Of(Authorization authorization)
    {
        Amount In(long minor) => Domain.Amount.Of(minor, authorization.Currency);
        return new AuthorizationView
        {
            Code = authorization.Code,
            AccountId = authorization.Account.PublicId,
            ContactId = authorization.Contact?.PublicId,
            Store = authorization.Store.Code,
            OrderNumber = authorization.OrderNumber,
            InvoiceNumber = authorization.InvoiceNumber,
            Currency = authorization.CurrencyCode,
            Amount = In(authorization.AuthorizedMinor),
            Captured = In(authorization.CapturedMinor),
            Released = In(authorization.ReleasedMinor),
            Refunded = In(authorization.RefundedMinor),
            Status = NameOf(authorization.Status),
            ExpiresAt = authorization.ExpiresAt,
            Lines =
            [
                .. authorization.Lines.OrderBy(line => line.Position).Select(line => new AuthorizationLineView(
                    line.Credit.PublicId, In(line.AuthorizedMinor), In(line.CapturedMinor), In(line.ReleasedMinor), In(line.RefundedMinor))),
            ],
        };
    }

    public static string NameOf(AuthorizationStatus status) => status switch
    {
        AuthorizationStatus.Open => "open",
        AuthorizationStatus.Captured => "captured",
        AuthorizationStatus.PartlyCaptured => "partly-captured",
        AuthorizationStatus.Voided => "voided",
        AuthorizationStatus.Expired => "expired",
        AuthorizationStatus.Refunded => "refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}

public sealed record AuthorizationLineView(Guid CreditId, Amount Authorized, Amount Captured, Amount Released, Amount Refunded);

/// <summary>What a refund gave back, and the authorization after it.</summary>
public sealed record RefundView(RefundedView Refund, AuthorizationView Authorization);

public sealed record RefundedView(Guid Id, Amount Amount, IReadOnlyList<RefundLineView> Lines);

/// <param name="CreditId">The credit that has the value now: the one it came from, or a new one.</param>
public sealed record RefundLineView(Guid CreditId, Amount Amount);
