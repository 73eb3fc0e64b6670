namespace StoreCreditAdmin.Domain.Mails;

/// <summary>What customers are written about.</summary>
public enum MailKind
{
    CreditReceived,
    CreditRedeemed,
    CreditExpiring,
    RefundedWithCredit,
    MonthlyStatement,
}

/// <summary>Which mails go out, and when. One row.</summary>
public sealed class MailSettings
{
    public const int TheOne = 1;
    public const int MaxDaysAhead = 365;
    public const int MaxRefundNoteLength = 500;

    /// <summary>Stands in <see cref="RefundNote"/> for the order's number.</summary>
    public const string OrderNumberField = "{{order.number}}";

    private MailSettings()
    {
    }

    public int Id { get; private set; }

    public bool CreditReceived { get; private set; }

    public bool CreditRedeemed { get; private set; }

    public bool CreditExpiring { get; private set; }

    public bool RefundedWithCredit { get; private set; }

    public bool MonthlyStatement { get; private set; }

    /// <summary>How many days before its last good day the owner is told of credit, 0 to <see cref="MaxDaysAhead"/>.</summary>
    public int DaysAhead { get; private set; }

    /// <summary>What the note of a refund with store credit says where nobody writes another; may hold <see cref="OrderNumberField"/>, may be empty.</summary>
    public string RefundNote { get; private set; } = "";

    /// <summary>Counts changes, so that two people who edit it at once do not overwrite each other.</summary>
    public int Version { get; private set; }

    public bool IsOn(MailKind kind) => kind switch
    {
        MailKind.CreditReceived => CreditReceived,
        MailKind.CreditRedeemed => CreditRedeemed,
        MailKind.CreditExpiring => CreditExpiring,
        MailKind.RefundedWithCredit => RefundedWithCredit,
        MailKind.MonthlyStatement => MonthlyStatement,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public void Switch(MailKind kind, bool on)
    {
        switch (kind)
        {
            case MailKind.CreditReceived:
                CreditReceived = on;
                break;
            case MailKind.CreditRedeemed:
                CreditRedeemed = on;
                break;
            case MailKind.CreditExpiring:
                CreditExpiring = on;
                break;
            case MailKind.RefundedWithCredit:
                RefundedWithCredit = on;
                break;
            case MailKind.MonthlyStatement:
                MonthlyStatement = on;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    public void RemindAhead(int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MaxDaysAhead);
        DaysAhead = days;
    }

    public void NoteRefunds(string note) => RefundNote = note;

    public string RefundNoteOf(string orderNumber) => RefundNote.Replace(OrderNumberField, orderNumber, StringComparison.Ordinal);

    public void CountChange() => Version++;
}
