using System.Collections.Immutable;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Import;

/// <summary>Which column each field is taken from.</summary>
public sealed class ColumnMapping
{
    private readonly ImmutableSortedDictionary<CustomerField, int> columns;

    private ColumnMapping(ImmutableSortedDictionary<CustomerField, int> columns) => this.columns = columns;

    public static ColumnMapping Empty { get; } = new(ImmutableSortedDictionary<CustomerField, int>.Empty);

    public int? this[CustomerField field] => columns.TryGetValue(field, out var column) ? column : null;

    public ColumnMapping With(CustomerField field, int? column) =>
        new(column is { } index ? columns.SetItem(field, index) : columns.Remove(field));

    /// <summary>Why rows could not be made of these columns, or null.</summary>
    public Refusal? Refusal()
    {
        if (!Has(CustomerField.Name) && !Has(CustomerField.FirstName) && !Has(CustomerField.LastName) && !Has(CustomerField.Company))
        {
            return new Refusal("column-missing", "Choose the column that holds the name.", ImportFields.Mapping);
        }

        return Has(CustomerField.ExternalId) || Has(CustomerField.Email)
            ? null
            : new Refusal("column-missing", "Choose the column of the external id or of the e-mail address: customers are recognised by them.", ImportFields.Mapping);
    }

    /// <summary>The same text for the same mapping of the same header, and another text for any other.</summary>
    public string Describe(FileHeader header) =>
        string.Join("; ", columns.Select(one => $"{one.Key.Label()} ← {(header.Names[one.Value].Length > 0 ? header.Names[one.Value] : $"column {one.Value + 1}")}"));

    private bool Has(CustomerField field) => columns.ContainsKey(field);
}
