using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A shop that tells of its orders: sends events, each with an id of its own, and looks at what they did.</summary>
public sealed class ShopFeed(TestDatabase database)
{
    public const string Email = "ada@example.com";

    private int sent;

    /// <summary>An order as the contract writes it, all of it goods, of a customer with <see cref="Email"/>.</summary>
    public static JsonObject Order(string number, string total, bool guest = false, string kind = "one-off", string currency = "USD", string? email = Email, JsonArray? payments = null) => new()
    {
        ["number"] = number,
        ["customer"] = new JsonObject { ["externalId"] = guest ? null : "c-" + email, ["email"] = email, ["name"] = "Ada Byron" },
        ["guest"] = guest,
        ["currency"] = currency,
        ["itemsTotal"] = total,
        ["discountTotal"] = "0",
        ["shippingTotal"] = "0",
        ["taxTotal"] = "0",
        ["total"] = total,
        ["placedAt"] = "2026-11-22T11:00:00Z",
        ["kind"] = kind,
        ["lines"] = new JsonArray(new JsonObject { ["sku"] = "A", ["name"] = "Goods", ["quantity"] = 1, ["unitPrice"] = total, ["kind"] = "goods" }),
        ["payments"] = payments ?? [],
    };

    public static JsonArray Card(string amount, string status = "completed", string id = "p1") =>
        [new JsonObject { ["id"] = id, ["method"] = "card", ["amount"] = amount, ["status"] = status }];

    public static JsonObject Refund(string number, string refundId, string amount, string method = "original", string currency = "USD") => new()
    {
        ["orderNumber"] = number,
        ["refundId"] = refundId,
        ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = currency },
        ["method"] = method,
    };

    public async Task<EventAnswer> SendAsync(string type, JsonObject data, string? id = null, DateTimeOffset? occurredAt = null) =>
        (await TrySendAsync(type, data, id, occurredAt)).Value;

    public Task<Result<EventAnswer>> TrySendAsync(string type, JsonObject data, string? id = null, DateTimeOffset? occurredAt = null) =>
        database.Get<OrderEvents>().ApplyAsync(TestDatabase.Robot, new EventRequest
        {
            Id = id ?? $"evt-{Interlocked.Increment(ref sent)}",
            Type = type,
            OccurredAt = occurredAt ?? database.Clock.Now,
            Data = JsonSerializer.SerializeToElement(data),
        });

    public Task<EventAnswer> PlacedAsync(JsonObject order) => SendAsync("order.placed", new() { ["order"] = order });

    public Task<EventAnswer> PaidAsync(JsonObject order) => SendAsync("order.paid", new() { ["order"] = order });

    public Task<EventAnswer> CancelledAsync(string number) => SendAsync("order.cancelled", new() { ["orderNumber"] = number });

    public Task<EventAnswer> FailedAsync(string number) => SendAsync("payment.failed", new() { ["orderNumber"] = number });

    public async Task<OrderView> ReadAsync(string number) =>
        await database.Get<OrderQueries>().GetAsync(TestDatabase.Robot, number) ?? throw new InvalidOperationException($"There is no order {number}.");

    public Task<Result<OrderView>> PayAsync(string number, string? amount = null) =>
        database.Get<OrderService>().PayAsync(TestDatabase.Robot, OperationKey.ForForm(), number, new PayOrderRequest { Amount = Part(amount) });

    public Task<Result<OrderView>> VoidAsync(string number, string paymentId) =>
        database.Get<OrderService>().VoidPaymentAsync(TestDatabase.Robot, OperationKey.ForForm(), number, paymentId, new VoidPaymentRequest());

    public Task<Result<OrderView>> RefundAsync(string number, string? amount, string? note = null, string? overrideReason = null) =>
        database.Get<OrderService>().RefundWithCreditAsync(
            TestDatabase.Robot, OperationKey.ForForm(), number, new RefundWithCreditRequest { Amount = Part(amount), Note = note, OverrideReason = overrideReason });

    public Task<Result<CancelView>> CancelAsync(string number) =>
        database.Get<OrderService>().CancelAsync(TestDatabase.Robot, OperationKey.ForForm(), number, new CancelOrderRequest());

    /// <summary>A person's account with <see cref="Email"/> and credit of 'Store Credit' in dollars.</summary>
    public async Task<Account> CustomerAsync(string? credit = null, string email = Email, AccountKind kind = AccountKind.Person, bool mayUseCredit = true)
    {
        await using var db = database.Open();
        var account = new Account(Guid.NewGuid(), "Ada Byron", kind, "c-" + email, Guid.NewGuid().ToString("N"), database.Clock.Now);
        account.AddContact(Guid.NewGuid(), "Ada Byron", email, null, mayUseCredit, database.Clock.Now);
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        if (credit is not null)
        {
            await database.IssueAsync(account, credit);
        }

        return account;
    }

    public async Task ApplyAfterCheckoutAsync()
    {
        await using var db = database.Open();
        (await db.Stores.SingleAsync()).ApplyAfterCheckout = true;
        await db.SaveChangesAsync();
    }

    /// <summary>Available, authorized and used of an account in dollars, as decimal strings.</summary>
    public async Task<(string Available, string Authorized, string Used)> BalanceAsync(Account account)
    {
        await using var db = database.Open();
        var balance = await db.AccountBalances.SingleAsync(one => one.AccountId == account.Id && one.CurrencyCode == "USD");
        string In(long minor) => Amount.Of(minor, Currency.Of("USD")).ToString();
        return (In(balance.Buckets.Available), In(balance.Buckets.Authorized), In(balance.Buckets.Used));
    }

    /// <summary>The bodies of the messages of a kind, oldest first.</summary>
    public async Task<JsonObject[]> MessagesAsync(string kind)
    {
        await using var db = database.Open();
        var bodies = await db.OutboxMessages.Where(message => message.Kind == kind).OrderBy(message => message.Id).Select(message => message.Body).ToListAsync();
        return [.. bodies.Select(body => JsonNode.Parse(body)!.AsObject())];
    }

    private static PartialAmount? Part(string? amount) => amount is null ? null : new PartialAmount(amount);
}
