using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>
/// An expiry policy as requests, answers and forms write it: <c>{"kind": "never"}</c>, <c>{"kind": "after-days", "days": 365}</c> or
/// <c>{"kind": "on-date", "date": "2026-12-31"}</c>.
/// </summary>
public sealed record ExpiryPolicyInput
{
    public const string NeverKind = "never";
    public const string AfterDaysKind = "after-days";
    public const string OnDateKind = "on-date";

    public string? Kind { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Days { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Date { get; init; }

    public static ExpiryPolicyInput Of(ExpiryPolicy policy) => policy.Kind switch
    {
        ExpiryKind.AfterDays => new() { Kind = AfterDaysKind, Days = policy.Days },
        ExpiryKind.OnDate => new() { Kind = OnDateKind, Date = policy.Date },
        _ => new() { Kind = NeverKind },
    };

    /// <param name="field">The input that a refusal names.</param>
    public Result<ExpiryPolicy> Parse(string field) => Kind switch
    {
        NeverKind when Days is null && Date is null => ExpiryPolicy.Never,
        AfterDaysKind when Days is >= 1 and <= ExpiryPolicy.MaxDays && Date is null => ExpiryPolicy.AfterDays(Days.Value),
        AfterDaysKind when Date is null => Invalid($"Write a whole number of days from 1 to {ExpiryPolicy.MaxDays}.", field),
        OnDateKind when Date is not null && Days is null => ExpiryPolicy.OnDate(Date.Value),
        OnDateKind when Days is null => Invalid("Choose the last good day.", field),
        NeverKind or AfterDaysKind or OnDateKind => Invalid("Give days with after-days and a date with on-date, and neither otherwise.", field),
        _ => Invalid("Choose never, after-days or on-date.", field),
    };

    private static Refusal Invalid(string message, string field) => new(CatalogueRules.Invalid, message, field);
}
