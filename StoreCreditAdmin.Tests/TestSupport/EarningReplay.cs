using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>
/// The year of <see cref="OnlineRetail"/> paid by card in three shops with a set of rules each, and beside it what every customer must earn, give back and lose
/// by expiry, reckoned in pence and days with plain sums that share no code with the product.
/// </summary>
public sealed class EarningReplay
{
    public static readonly string[] Shops = ["main", "second", "third"];

    private readonly Dictionary<string, Order> orders = [];
    private readonly Dictionary<string, Customer> customers = [];
    private readonly List<Told> events = [];

    private EarningReplay()
    {
    }

    public sealed record Told(string Id, string Type, DateTimeOffset At, JsonObject Data, string? Code)
    {
        public EventRequest Request => new() { Id = Id, Type = Type, OccurredAt = At, Data = JsonSerializer.SerializeToElement(Data) };
    }

    /// <summary>In pence: what a customer earned in all, and what became of it.</summary>
    public sealed class Customer
    {
        public required string Shop { get; init; }

        public List<Grant> Grants { get; } = [];

        public int Orders { get; set; }

        public long Spent { get; set; }

        public long Carried { get; set; }

        public (long Earned, long Reclaimed, long Expired, long Left) Figures => (
            Grants.Sum(grant => grant.Earned),
            Grants.Sum(grant => grant.TakenBack),
            Grants.Sum(grant => grant.Expired),
            Grants.Sum(grant => grant.Earned - grant.TakenBack - grant.Expired));
    }

    public sealed class Grant
    {
        public required string Method { get; init; }

        public required long Earned { get; init; }

        public required DateOnly? LastDay { get; init; }

        public long Due { get; set; }

        public long TakenBack { get; set; }

        public long Expired { get; set; }
    }

    public IReadOnlyList<Told> Events => events;

    public IReadOnlyDictionary<string, Customer> Customers => customers;

    /// <param name="end">The day on which expiry is booked for the last time.</param>
    public static EarningReplay Of(IReadOnlyList<OnlineRetail.Invoice> invoices, DateOnly end)
    {
        var replay = new EarningReplay();
        foreach (var invoice in invoices)
        {
            if (invoice.IsRefund)
            {
                replay.Refund(invoice);
            }
            else
            {
                replay.Buy(invoice);
            }
        }

        foreach (var grant in replay.customers.Values.SelectMany(customer => customer.Grants).Where(grant => grant.LastDay < end))
        {
            grant.Expired = grant.Earned - grant.TakenBack;
        }

        return replay;
    }

    private void Buy(OnlineRetail.Invoice invoice)
    {
        if (!customers.TryGetValue(invoice.Customer, out var customer))
        {
            customer = new Customer { Shop = Shops[int.Parse(invoice.Customer, CultureInfo.InvariantCulture) % 3] };
            customers.Add(invoice.Customer, customer);
            Register(invoice, customer);
        }

        var order = new Order(invoice.Pence);
        orders.Add(invoice.Number, order);
        var today = DateOnly.FromDateTime(invoice.At.UtcDateTime);
        switch (customer.Shop)
        {
            case "main":
                Give("first-order", customer.Orders == 0 && invoice.Pence > 0 ? 1000 : 0, null);
                customer.Carried += invoice.Pence;
                Give("spend-history", customer.Carried / 10000 * 800, today.AddDays(90));
                customer.Carried %= 10000;
                break;
            case "second":
                Give("order-placed", invoice.Pence >= 5000 ? invoice.Pence / 2000 * 100 : 0, today.AddDays(30));
                Give("order-history", customer.Orders switch { 0 => 200, 2 => 500, 4 => 1000, _ => 0 }, null);
                break;
            default:
                Give("first-order", customer.Orders == 0 ? invoice.Pence / 3000 * 300 : 0, null);
                long Reached(long step, long gives) => customer.Spent < step && customer.Spent + invoice.Pence >= step ? gives : 0;
                Give("spend-history", Reached(30000, 1000) + Reached(100000, 4000), today.AddDays(90));
                break;
        }

        customer.Orders++;
        customer.Spent += invoice.Pence;
        Tell("order.paid", invoice.Number, invoice.At, new JsonObject
        {
            ["order"] = new JsonObject
            {
                ["number"] = invoice.Number,
                ["customer"] = CustomerOf(invoice.Customer),
                ["store"] = customer.Shop,
                ["currency"] = "GBP",
                ["itemsTotal"] = RetailReplay.Pounds(invoice.Pence),
                ["total"] = RetailReplay.Pounds(invoice.Pence),
                ["placedAt"] = Iso(invoice.At),
                ["kind"] = "one-off",
            },
        });

        void Give(string method, long pence, DateOnly? lastDay)
        {
            if (pence > 0)
            {
                var grant = new Grant { Method = method, Earned = pence, LastDay = lastDay };
                customer.Grants.Add(grant);
                order.Grants.Add(grant);
            }
        }
    }

    private void Register(OnlineRetail.Invoice invoice, Customer customer)
    {
        if (customer.Shop != "third")
        {
            return;
        }

        customer.Grants.Add(new Grant { Method = "registration", Earned = 500, LastDay = DateOnly.FromDateTime(invoice.At.UtcDateTime).AddDays(10) });
        Tell("customer.registered", invoice.Customer, invoice.At, new JsonObject { ["customer"] = CustomerOf(invoice.Customer), ["store"] = customer.Shop });
    }

    private void Refund(OnlineRetail.Invoice invoice)
    {
        var data = new JsonObject
        {
            ["orderNumber"] = invoice.Original ?? "BEFORE-" + invoice.Number,
            ["refundId"] = invoice.Number,
            ["amount"] = new JsonObject { ["amount"] = RetailReplay.Pounds(invoice.Pence), ["currency"] = "GBP" },
            ["method"] = "original",
        };
        if (invoice.Original is null)
        {
            Tell("order.refunded", invoice.Number, invoice.At, data);
            return;
        }

        var order = orders[invoice.Original];
        if (order.Refunded + invoice.Pence > order.Total)
        {
            Tell("order.refunded", invoice.Number, invoice.At, data, order.Refunded == order.Total && order.Total > 0 ? "order-already-refunded" : "exceeds-order");
            return;
        }

        order.Refunded += invoice.Pence;
        var today = DateOnly.FromDateTime(invoice.At.UtcDateTime);
        foreach (var grant in order.Grants)
        {
            var due = (long)Math.Round((decimal)grant.Earned * order.Refunded / order.Total, MidpointRounding.AwayFromZero);
            if (!(grant.LastDay < today))
            {
                grant.TakenBack += due - grant.Due;
            }

            grant.Due = due;
        }

        Tell("order.refunded", invoice.Number, invoice.At, data);
    }

    private void Tell(string type, string subject, DateTimeOffset at, JsonObject data, string? code = null) => events.Add(new Told($"{type}:{subject}", type, at, data, code));

    private static JsonObject CustomerOf(string id) => new() { ["externalId"] = id, ["email"] = $"customer-{id}@example.com", ["name"] = "Customer " + id };

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed class Order(long total)
    {
        public long Total => total;

        public long Refunded { get; set; }

        public List<Grant> Grants { get; } = [];
    }
}
