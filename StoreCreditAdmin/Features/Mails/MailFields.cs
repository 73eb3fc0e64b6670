using System.Text.Json;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
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
    public MailFields To(string name) => this with { Customer = Customer with { Name = name } };

    /// <summary>An example in which every field has something.</summary>
    internal static MailFields Most { get; } = new()
    {
        Customer = new MailCustomer("Ada Example", Language.English),
        Store = new MailStore("Example store", Language.English),
        Credit = new MailCredit("25.00 USD", "Store credit", "Welcome", "Thank you", "2027-12-31"),
        Credits = [new MailCredit("15.00 USD", "Store credit", "Welcome", "Thank you", "2027-12-31"), new MailCredit("10.00 USD", "Promotion", "Spring", "Enjoy", "2027-06-30")],
        Balance = "40.00 USD",
        ExpiresOn = "2027-06-30",
        Order = new MailOrder("1001"),
        Statement = new MailStatement("2026-10-01", "2026-10-31", "40.00 USD", "USD", "main"),
    };

    /// <summary>An example in which every field is empty that can be.</summary>
    internal static MailFields Least { get; } = Most with { Credit = new MailCredit("25.00 USD"), Credits = [], ExpiresOn = null, Order = new MailOrder(null) };

    /// <summary>The languages that this may be written in, the best first.</summary>
    internal IReadOnlyList<string> Languages() => [.. Language.Widening(Customer.Language).Concat(Language.Widening(Store.Language)).Append(Language.English).Distinct()];

    /// <summary>What a field stands for, by its name in texts; null where it is empty, or a list.</summary>
    public string? ValueOf(string name)
    {
        using var json = JsonDocument.Parse(ToJson());
        var element = json.RootElement;
        foreach (var part in name.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }

    internal string ToJson() => JsonSerializer.Serialize(this, MailFieldsJson.Options);

    internal static MailFields Read(string json) => JsonSerializer.Deserialize<MailFields>(json, MailFieldsJson.Options)!;
}

/// <param name="Language">The tag of the language that they asked for, if any.</param>
public sealed record MailCustomer(string Name, string? Language = null);

/// <param name="Language">The tag of the language of customers who asked for none.</param>
public sealed record MailStore(string Name, string? Language = null);

public sealed record MailCredit(string Amount, string? Type = null, string? Name = null, string? Note = null, string? ExpiresOn = null);

public sealed record MailOrder(string? Number);

/// <param name="From">The first day, and <paramref name="To"/> the last.</param>
/// <param name="ClosingBalance">At the end of the last day, with its currency.</param>
/// <param name="Store">The store's code.</param>
public sealed record MailStatement(string From, string To, string ClosingBalance, string Currency, string Store)
{
    /// <param name="month">The first day of it.</param>
    internal static MailStatement Of(DateOnly month, long closingMinor, Currency currency, Store store) =>
        new(MailOccasions.Text(month)!, MailOccasions.Text(month.AddMonths(1).AddDays(-1))!, MailOccasions.Text(closingMinor, currency), currency.Code, store.Code);
}

internal static class MailFieldsJson
{
    public static JsonSerializerOptions Options { get; } = new(WireJson.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
