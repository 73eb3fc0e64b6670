namespace StoreCreditAdmin.Tests.Features.Orders.Simulation;

/// <summary>An event of a shop, in cents. The order of <see cref="At"/> is the one in which things happened, whatever the order in which they are told.</summary>
internal sealed record Told(string Id, string Type, string Order, int At)
{
    public bool Renewal { get; init; }

    public long Total { get; init; }

    /// <summary>What the card paid, in an event that says that the order is paid; zero for nothing.</summary>
    public long Card { get; init; }

    public long Amount { get; init; }

    public bool AsCredit { get; init; }
}

/// <summary>
/// What a shop's events must lead to, read a second time from the rules in the plainest way: one customer's credit as three sums, and a few sums for each order.
/// Shares no code with the product.
/// </summary>
internal sealed class NaiveShop(long credit)
{
    private readonly Dictionary<string, string> answers = [];
    private readonly Dictionary<string, List<(Told Event, int Arrived)>> waiting = [];

    public Dictionary<string, NaiveOrder> Orders { get; } = [];

    public long Available { get; private set; } = credit;

    public long Held => Orders.Values.Sum(order => order.Held);

    public long Used => Orders.Values.Sum(order => order.Used);

    /// <returns><c>processed</c>, <c>duplicate</c> or the refusal's code.</returns>
    public string Tell(Told told)
    {
        if (answers.TryGetValue(told.Id, out var first))
        {
            return first == "processed" ? "duplicate" : first;
        }

        return answers[told.Id] = told.Type switch
        {
            "order.placed" => Placed(told),
            "order.paid" => Paid(told),
            _ => NowOrLater(told),
        };
    }

    private string Placed(Told told)
    {
        var order = OrderOf(told);
        if (order.IsOpen && told.Renewal && order.Due > 0 && (order.Held == 0 || Available > 0) && Available + order.Held > 0)
        {
            Free(order);
            var part = Math.Min(order.Due, Available);
            Available -= part;
            order.Held = part;
        }

        if (order.IsOpen && told.Renewal && order is { Due: 0, Held: > 0 })
        {
            order.Used += order.Held;
            order.Held = 0;
            order.IsPaid = true;
        }

        ApplyWaiting(order);
        return "processed";
    }

    private string Paid(Told told)
    {
        if (Orders.TryGetValue(told.Order, out var known) && known.IsCancelled)
        {
            ApplyWaiting(known);
            return "processed";
        }

        var (cardBefore, heldBefore) = known is null ? (0L, 0L) : (known.Card, known.Held);
        var fromCard = told.Card > 0 ? told.Card : cardBefore;
        var usedBefore = known?.Used ?? 0;
        var returned = known?.Returned ?? 0;
        var takes = Math.Min(heldBefore, Math.Max(0, told.Total - fromCard - usedBefore - returned));
        var due = Math.Max(0, told.Total - fromCard - usedBefore - takes - returned);
        if (known?.IsPaid != true && due > 0 && told.Card == 0 && (cardBefore > 0 || known?.HasPayments == true || usedBefore + takes + returned > 0))
        {
            return "order-not-funded";
        }

        var order = OrderOf(told);
        order.Card = fromCard;
        order.HasPayments |= told.Card > 0;
        order.Used += takes;
        order.Held -= takes;
        Free(order);
        if (!order.IsPaid && due > 0 && told.Card == 0)
        {
            order.Card += due;
            order.HasPayments = true;
        }

        order.IsPaid |= order.Due == 0;
        ApplyWaiting(order);
        return "processed";
    }

    private string NowOrLater(Told told)
    {
        if (!Orders.TryGetValue(told.Order, out var order))
        {
            Wait(told);
            return "processed";
        }

        var answer = Apply(order, told);
        if (answer is null)
        {
            Wait(told);
        }

        return answer ?? "processed";
    }

