using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>
/// The events by which a shop would tell of the year of <see cref="OnlineRetail"/> with a fixed share of it paid by credit, and beside each what must come of it,
/// reckoned in pence with plain sums that share no code with the product.
/// Every customer first buys credit for a fifth of what they will order. Every fourth order is a renewal, which draws on credit before the card pays the rest; the
/// others come paid by card, and credit takes the card's place afterwards. Every third refund is given as store credit.
/// </summary>
public sealed class RetailReplay
{
    private const int Share = 5;
    private const int RenewalEvery = 4;

    private readonly Dictionary<string, Order> orders = [];
    private readonly Dictionary<string, Customer> customers = [];
    private readonly List<Told> events = [];

    private RetailReplay()
    {
    }

    /// <param name="Code">The refusal that it must meet; null where it must be processed.</param>
    public sealed record Told(string Id, string Type, string Customer, DateTimeOffset At, JsonObject Data, string? Code)
    {
        public EventRequest Request => new() { Id = Id, Type = Type, OccurredAt = At, Data = JsonSerializer.SerializeToElement(Data) };
    }

    /// <summary>What a customer has and used, in pence.</summary>
    public sealed class Customer
    {
        public long Available { get; set; }

        public long Used { get; set; }
    }

    public IReadOnlyList<Told> Events => events;

    public IReadOnlyDictionary<string, Customer> Customers => customers;

    public int OrderCount => orders.Count;

    public long OrderTotal { get; private set; }

    public long Issued { get; private set; }

    public long Captured { get; private set; }

    public long Returned { get; private set; }

    public long GivenAsMoney { get; private set; }

    public long AskedBackFromCards { get; private set; }

    public int Deferred { get; private set; }

    public static RetailReplay Of(IReadOnlyList<OnlineRetail.Invoice> invoices)
    {
        var replay = new RetailReplay();
        foreach (var customer in invoices.Where(invoice => !invoice.IsRefund).GroupBy(invoice => invoice.Customer))
        {
            replay.BuyCredit(customer.Key, customer.Min(invoice => invoice.At).AddHours(-1), customer.Sum(invoice => invoice.Pence) / Share);
        }

        foreach (var invoice in invoices)
        {
            if (invoice.IsRefund)
            {
                replay.Refund(invoice);
            }
            else if (replay.orders.Count % RenewalEvery == 0)
            {
                replay.Renew(invoice);
            }
            else
            {
                replay.Buy(invoice);
            }
        }

        return replay;
    }

    public static string Pounds(long pence) => (pence / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void BuyCredit(string id, DateTimeOffset at, long pence)
    {
        customers[id] = new Customer { Available = pence };
        if (pence == 0)
        {
            return;
        }

        Issued += pence;
        var data = Report("CREDIT-" + id, id, at, "credit-purchase", pence, Card(pence, "completed"));
        data["lines"] = new JsonArray(new JsonObject { ["sku"] = "CREDIT", ["name"] = "Credit", ["quantity"] = pence, ["unitPrice"] = "0.01", ["kind"] = "credit" });
        Tell("order.paid", "CREDIT-" + id, id, at, new JsonObject { ["order"] = data });
    }

    private void Renew(OnlineRetail.Invoice invoice)
    {
        var draw = Draw(invoice);
        Tell("order.placed", invoice.Number, invoice.Customer, invoice.At, new JsonObject { ["order"] = Report(invoice, "subscription", Card(invoice.Pence, "pending")) });
        Tell("order.paid", invoice.Number, invoice.Customer, invoice.At.AddMinutes(1), new JsonObject
        {
            ["order"] = Report(invoice, "subscription", draw == invoice.Pence ? [] : Card(invoice.Pence - draw, "completed")),
        });
    }

    private void Buy(OnlineRetail.Invoice invoice)
    {
        AskedBackFromCards += Draw(invoice);
        Tell("order.paid", invoice.Number, invoice.Customer, invoice.At, new JsonObject
        {
            ["order"] = Report(invoice, "one-off", invoice.Pence == 0 ? [] : Card(invoice.Pence, "completed")),
        });
    }

    private long Draw(OnlineRetail.Invoice invoice)
    {
        var customer = customers[invoice.Customer];
        var draw = Math.Min(customer.Available, invoice.Pence);
        customer.Available -= draw;
        customer.Used += draw;
        Captured += draw;
        OrderTotal += invoice.Pence;
        orders.Add(invoice.Number, new Order { Money = invoice.Pence - draw, Credit = draw, Left = invoice.Pence });
        return draw;
    }

    private void Refund(OnlineRetail.Invoice invoice)
    {
        var asCredit = events.Count % 3 == 0;
        var data = new JsonObject
        {
            ["orderNumber"] = invoice.Original ?? "BEFORE-" + invoice.Number,
            ["refundId"] = invoice.Number,
            ["amount"] = new JsonObject { ["amount"] = Pounds(invoice.Pence), ["currency"] = "GBP" },
            ["method"] = asCredit ? "store-credit" : "original",
        };
        if (invoice.Original is null)
        {
            Deferred++;
            Tell("order.refunded", invoice.Number, invoice.Customer, invoice.At, data);
            return;
        }

        var order = orders[invoice.Original];
        if (invoice.Pence > order.Left)
        {
            Tell("order.refunded", invoice.Number, invoice.Customer, invoice.At, data, order.Left == 0 && order.Money + order.Credit + order.Given > 0 ? "order-already-refunded" : "exceeds-order");
            return;
        }

        var customer = customers[invoice.Customer];
        var money = asCredit ? 0 : Math.Min(invoice.Pence, order.Money);
        var returned = Math.Min(invoice.Pence - money, order.Credit);
        var fresh = invoice.Pence - money - returned;
        order.Left -= invoice.Pence;
        order.Given += invoice.Pence;
        order.Money -= money;
        order.Credit -= returned;
        customer.Available += returned + fresh;
        customer.Used -= returned;
        Returned += returned;
        Issued += fresh;
        GivenAsMoney += money;
        Tell("order.refunded", invoice.Number, invoice.Customer, invoice.At, data);
    }

    private void Tell(string type, string subject, string customer, DateTimeOffset at, JsonObject data, string? code = null) =>
        events.Add(new Told($"{type}:{subject}", type, customer, at, data, code));

    private static JsonObject Report(OnlineRetail.Invoice invoice, string kind, JsonArray payments) =>
        Report(invoice.Number, invoice.Customer, invoice.At, kind, invoice.Pence, payments);

    private static JsonObject Report(string number, string customer, DateTimeOffset at, string kind, long pence, JsonArray payments) => new()
    {
        ["number"] = number,
        ["customer"] = new JsonObject { ["externalId"] = customer, ["email"] = $"customer-{customer}@example.com", ["name"] = "Customer " + customer },
        ["currency"] = "GBP",
        ["itemsTotal"] = Pounds(pence),
        ["total"] = Pounds(pence),
        ["placedAt"] = Iso(at),
        ["kind"] = kind,
        ["payments"] = payments,
    };

    private static JsonArray Card(long pence, string status) =>
        [new JsonObject { ["id"] = "card", ["method"] = "card", ["amount"] = Pounds(pence), ["status"] = status }];

    private sealed class Order
    {
        /// <summary>What the card paid and did not give back.</summary>
        public long Money { get; set; }

        /// <summary>What credit paid and did not get back.</summary>
        public long Credit { get; set; }

        /// <summary>What can still be given back.</summary>
        public long Left { get; set; }

        public long Given { get; set; }
    }
}
