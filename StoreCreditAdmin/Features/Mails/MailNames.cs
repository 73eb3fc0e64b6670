using StoreCreditAdmin.Domain.Mails;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>The words by which mails are known outside the program.</summary>
public static class MailNames
{
    public static IReadOnlyList<MailKind> Kinds { get; } = Enum.GetValues<MailKind>();

    public static string Of(MailKind kind) => kind switch
    {
        MailKind.CreditReceived => "credit-received",
        MailKind.CreditRedeemed => "credit-redeemed",
        MailKind.CreditExpiring => "credit-expiring",
        MailKind.RefundedWithCredit => "refunded-with-credit",
        MailKind.MonthlyStatement => "monthly-statement",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static MailKind? Kind(string? text) => Kinds.Where(kind => Of(kind) == text).Select(kind => (MailKind?)kind).FirstOrDefault();
}
