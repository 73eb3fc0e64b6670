using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Data;

/// <summary>Stored as JSON that names its form. Terms never change, so they are compared by value and need no copy.</summary>
internal sealed class RuleTermsConverter() : ValueConverter<RuleTerms, string>(
    terms => JsonSerializer.Serialize(terms, JsonSerializerOptions.Web),
    text => JsonSerializer.Deserialize<RuleTerms>(text, JsonSerializerOptions.Web)!)
{
    public static ValueComparer<RuleTerms> Comparer { get; } = new((left, right) => Equals(left, right), terms => terms.GetHashCode(), terms => terms);
}
