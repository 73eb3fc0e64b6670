using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>A quote as staff look at it: which credits would pay, in which order, and for each other credit why it would not.</summary>
public sealed record SimulationView
{
    public required Guid AccountId { get; init; }

    public required string AccountName { get; init; }

    public required bool OnHold { get; init; }

    public required Money OrderTotal { get; init; }

    /// <summary>Whether a card paid the order already. What the quote applies is then captured, and the card is asked to pay as much back.</summary>
    public required bool PaidByCard { get; init; }

    public required QuoteView Quote { get; init; }

    /// <summary>The sentence of the quote's refusal.</summary>
    public required string? Why { get; init; }

    /// <summary>In the order in which they would be drawn on.</summary>
    public required IReadOnlyList<PayingCredit> Paying { get; init; }

    /// <summary>Those with value first, then the newest; at most <see cref="CheckoutQuotes.MostOthers"/>.</summary>
    public required IReadOnlyList<IdleCredit> Others { get; init; }

    public required int OthersCount { get; init; }
}

/// <summary>A credit that would pay.</summary>
public sealed record PayingCredit(Guid CreditId, string TypeName, string? Name, DateOnly? ExpiresOn, Amount Before, Amount Pays)
{
    public Amount After => Before with { Minor = Before.Minor - Pays.Minor };
}

/// <summary>A credit that would not pay. Amounts stand in its own <see cref="Currency"/>.</summary>
/// <param name="On">The date that the reason is about: the last good day of an expired credit, the first one of a scheduled credit.</param>
public sealed record IdleCredit(
    Guid CreditId, string TypeName, string? Name, string Store, string Currency, Amount Remaining, Amount Authorized, DateOnly? ExpiresOn, IdleReason Reason, DateOnly? On);

/// <summary>Why a credit would not pay.</summary>
public enum IdleReason
{
    Invalidated,
    UsedUp,
    Held,
    Expired,
    NotEffectiveYet,
    OtherStore,
    OtherCurrency,

    /// <summary>It could pay, but the account is on hold.</summary>
    OnHold,

    /// <summary>It could pay, but what was asked for would be refused as a whole.</summary>
    Refused,

    /// <summary>It could pay, but credits before it are enough, or less was asked for.</summary>
    NotNeeded,
}
