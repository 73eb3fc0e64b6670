using System.Text.Json;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>
/// What a mail tells, as texts that a person reads: amounts with their currency, dates as 2026-11-22. A template names them as it finds them here, in lower case with
/// underscores: <c>{{customer.name}}</c>, <c>{{expires_on}}</c>. What does not apply is empty.
/// </summary>
public sealed record MailFields
{
    public required MailCustomer Customer { get; init; }

    public required MailStore Store { get; init; }

    /// <summary>All of the credit that the mail is about, taken together.</summary>
    public required MailCredit Credit { get; init; }

    /// <summary>One by one, where it is more than one.</summary>
    public IReadOnlyList<MailCredit> Credits { get; init; } = [];

    /// <summary>What the account can spend in this store and currency afterwards.</summary>
    public required string Balance { get; init; }

    /// <summary>The last good day, the first of them where there are several.</summary>
    public string? ExpiresOn { get; init; }

    public MailOrder Order { get; init; } = new(null);

    /// <summary>Of the statement that is attached; null where none is.</summary>
    public MailStatement? Statement { get; init; }

    /// <summary>Of the people who read this one mail: the contact's name in place of the account's.</summary>
    public MailFields To(string name) => this with { Customer = new MailCustomer(name) };

    internal string ToJson() => JsonSerializer.Serialize(this, MailFieldsJson.Options);

    internal static MailFields Read(string json) => JsonSerializer.Deserialize<MailFields>(json, MailFieldsJson.Options)!;
}

public sealed record MailCustomer(string Name);

public sealed record MailStore(string Name);

public sealed record MailCredit(string Amount, string? Type = null, string? Name = null, string? Note = null, string? ExpiresOn = null);

public sealed record MailOrder(string? Number);

/// <param name="From">The first day, and <paramref name="To"/> the last.</param>
/// <param name="ClosingBalance">At the end of the last day, with its currency.</param>
/// <param name="Store">The store's code.</param>
public sealed record MailStatement(string From, string To, string ClosingBalance, string Currency, string Store);

internal static class MailFieldsJson
{
    public static JsonSerializerOptions Options { get; } = new(WireJson.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
