namespace StoreCreditAdmin.Features.Import;

/// <summary>What an import of customers can take from a file's columns.</summary>
public enum CustomerField
{
    ExternalId,
    Name,
    FirstName,
    LastName,
    Company,
    Kind,
    Email,
    Phone,
}

public static class CustomerFields
{
    public static IReadOnlyList<CustomerField> All { get; } = Enum.GetValues<CustomerField>();

    public static string Label(this CustomerField field) => field switch
    {
        CustomerField.ExternalId => "External id",
        CustomerField.FirstName => "First name",
        CustomerField.LastName => "Last name",
        CustomerField.Email => "E-mail",
        _ => field.ToString(),
    };

    public static string Explanation(this CustomerField field) => field switch
    {
        CustomerField.ExternalId => "The customer's number in the shop. Customers are recognised by it first.",
        CustomerField.Name => "The whole name. Where it is empty, first and last name are joined.",
        CustomerField.Company => "Taken only where a row names no person: then the account is a company's.",
        CustomerField.Kind => "person or company; empty means person.",
        CustomerField.Email => "Customers without a known external id are recognised by it.",
        _ => "",
    };
}
