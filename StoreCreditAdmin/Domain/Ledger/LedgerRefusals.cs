namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>The ledger's reasons to say no that more than one command gives.</summary>
internal static class LedgerRefusals
{
    public const string InsufficientCredit = "insufficient-credit";

    public static readonly Refusal AccountOnHold = new("account-on-hold", "The account is on hold. Its credit cannot be spent until the hold is lifted.");

    public static readonly Refusal AlreadyCaptured = new("already-captured", "This authorization was captured already.");

    public static readonly Refusal AlreadyVoided = new("already-voided", "This authorization was voided already.");

    public static readonly Refusal AuthorizationExpired = new("authorization-expired", "This authorization has run out. What it held is freed.");

    public static readonly Refusal NotPositive = new("amount-invalid", "The amount must be more than zero.", "amount");

    public static readonly Refusal ReasonRequired = new("reason-required", "Choose a reason.", "reason");

    public static Refusal ExpiryInPast(DateOnly earliest) =>
        new("expiry-in-past", $"The expiry date cannot be before {earliest:yyyy-MM-dd}.", "expiresOn");

    public static Refusal Insufficient(string left) => new(InsufficientCredit, $"Only {left} is left.", "amount");
}
