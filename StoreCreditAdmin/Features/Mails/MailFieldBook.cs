using StoreCreditAdmin.Domain.Mails;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>A field that texts may name.</summary>
/// <param name="Name">As it stands in braces: <c>customer.name</c>.</param>
public sealed record MailField(string Name, string Meaning)
{
    /// <summary>Where the field is a list: what each one of it has.</summary>
    public IReadOnlyList<MailField> Each { get; init; } = [];

    public bool IsList => Each.Count > 0;
}

/// <summary>Which fields each mail fills. What it does not fill, its text cannot name.</summary>
public static class MailFieldBook
{
    private static readonly MailField[] Always =
    [
        new("customer.name", "Whom the e-mail is addressed to"),
        new("store.name", "Your store"),
        new("balance", "What the customer can spend in this store afterwards"),
    ];

    private static readonly MailField Amount = new("credit.amount", "How much credit it is about, with its currency");

    private static readonly MailField[] OfEach =
    [
        new("amount", "How much of this credit"),
        new("type", "Its type"),
        new("name", "Its name"),
        new("note", "What is noted for the customer"),
        new("expires_on", "Its last good day"),
    ];

    private static readonly MailField LastGoodDay = new("expires_on", "The last good day; empty where it never expires, or where there are several");

    private static readonly MailField[] OfCredit =
    [
        .. Always,
        Amount,
        LastGoodDay,
        new("order.number", "The order; empty where there is none"),
        new("credit.type", "The type of the credit; empty where there are several"),
        new("credit.name", "The name of the credit; often empty"),
        new("credit.note", "What is noted for the customer; often empty"),
        new("credits", "Each credit by itself, where there are several") { Each = OfEach },
    ];

    private static readonly MailField[] OfReminder = [.. Always, Amount, LastGoodDay with { Meaning = "The last good day" }];

    private static readonly MailField[] OfStatement =
    [
        .. Always,
        new("statement.from", "The first day of the statement"),
        new("statement.to", "Its last day"),
        new("statement.closing_balance", "The balance at the end of the last day"),
    ];

    public static IReadOnlyList<MailField> Of(MailKind kind) => kind switch
    {
        MailKind.CreditExpiring => OfReminder,
        MailKind.MonthlyStatement => OfStatement,
        _ => OfCredit,
    };
}
