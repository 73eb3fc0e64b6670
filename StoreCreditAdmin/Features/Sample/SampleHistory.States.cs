using StoreCreditAdmin.Features.Credits;
using static StoreCreditAdmin.Features.Sample.SampleStore;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>What every page should have something of: each state of a credit, each state of an authorization, holds.</summary>
internal sealed partial class SampleHistory
{
    private const string Eleanor = "C-1001";
    private const string Oliver = "C-1002";
    private const string Imogen = "C-1003";
    private const string Maria = "C-2001";
    private const string Tyrone = "C-2002";
    private const string Hanae = "C-3001";

    private int issued;

    private void ShowEveryState()
    {
        SpendAndChangeEleanorsCredit();
        GiveEleanorNewCredit();
        HoldForOrders();
        CorrectMistakes();
        PutOnHold();
    }

    private void SpendAndChangeEleanorsCredit()
    {
        Guid adjusted = default, invalidated = default, mistyped = default;
        On(155, 9, 12, () => Issue(Eleanor, "refund-credit", "24.99", "Returned the linen tablecloth"));
        Order(154, Eleanor, Uk, "24.99", null, 20);
        On(120, 10, 3, () => Issue(Eleanor, "gift-card", "100.00", "Gift card bought at the till", name: "Birthday card from Harriet"));
        Order(118, Eleanor, Uk, "35.60", null, 41);
        On(92, 9, 30, () => Issue(Eleanor, "promotion", "10.00", "Summer campaign", expires: -30));
        On(80, 14, 8, async () => adjusted = await Issue(Eleanor, "store-credit", "40.00", "Loyalty bonus for the year"));
        On(70, 11, 20, async () => invalidated = await Issue(Eleanor, "goodwill", "30.00", "Complaint about a late delivery", reason: "goodwill"));
        On(65, 11, 25, () => desk.InvalidateAsync(desk.Staff.Manager, invalidated, "duplicate", "A colleague gave the same credit an hour earlier"));
        On(60, 15, 2, () => desk.AdjustAsync(desk.Staff.Manager, adjusted, "15.00", "customer-request", "Bonus raised after her call"));
        On(50, 9, 45, async () => mistyped = await Issue(Eleanor, "store-credit", "1200.00", "Typed without the decimal point"));
        On(50, 9, 50, () => desk.DeleteAsync(AgentFor(0), mistyped));
        On(40, 16, 30, () => desk.AdjustAsync(AgentFor(1), adjusted, "-5.00", "correction", "Counted one order twice"));
    }

    private void GiveEleanorNewCredit()
    {
        On(25, 9, 15, () => Issue(Eleanor, "goodwill", "18.00", "Chipped glaze, kept the vase", reason: "goodwill", expires: 21));
        On(10, 10, 40, () => Issue(Eleanor, "promotion", "7.50", "Winter newsletter", expires: 5));
        On(6, 12, 0, () => desk.IssueAsync(AgentFor(2), Eleanor, Us, "25.00", new IssueCreditRequest { Type = "store-credit", Memo = "Ordered from New York for her sister" }));
        On(3, 13, 5, () => Issue(Eleanor, "store-credit", "50.00", "Prize of the photo contest"));
        On(2, 10, 10, () => desk.IssueAsync(desk.Staff.Manager, Eleanor, Uk, "15.00", new IssueCreditRequest
        {
            Type = "promotion",
            Name = "Winter sale",
            Memo = "For the sale that begins then",
            EffectiveOn = Today.AddDays(10),
            ExpiresOn = Today.AddDays(45),
        }));
        Ago(TimeSpan.FromHours(3), () => desk.AuthorizeAsync(Eleanor, Uk, "UK-20011", "64.90", "20.00"));
    }

