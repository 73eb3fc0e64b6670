using System.Diagnostics.CodeAnalysis;
using static StoreCreditAdmin.Features.Import.CustomerField;

namespace StoreCreditAdmin.Features.Import;

/// <summary>
/// A file format, recognised by the names in its header without regard to case and order, and where it keeps what an import takes.
/// The formats are described in docs/import.md.
/// </summary>
public sealed class ImportFormat
{
    private readonly string[] signature;
    private readonly (CustomerField Field, string[] Columns)[] columns;

    private ImportFormat(string code, string name, string[] signature, params (CustomerField Field, string[] Columns)[] columns)
    {
        Code = code;
        Name = name;
        this.signature = signature;
        this.columns = columns;
    }

    public static ImportFormat Own { get; } = new(
        "own",
        "StoreCreditAdmin customers",
        ["external_id", "name"],
        (ExternalId, ["external_id"]), (CustomerField.Name, ["name"]), (Kind, ["kind"]), (Email, ["email"]), (Phone, ["phone"]));

    public static ImportFormat Shopify { get; } = new(
        "shopify",
        "Shopify customers export",
        ["first name", "last name", "email", "accepts email marketing", "tax exempt"],
        (ExternalId, ["customer id"]),
        (FirstName, ["first name"]),
        (LastName, ["last name"]),
        (Company, ["default address company", "company"]),
        (Email, ["email"]),
        (Phone, ["phone", "default address phone"]));

    public static ImportFormat OnlineRetail { get; } = new(
        "online-retail",
        "Online Retail sample",
        ["customer_id", "first_name", "last_name", "display_name", "email"],
        (ExternalId, ["customer_id"]), (CustomerField.Name, ["display_name"]), (FirstName, ["first_name"]), (LastName, ["last_name"]), (Email, ["email"]));

    /// <summary>Any other table with a header: columns that bear a usual name are proposed, the rest is for a person to say.</summary>
    public static ImportFormat Other { get; } = new(
        "other",
        "Another table",
        [],
        (ExternalId, ["external_id", "external id", "customer_id", "customer id", "customer number", "customer no", "id"]),
        (CustomerField.Name, ["name", "full name", "full_name", "display_name", "display name", "customer name", "customer"]),
        (FirstName, ["first name", "first_name", "firstname", "given name"]),
        (LastName, ["last name", "last_name", "lastname", "surname", "family name"]),
        (Company, ["company", "company name"]),
        (Kind, ["kind"]),
        (Email, ["email", "e-mail", "email address", "e-mail address", "mail"]),
        (Phone, ["phone", "telephone", "phone number", "mobile"]));

    /// <summary>All formats, in the order in which a header is compared with them.</summary>
    public static IReadOnlyList<ImportFormat> All { get; } = [Own, Shopify, OnlineRetail, Other];

    public string Code { get; }

    public string Name { get; }

    /// <summary>The column names by which a header is recognised.</summary>
    public IReadOnlyList<string> Signature => signature;

    public static ImportFormat Recognise(FileHeader header) => All.First(format => format.Fits(header));

    public static bool TryFind(string? code, [NotNullWhen(true)] out ImportFormat? format)
    {
        format = All.FirstOrDefault(one => one.Code == code);
        return format is not null;
    }

    public bool Fits(FileHeader header) => signature.All(name => header.IndexOf(name) is not null);

    /// <summary>The fields whose columns the header has.</summary>
    public ColumnMapping MappingFor(FileHeader header)
    {
        var mapping = ColumnMapping.Empty;
        foreach (var (field, names) in columns)
        {
            mapping = mapping.With(field, names.Select(header.IndexOf).FirstOrDefault(index => index is not null));
        }

        return mapping;
    }
}
