using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>An account as pages and the HTTP API show it.</summary>
public sealed record AccountView
{
    public required Guid Id { get; init; }

    public required string? ExternalId { get; init; }

    public required string Name { get; init; }

    /// <summary><c>person</c> or <c>company</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Without spaces; pages show it with <see cref="Domain.Accounts.CardNumber.InGroups"/>.</summary>
    public required string CardNumber { get; init; }

    /// <summary>The tag of the language that its owner is written in; null for the store's. For pages.</summary>
    [JsonIgnore]
    public string? Language { get; init; }

    public required bool OnHold { get; init; }

    public required HoldView? Hold { get; init; }

    /// <summary>One for each store and currency in which the account ever had credit, by store, then currency.</summary>
    public required IReadOnlyList<AccountBalanceView> Balances { get; init; }

    /// <summary>The first contact first.</summary>
    public required IReadOnlyList<ContactView> Contacts { get; init; }

    /// <summary>Whether a statement is sent by e-mail each month.</summary>
    public bool MonthlyStatement { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static string NameOf(AccountKind kind) => kind switch
    {
        AccountKind.Person => "person",
        AccountKind.Company => "company",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <param name="Reason">The reason's code.</param>
public sealed record HoldView(string Reason, string ReasonName, string? Note, DateTimeOffset Since, string By);

/// <param name="Store">The store's code.</param>
public sealed record AccountBalanceView(string Store, string StoreName, string Currency, Amount Available, Amount Authorized, Amount Used);

public sealed record ContactView
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required string Name { get; init; }

    public required string? Email { get; init; }

    public required string? Phone { get; init; }

    public required bool MayUseCredit { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <param name="contact">With its account loaded.</param>
    public static ContactView Of(Contact contact) => new()
    {
        Id = contact.PublicId,
        AccountId = contact.Account.PublicId,
        Name = contact.Name,
        Email = contact.Email,
        Phone = contact.Phone,
        MayUseCredit = contact.MayUseCredit,
        CreatedAt = contact.CreatedAt,
    };
}

/// <summary>What came of a row of a list of accounts to create: the account's id, or why it was not created.</summary>
public sealed record CreatedAccount(Guid? Id, Refusal? Refusal);

/// <summary>One result for each request, in their order.</summary>
public sealed record CreatedAccounts(IReadOnlyList<CreatedAccount> Accounts);