    private void HoldForOrders()
    {
        string partly = "", refunded = "", voided = "";
        On(45, 9, 0, () => Issue(Oliver, "store-credit", "120.00", "Loyalty bonus for the year"));
        On(30, 16, 5, async () => partly = await desk.AuthorizeAsync(Oliver, Uk, "UK-20002", "80.00", "80.00"));
        On(30, 17, 5, () => desk.CaptureAsync(partly, "52.30"));
        Ago(TimeSpan.FromHours(5), async () => partly = await desk.AuthorizeAsync(Oliver, Uk, "UK-20012", "40.00", "40.00"));
        Ago(TimeSpan.FromHours(4), () => desk.CaptureAsync(partly, "15.00", keepRest: true));

        On(28, 9, 0, () => Issue(Imogen, "gift-card", "75.00", "Gift card bought at the till"));
        On(20, 16, 6, async () => refunded = await desk.AuthorizeAsync(Imogen, Uk, "UK-20003", "48.00", "48.00"));
        On(20, 17, 6, () => desk.CaptureAsync(refunded));
        On(12, 11, 6, () => desk.RefundAsync(AgentFor(1), refunded, "18.50", "Sent one of the candlesticks back"));
        On(9, 16, 7, async () => voided = await desk.AuthorizeAsync(Imogen, Uk, "UK-20004", "30.00"));
        On(9, 17, 7, () => desk.VoidAsync(voided, "Customer left the checkout"));

        On(15, 14, 0, () => desk.IssueAsync(AgentFor(0), Maria, Us, "85.00", new IssueCreditRequest { Type = "store-credit", Memo = "Referred two friends" }));
        On(4, 15, 30, () => desk.AuthorizeAsync(Maria, Us, "US-20005", "39.95", "39.95"));
        Ago(TimeSpan.FromHours(2), () => desk.AuthorizeAsync(Maria, Us, "US-20013", "120.00"));
        On(14, 9, 10, () => desk.IssueAsync(AgentFor(2), Hanae, Japan, "8000", new IssueCreditRequest { Type = "refund-credit", Memo = "返品 (茶碗)", CustomerNote = "返品分のクレジットです" }));
        Ago(TimeSpan.FromHours(1), () => desk.AuthorizeAsync(Hanae, Japan, "JP-20014", "4300", "4300"));
    }

    private void CorrectMistakes()
    {
        Guid extended = default, chargedBack = default;
        On(70, 9, 33, async () => extended = await Issue("C-1009", "promotion", "20.00", "Summer campaign", expires: -20));
        On(16, 10, 33, () => desk.ExtendAsync(desk.Staff.Manager, extended, Today.AddDays(25), "customer-request"));
        On(35, 9, 50, () => desk.IssueAsync(AgentFor(1), Tyrone, Us, "95.00", new IssueCreditRequest { Type = "store-credit", Memo = "Paid in at the till" }));
        On(34, 15, 50, () => desk.DebitAsync(desk.Staff.Manager, Tyrone, Us, "12.40", "correction", "Till slip says 82.60"));
        On(33, 9, 5, async () => chargedBack = await desk.IssueAsync(AgentFor(0), "C-2003", Us, "150.00", new IssueCreditRequest { Type = "gift-card", Memo = "Gift card bought by card" }));
        On(29, 9, 5, () => desk.InvalidateAsync(desk.Staff.Manager, chargedBack, "fraud", "The bank reversed the card payment"));
        On(22, 12, 12, () => desk.ReissueCardAsync(AgentFor(2), "C-1014"));
        On(8, 9, 21, () => Issue("C-1020", "promotion", "12.00", "Winter newsletter", expires: 3));
        On(8, 9, 22, () => Issue("C-1031", "promotion", "12.00", "Winter newsletter", expires: 6));
        On(8, 9, 23, () => Issue("C-1028", "goodwill", "9.00", "Parcel left in the rain", reason: "goodwill", expires: 28));
    }

    private void PutOnHold()
    {
        On(60, 13, 0, () => desk.HoldAsync("C-1012", "overdue-payment", "Two invoices open since spring"));
        On(47, 13, 0, () => desk.LiftHoldAsync("C-1012"));
        On(6, 13, 30, () => desk.HoldAsync("C-1023", "overdue-payment", "Reminder sent, no answer yet"));
        On(5, 13, 31, () => desk.HoldAsync("C-2003", "fraud", "Two cards reversed within a month; ask the bank before lifting"));
        On(1, 13, 32, () => desk.HoldAsync("B-202", "overdue-payment", "Asked by accounting"));
    }

    private Task<Guid> Issue(string account, string type, string amount, string memo, string? name = null, string? reason = null, int? expires = null) =>
        desk.IssueAsync(AgentFor(issued++), account, Uk, amount, new IssueCreditRequest
        {
            Type = type,
            Name = name,
            Memo = memo,
            Reason = reason,
            ExpiresOn = expires is { } days ? Today.AddDays(days) : null,
        });
}
