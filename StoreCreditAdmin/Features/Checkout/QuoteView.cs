using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>What credit would pay of an order, were it authorized now. Amounts stand in <see cref="Currency"/>.</summary>
public sealed record QuoteView
{
    public required string Currency { get; init; }

    /// <summary>What credit would pay.</summary>
    public required Amount Applicable { get; init; }

    /// <summary>What would be left to pay by other means.</summary>
    public required Amount Due { get; init; }

    /// <summary>All that may be spent in the store and currency now; nothing where the owner may spend nothing.</summary>
    public required Amount Available { get; init; }

    /// <summary>In the order in which the credits would be drawn on.</summary>
    public required IReadOnlyList<QuoteLineView> Lines { get; init; }

    /// <summary>The code with which an authorization would be refused.</summary>
    public required string? Refusal { get; init; }

    public static QuoteView Of(Money total, long availableMinor, Authorization authorization) => new()
    {
        Currency = total.Currency.Code,
        Applicable = Amount.Of(authorization.AuthorizedMinor, total.Currency),
        Due = Amount.Of(total.Minor - authorization.AuthorizedMinor, total.Currency),
        Available = Amount.Of(availableMinor, total.Currency),
        Lines =
        [
            .. authorization.Lines.OrderBy(line => line.Position).Select(line => new QuoteLineView(
                line.Credit.PublicId, line.Credit.Type.Code, Amount.Of(line.AuthorizedMinor, total.Currency), line.Credit.ExpiresOn)),
        ],
        Refusal = null,
    };

    /// <summary>Nothing is applied, since nothing was asked for or for the reason that the refusal gives.</summary>
    public static QuoteView Nothing(Money total, long availableMinor, string? refusal) => new()
    {
        Currency = total.Currency.Code,
        Applicable = Amount.Of(0, total.Currency),
        Due = Amount.Of(total.Minor, total.Currency),
        Available = Amount.Of(availableMinor, total.Currency),
        Lines = [],
        Refusal = refusal,
    };
}

/// <param name="Type">The code of the credit's type.</param>
/// <param name="ExpiresOn">The last good day; null for never.</param>
public sealed record QuoteLineView(Guid CreditId, string Type, Amount Amount, DateOnly? ExpiresOn);
