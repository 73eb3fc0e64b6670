using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>A page of a search's results.</summary>
/// <param name="MoreThanTotal">True where there are more than <paramref name="TotalCount"/>, too many to count while one types.</param>
public sealed record AccountHitPage(IReadOnlyList<AccountHit> Items, int TotalCount, bool MoreThanTotal) : Page<AccountHit>(Items, TotalCount);

/// <summary>One line of a search's results.</summary>
public sealed record AccountHit
{
    public required Guid Id { get; init; }

    public required string? ExternalId { get; init; }

    public required string Name { get; init; }

    /// <summary><c>person</c> or <c>company</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The e-mail address of the first contact.</summary>
    public required string? Email { get; init; }

    /// <summary>The contact that was found, where it was a contact and not the account.</summary>
    public required MatchedContact? MatchedContact { get; init; }

    /// <summary>By store and currency, where there is any.</summary>
    public required IReadOnlyList<AvailableCredit> Available { get; init; }

    public required bool OnHold { get; init; }
}

public sealed record MatchedContact(Guid Id, string Name, string? Email, string? Phone);

/// <param name="Store">The store's code.</param>
public sealed record AvailableCredit(string Store, string StoreName, string Currency, Amount Amount);

/// <summary>An account and what it has in one store and currency; those and the amounts are null where it has nothing anywhere.</summary>
public sealed record AccountBalanceRow(
    Guid Id, string? ExternalId, string Name, string Kind, string? Email, string CardNumber, bool OnHold, string? Store, string? Currency, Amount? Available, Amount? Authorized);
