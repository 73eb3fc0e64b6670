using System.Globalization;
using StoreCreditAdmin.Domain;
using static StoreCreditAdmin.Features.Sample.SampleStore;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>What the webshop tells of its orders: one of each kind that an order's page shows.</summary>
internal sealed partial class SampleHistory
{
    private const string Thomas = "C-1004";
    private const string Harriet = "C-1005";
    private const string Zoe = "C-1009";

    private static readonly string[] Articles =
        ["Blue stoneware bowl", "Linen apron", "Copper kettle", "Beeswax candles", "Walnut chopping board", "Botanical tea towel", "Enamel jug"];

    private void TellOfOrders()
    {
        TellOfHeldOrders();
        TellOfRenewals();
        On(30, 10, 0, () => Tell("order.paid", Order("UK-20030", Harriet, Uk, "75.00", "credit-purchase", Card("75.00", "completed"), [Line("CREDIT", "Store credit", 75, "1.00", "credit")])));
        On(24, 10, 5, () => Issue(Thomas, "goodwill", "8.12", "Scratched lid", reason: "goodwill"));
        On(21, 10, 10, () => Tell("order.paid", Order("UK-20031", Thomas, Uk, "148.75", "one-off", Card("148.75", "completed"), guest: true)));
        On(19, 10, 15, () => Tell("order.paid", Order("UK-20032", null, Uk, "18.40", "one-off", Card("18.40", "completed"), guest: true)));
        GiveBackToImogen();
        On(7, 10, 40, () => Tell("order.paid", Order("UK-20034", Zoe, Uk, "22.00", "one-off", Card("22.00", "completed"))));
        On(6, 10, 45, () => desk.CancelAsync(AgentFor(1), "UK-20034", "Ordered twice by mistake"));
    }

    private void TellOfHeldOrders()
    {
        Ago(TimeSpan.FromMinutes(179), () => Tell("order.placed", Order("UK-20011", Eleanor, Uk, "64.90", "one-off", Card("64.90", "pending"))));
        Ago(TimeSpan.FromMinutes(299), () => Tell("order.placed", Order("UK-20012", Oliver, Uk, "40.00", "one-off", [])));
        Ago(TimeSpan.FromMinutes(119), () => Tell("order.placed", Order("US-20013", Maria, Us, "120.00", "one-off", Card("120.00", "pending"))));
        Ago(TimeSpan.FromMinutes(59), () => Tell("order.placed", Order("JP-20014", Hanae, Japan, "4300", "one-off", [])));
    }

    private void TellOfRenewals()
    {
        On(40, 3, 0, () => Tell("order.placed", Order("UK-20035", Oliver, Uk, "11.88", "subscription", Card("11.88", "pending"))));
        On(9, 3, 0, () => Tell("order.placed", Order("UK-20036", Oliver, Uk, "11.88", "subscription", Card("11.88", "pending"))));
    }

    private void GiveBackToImogen()
    {
        const string Number = "UK-20033";
        On(18, 10, 20, () => Tell("order.paid", Order(Number, Imogen, Uk, "80.00", "one-off", Card("80.00", "completed"), [Line("ENAMEL-JUG", "Enamel jug", 2, "25.00"), Line("APRON", "Linen apron", 1, "30.00")])));
        On(15, 10, 25, () => desk.GiveBackAsync(AgentFor(0), Number, "25.00", "One jug arrived chipped", notify: true));
        On(13, 10, 30, () => desk.TellAsync("order.refunded", new { orderNumber = Number, refundId = "CARD-7001", amount = new { amount = "30.00", currency = Uk.Currency }, method = "original", note = "Apron sent back" }));
    }

    private Task Tell(string type, object order) => desk.TellAsync(type, new { order });

    /// <param name="byCredit">What was held for it; the card pays the rest.</param>
    private static object Paid(string number, string account, SampleStore store, string total, Amount byCredit, int turn)
    {
        var rest = Amount.Of(AmountParser.ParsePositive(total, Currency.Of(store.Currency)).Value - byCredit.Minor, Currency.Of(store.Currency));
        var article = Articles[turn % Articles.Length];
        return Order(
            number, account, store, total, "one-off", rest.Minor == 0 ? [] : Card(rest.ToString(), "completed"), [Line(article.Replace(' ', '-').ToUpper(CultureInfo.InvariantCulture), article, 1, total)]);
    }

    private static object Order(
        string number, string? account, SampleStore store, string total, string kind, object[] payments, object[]? lines = null, bool guest = false) => new
        {
            number,
            customer = CustomerOf(account),
            guest,
            store = store.Code,
            currency = store.Currency,
            itemsTotal = total,
            total,
            kind,
            lines = lines ?? [Line("SAMPLER", "Box of samples", 1, total)],
            payments,
        };

    private static object CustomerOf(string? account) =>
        account is null ? new { email = "walk-in@example.net", name = "A. Passer-by" }
        : SampleCustomers.People.FirstOrDefault(person => person.ExternalId == account) is { } person ? new { externalId = account, email = person.Email, name = person.Name }
        : new { externalId = account };

    private static object Line(string sku, string name, int quantity, string unitPrice, string kind = "goods") => new { sku, name, quantity, unitPrice, kind };

    private static object[] Card(string amount, string status) => [new { id = "card-1", method = "card", amount, status }];
}
