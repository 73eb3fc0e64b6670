using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>An order while a write changes it, and what the write did to it so far.</summary>
/// <param name="order">With its store, account, lines, payments and refunds loaded.</param>
internal sealed class OrderChange(WriteScope write, Order order)
{
    private readonly List<EventEffect> effects = [];
    private List<Authorization>? authorizations;

    public WriteScope Write => write;

    public Order Order => order;

    public IReadOnlyList<EventEffect> Effects => effects;

    /// <summary>All that name the order, as the write leaves them.</summary>
    public async Task<List<Authorization>> AuthorizationsAsync() =>
        authorizations ??= await write.Db.AuthorizationsOfOrderAsync(order.Number, order.Store, order.Currency);

    /// <summary>Holds credit of the order's account, without an amount as much as possible.</summary>
    public async Task<Result<Authorization>> AuthorizeAsync(long? amountMinor = null)
    {
        var authorized = await write.AuthorizeAsync(order.Account!, order.Store, new AuthorizationAsk
        {
            OrderNumber = order.Number,
            Total = new Money(order.TotalMinor, order.Currency),
            AmountMinor = amountMinor,
        });
        if (authorized.IsOk && authorizations?.Contains(authorized.Value) == false)
        {
            authorizations.Add(authorized.Value);
        }

        return authorized;
    }

    public async Task<OrderMoney> MoneyAsync() => new(order, await AuthorizationsAsync());

    public void Add(string kind, long? amountMinor = null, Guid? creditId = null, string? reason = null, string? rule = null) => effects.Add(new EventEffect
    {
        Kind = kind,
        CreditId = creditId,
        Amount = amountMinor is { } minor ? Amount.Of(minor, order.Currency) : null,
        Currency = amountMinor is null ? null : order.CurrencyCode,
        Rule = rule,
        Reason = reason,
    });

    /// <summary>Saves what the order says by now, so that queries in the same write find it.</summary>
    public Task SaveAsync() => write.Db.SaveChangesAsync();

    public void Audit(string? note = null, object? newValues = null) =>
        write.Audit("Order " + order.Number, order.PublicId.ToString(), order.AccountId, note: note, newValues: newValues ?? new { effects });
}
