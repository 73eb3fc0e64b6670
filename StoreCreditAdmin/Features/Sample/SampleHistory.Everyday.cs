using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>What agents and the webshop do all year: credit is given and spent.</summary>
internal sealed partial class SampleHistory
{
    private static readonly Occasion[] Occasions =
    [
        new("refund-credit", "Returned the blue stoneware bowls", "For the bowls you sent back", null),
        new("goodwill", "Parcel arrived a week late", "Sorry that your parcel was late", 180),
        new("promotion", "Spring campaign", "A spring present from us", 60),
        new("return-credit", "Wrong size of apron, kept no replacement", "For the apron you sent back", null),
        new("store-credit", "Loyalty bonus for the year", null, null),
        new("gift-card", "Gift card bought at the till", "Your gift card", null),
        new("promotion", "Autumn newsletter", "Thank you for reading", 45),
        new("refund-credit", "Two mugs broken on the way", "For the broken mugs", null),
        new("goodwill", "Waited long on the telephone", null, 365),
    ];

    private static readonly string[] Pounds = ["12.50", "25.00", "8.99", "40.00", "17.35", "60.00", "9.05", "33.20", "100.00", "21.75", "5.00"];
    private static readonly string[] Dollars = ["15.00", "30.00", "9.99", "50.00", "22.45", "75.00", "110.00", "18.60", "6.25"];
    private static readonly string[] Yen = ["1500", "3000", "980", "5000", "12000", "2480", "700"];

    /// <summary>A contact of each company that may spend its credit.</summary>
    private readonly Dictionary<string, Guid> buyers = [];
    private int orders = 10_200;

    private void GiveCredit()
    {
        var turn = 0;
        foreach (var (number, customer) in SampleCustomers.People.Index())
        {
            var times = 1 + ((number + 1) % 3);
            for (var time = 0; time < times; time++)
            {
                GiveAndSpend(number, customer.ExternalId, customer.Store, DayOf(number, time, times), turn++);
            }
        }

        foreach (var (number, company) in SampleCustomers.Companies.Index())
        {
            GiveToCompany(number, company);
        }
    }

    private void GiveAndSpend(int number, string account, SampleStore store, int day, int turn)
    {
        var occasion = Occasions[turn % Occasions.Length];
        var amounts = AmountsOf(store);
        var amount = amounts[(turn * 5) % amounts.Length];
        On(day, 9 + (turn % 6), turn % 60, () => desk.IssueAsync(AgentFor(turn), account, store, amount, new IssueCreditRequest
        {
            Type = occasion.Type,
            Memo = occasion.Memo,
            CustomerNote = occasion.Note,
            ExpiresOn = occasion.Days is { } days ? Today.AddDays(days - day) : null,
            Reason = occasion.Type == "goodwill" ? "goodwill" : null,
        }));
        if (turn % 5 < 2)
        {
            Order(day - 2, account, store, amounts[((turn * 5) + 3) % amounts.Length], amount: null, number);
        }
    }

    /// <summary>An order that is paid with as much credit as there is, the rest by card, and shipped on the same day.</summary>
    private void Order(int day, string account, SampleStore store, string total, string? amount, int minute)
    {
        var orderNumber = Text($"{store.OrderPrefix}-{++orders}");
        var turn = orders;
        AuthorizationView? held = null;
        On(day, 16, minute % 60, async () => held = await desk.HoldForOrderAsync(account, store, orderNumber, total, amount, BuyerOf(account)));
        On(day, 17, minute % 60, () => desk.TellAsync("order.paid", new { order = Paid(orderNumber, account, store, total, held!.Amount, turn) }));
    }

    private void GiveToCompany(int number, SampleCompany company)
    {
        var (account, store) = (company.ExternalId, company.Store);
        var (large, small, total) = store == SampleStore.Japan ? ("60000", "15000", "18500") : ("640.00", "150.00", "212.40");
        var day = OpenedDay(number * 9);
        On(day - 10, 11, number, () => desk.IssueAsync(
            desk.Staff.Manager, account, store, large, new IssueCreditRequest { Type = "store-credit", Name = "Yearly volume bonus", Memo = "Agreed with their buyer in writing" }));
        On(day - 60, 11, number, () => desk.IssueAsync(
            AgentFor(number), account, store, small, new IssueCreditRequest { Type = "refund-credit", Memo = "One pallet short, invoice already paid", CustomerNote = "For the missing pallet" }));
        Order(day - 30, account, store, total, amount: null, number);
        Order(day - 80, account, store, total, amount: null, number);
    }

    private Guid? BuyerOf(string account) => buyers.TryGetValue(account, out var contact) ? contact : null;

    // Between three days after the account was opened and a few days ago.
    private static int DayOf(int number, int time, int times)
    {
        var opened = OpenedDay(number) - 3;
        return opened - ((opened - 8 - (number % 9)) * time / times);
    }

    private static string[] AmountsOf(SampleStore store) => store.Currency switch { "JPY" => Yen, "USD" => Dollars, _ => Pounds };

    /// <param name="Days">How long the credit lives; null for ever.</param>
    private sealed record Occasion(string Type, string Memo, string? Note, int? Days);
}