    /// <returns>Null where it waits on.</returns>
    private string? Apply(NaiveOrder order, Told told) => told.Type switch
    {
        "order.refunded" => Refund(order, told),
        "order.cancelled" => Cancel(order),
        "payment.failed" => Fail(order),
        _ => throw new ArgumentOutOfRangeException(nameof(told)),
    };

    private string? Refund(NaiveOrder order, Told told)
    {
        var refundable = order.Refundable;
        if (order.IsOpen && refundable < told.Amount)
        {
            return null;
        }

        if (told.Amount > refundable)
        {
            return refundable > 0 ? "exceeds-order" : order.WasPaid ? "order-already-refunded" : "exceeds-order";
        }

        var money = told.AsCredit ? 0 : Math.Min(told.Amount, order.MoneyLeft);
        var returned = Math.Min(told.Amount - money, order.Used);
        var fresh = told.Amount - money - returned;
        order.Money += money;
        order.Used -= returned;
        order.Returned += returned;
        order.Fresh += fresh;
        Available += returned + fresh;
        return "processed";
    }

    private string Cancel(NaiveOrder order)
    {
        if (!order.IsCancelled)
        {
            Free(order);
            order.EverUsed = order.Used + order.Returned > 0;
            var refundable = order.Refundable;
            var credit = Math.Min(order.Used, refundable);
            var asked = Math.Min(order.MoneyLeft, refundable - credit);
            order.Used -= credit;
            Available += credit;
            order.AskedBack += asked;
            order.IsCancelled = true;
        }

        return "processed";
    }

    private string Fail(NaiveOrder order)
    {
        if (order.IsOpen)
        {
            Free(order);
        }

        return "processed";
    }

    private NaiveOrder OrderOf(Told told)
    {
        if (!Orders.TryGetValue(told.Order, out var order))
        {
            Orders[told.Order] = order = new NaiveOrder { Total = told.Total };
        }

        // A placed order of the simulation has a pending card payment, which is no money but a payment.
        order.HasPayments |= told.Type == "order.placed" && order.IsOpen;
        return order;
    }

    private void Free(NaiveOrder order)
    {
        Available += order.Held;
        order.Held = 0;
    }

    private void Wait(Told told)
    {
        waiting.TryAdd(told.Order, []);
        waiting[told.Order].Add((told, waiting.Values.Sum(list => list.Count) + answers.Count));
    }

    private void ApplyWaiting(NaiveOrder order)
    {
        var number = Orders.Single(one => one.Value == order).Key;
        var left = new List<(Told, int)>();
        foreach (var one in waiting.GetValueOrDefault(number, []).OrderBy(one => one.Event.At).ThenBy(one => one.Arrived))
        {
            if (Apply(order, one.Event) is null)
            {
                left.Add(one);
            }
        }

        waiting[number] = left;
    }
}

/// <summary>An order's sums in cents.</summary>
internal sealed class NaiveOrder
{
    public long Total { get; init; }

    public long Card { get; set; }

    public bool HasPayments { get; set; }

    public long AskedBack { get; set; }

    public long Held { get; set; }

    public long Used { get; set; }

    /// <summary>What refunds gave back in money, to the credits that paid, and as new credit.</summary>
    public long Money { get; set; }

    public long Returned { get; set; }

    public long Fresh { get; set; }

    public bool IsPaid { get; set; }

    public bool IsCancelled { get; set; }

    public bool EverUsed { get; set; }

    public bool IsOpen => !IsPaid && !IsCancelled;

    public long Others => Card - AskedBack;

    public long Refunded => Money + Returned + Fresh;

    public long Due => IsCancelled ? 0 : Math.Max(0, Total - Others - Held - Used - Returned);

    public long Refundable => Math.Max(0, Math.Min(Total, Others + Used + Returned) - Refunded);

    public long MoneyLeft => Math.Max(0, Others - Money);

    public bool WasPaid => Card > 0 || (IsCancelled ? EverUsed : Used + Returned > 0);

    public string Status => IsCancelled ? "cancelled" : IsPaid ? "paid" : "placed";
}
