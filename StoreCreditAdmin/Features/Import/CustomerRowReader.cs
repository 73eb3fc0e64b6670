using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Import.Files;

namespace StoreCreditAdmin.Features.Import;

/// <summary>Makes customers of a file's rows by the mapping, and checks what a row can be checked for by itself.</summary>
public sealed class CustomerRowReader(FileHeader header, ColumnMapping mapping)
{
    /// <summary>Spreadsheets are told with an apostrophe that a number is text. Names may begin with one.</summary>
    private const char TextMark = '\'';

    /// <returns>Either the customer or the problem.</returns>
    public (CustomerRow? Customer, RowProblem? Problem) Read(CsvRow row)
    {
        var problems = new List<string>();
        var externalId = Cell(row, CustomerField.ExternalId)?.TrimStart(TextMark).TrimStart();
        var phone = Cell(row, CustomerField.Phone)?.TrimStart(TextMark).TrimStart();
        var email = Cell(row, CustomerField.Email);
        var person = Cell(row, CustomerField.Name) ?? Joined(Cell(row, CustomerField.FirstName), Cell(row, CustomerField.LastName));
        var company = Cell(row, CustomerField.Company);
        var name = person ?? company;
        var kind = KindOf(row, person, company, problems);
        externalId = string.IsNullOrEmpty(externalId) ? null : externalId;
        phone = string.IsNullOrEmpty(phone) ? null : phone;

        if (WrongShape(row) is { } shape)
        {
            return (null, new RowProblem(row.Line, Shortened(name ?? email ?? externalId ?? ""), shape));
        }

        if (name is null)
        {
            problems.Add("There is no name. Write one.");
        }
        else
        {
            AddRefusal("Name", AccountTexts.Name(name).Refusal);
        }

        AddRefusal("External id", AccountTexts.ExternalId(externalId).Refusal);
        AddRefusal("E-mail", AccountTexts.Email(email).Refusal);
        AddRefusal("Phone", AccountTexts.Phone(phone).Refusal);

        if (externalId is null && email is null)
        {
            problems.Add("There is neither an external id nor an e-mail address, so the customer could not be recognised again. Write one of them.");
        }

        return problems.Count == 0
            ? (new CustomerRow(row.Line, externalId, name!, kind, email, phone), null)
            : (null, new RowProblem(row.Line, Shortened(name ?? email ?? externalId ?? ""), string.Join(' ', problems)));

        void AddRefusal(string what, Refusal? refusal)
        {
            if (refusal is not null)
            {
                problems.Add($"{what}: {refusal.Message}");
            }
        }
    }

    private string? Cell(CsvRow row, CustomerField field) =>
        mapping[field] is { } column && column < row.Cells.Length ? Texts.Clean(row.Cells[column]) : null;

    private AccountKind KindOf(CsvRow row, string? person, string? company, List<string> problems)
    {
        var text = Cell(row, CustomerField.Kind);
        if (text is not null && !string.Equals(text, "person", StringComparison.OrdinalIgnoreCase) && !string.Equals(text, "company", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add("The kind is neither person nor company. Write one of the two, or nothing for a person.");
        }

        return string.Equals(text, "company", StringComparison.OrdinalIgnoreCase) || (text is null && person is null && company is not null)
            ? AccountKind.Company
            : AccountKind.Person;
    }

    private string? WrongShape(CsvRow row)
    {
        var columns = header.Names.Count;
        if (row.Problem is not null)
        {
            return row.Problem;
        }

        if (row.Cells.Length < columns)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The row has {row.Cells.Length} cells, the header {columns}: a part of the row is missing.");
        }

        return row.Cells.Skip(columns).Any(cell => !string.IsNullOrWhiteSpace(cell))
            ? string.Create(CultureInfo.InvariantCulture, $"The row has {row.Cells.Length} cells, the header {columns}. Put quotation marks round a cell that holds the separator.")
            : null;
    }

    private static string Shortened(string text) => text.Length <= Account.MaxNameLength ? text : text[..Account.MaxNameLength] + "…";

    private static string? Joined(string? first, string? last) => Texts.Clean($"{first} {last}");
}
