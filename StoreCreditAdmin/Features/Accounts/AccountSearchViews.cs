using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>What is looked for, and which part of the result: a page of a list by <see cref="Skip"/> and <see cref="Take"/>, or what follows <see cref="Cursor"/>.</summary>
public sealed record AccountQuery
{
    /// <summary>Part of a name, e-mail address, telephone number, external id, order number or card number; empty for all accounts.</summary>
    public string? Text { get; init; }

    public int Skip { get; init; }

    public int Take { get; init; } = 25;

    /// <summary>The cursor of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }
}

/// <param name="Total">How many accounts match; where <paramref name="MoreThanTotal"/> is true, at least so many.</param>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record AccountPage<T>(IReadOnlyList<T> Items, int Total, bool MoreThanTotal, string? NextCursor);

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
