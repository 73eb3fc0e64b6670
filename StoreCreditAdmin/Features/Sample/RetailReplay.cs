using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.PromoCodes;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>
/// The year of <see cref="OnlineRetail"/> as its shop would tell it, moved to end lately: customers register, order, pay by card and get money back,
/// while rules give them credit that takes the card's place in later orders.
/// </summary>
/// <param name="shift">By how much later than in reality everything happens.</param>
internal sealed class RetailReplay(SampleDesk desk, IReadOnlyDictionary<string, OnlineRetail.Customer> customers, TimeSpan shift)
{
    public const string Store = "gifts";

    /// <summary>Every tenth order or so names it; it gives once for each customer.</summary>
    private const string Code = "GIFTS3";

    /// <summary>The first of the deeds that prepare the shop, before anything is sold.</summary>
    private static readonly TimeSpan Preparation = TimeSpan.FromDays(1);

    /// <summary>How many whole days later the year must have been to end on the day before.</summary>
    public static TimeSpan ShiftTo(DateTimeOffset now, IReadOnlyList<OnlineRetail.Invoice> invoices) => TimeSpan.FromDays(Math.Floor((now - invoices[^1].At).TotalDays));

    /// <summary>Every so many of the customers in the order of their numbers, with all that they ordered and gave back.</summary>
    public static List<OnlineRetail.Invoice> Some(IReadOnlyList<OnlineRetail.Invoice> invoices, int customers)
    {
        var all = invoices.Select(invoice => invoice.Customer).Distinct().Order(StringComparer.Ordinal).ToList();
        var chosen = all.Where((_, place) => place % Math.Max(1, all.Count / customers) == 0).Take(customers).ToHashSet();
        return [.. invoices.Where(invoice => chosen.Contains(invoice.Customer))];
    }

    /// <summary>What happens when, in the order of time. A deed that was done before does nothing.</summary>
    /// <param name="invoices">Oldest first.</param>
    public IEnumerable<(DateTimeOffset At, Func<Task<bool>> Deed)> Deeds(IReadOnlyList<OnlineRetail.Invoice> invoices)
    {
        yield return (invoices[0].At + shift - Preparation, PrepareAsync);
        var known = new HashSet<string>();
        foreach (var invoice in invoices)
        {
            if (known.Add(invoice.Customer))
            {
                yield return (invoice.At + shift - TimeSpan.FromMinutes(5), () => desk.TryTellAsync("customer.registered", "customer-" + invoice.Customer, new
                {
                    store = Store,
                    customer = CustomerOf(invoice),
                }));
            }

            yield return (invoice.At + shift, invoice.IsRefund ? () => RefundAsync(invoice) : () => PayAsync(invoice));
        }
    }

    private async Task<bool> PrepareAsync()
    {
        await desk.PrepareStoreAsync(new AddStoreRequest { Code = Store, Name = "Gift shop", Currency = "GBP", TimeZone = "Europe/London", ApplyAfterCheckout = true });
        await desk.PrepareExpiryAsync(new ExpirySettings
        {
            SameForAll = false,
            PerMethod = new Dictionary<string, ExpiryPolicyInput?> { ["registration"] = Days(60), ["first-order"] = Days(90), ["order-placed"] = Days(180), ["spend-history"] = Days(365) },
        });
        await RuleAsync("registration", new() { Amount = "2" });
        await RuleAsync("first-order", new() { Mode = RuleModes.Fixed, Amount = "5" });
        await RuleAsync("order-placed", new() { Mode = RuleModes.PerAmount, Every = "100", Give = "1", MinimumSpend = "200" });
        await RuleAsync("order-history", new() { Measure = RuleModes.CountMeasure, Steps = [Step("3", "5"), Step("10", "20"), Step("25", "60")] });
        await RuleAsync("spend-history", new() { Mode = RuleModes.Every, Every = "500", Give = "10" });
        await desk.PrepareCodeAsync(new AddPromoCodeRequest { Code = Code, Kind = "promo", Amount = "3", Currency = "GBP", Type = "promotion" });
        return true;

        Task RuleAsync(string method, RuleConfig config) => desk.PrepareRuleAsync(new SaveRuleRequest { Store = Store, Method = method, Currency = "GBP", Config = config });
        static ExpiryPolicyInput Days(int days) => new() { Kind = ExpiryPolicyInput.AfterDaysKind, Days = days };
        static StepConfig Step(string at, string give) => new() { At = at, Give = give };
    }

    private Task<bool> PayAsync(OnlineRetail.Invoice invoice) => desk.TryTellAsync("order.paid", invoice.Number, new
    {
        order = new
        {
            number = invoice.Number,
            customer = CustomerOf(invoice),
            store = Store,
            currency = "GBP",
            itemsTotal = invoice.Amount,
            total = invoice.Amount,
            placedAt = (invoice.At + shift).UtcDateTime,
            kind = "one-off",
            promoCode = invoice.Number.EndsWith('7') ? Code : null,
            payments = invoice.Amount.All(mark => mark is '0' or '.') ? Array.Empty<object>() : [new { id = "card", method = "card", amount = invoice.Amount, status = "completed" }],
        },
    });

    /// <summary>Every third one is given as store credit.</summary>
    private Task<bool> RefundAsync(OnlineRetail.Invoice invoice) => desk.TryTellAsync("order.refunded", invoice.Number, new
    {
        orderNumber = invoice.Original ?? "BEFORE-" + invoice.Number,
        refundId = invoice.Number,
        amount = new { amount = invoice.Amount, currency = "GBP" },
        method = invoice.Number[^1] % 3 == 0 ? "store-credit" : "original",
    });

    private object CustomerOf(OnlineRetail.Invoice invoice) =>
        new { externalId = invoice.Customer, customers[invoice.Customer].Email, customers[invoice.Customer].Name };
}
