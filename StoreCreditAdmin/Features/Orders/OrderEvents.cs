using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>
/// Takes the shop's events, each once: its id is its idempotency key, its effects are one transaction, and a repeat gets the first answer.
/// </summary>
public sealed class OrderEvents(CommitGate gate, IEnumerable<ShopEventType> types, IDbContextFactory<Data.StoreCreditDbContext> contexts, TimeProvider clock)
{
    private readonly Dictionary<string, ShopEventType> types = types.ToDictionary(type => type.Name);

    public async Task<Result<EventAnswer>> ApplyAsync(Caller caller, EventRequest request)
    {
        var read = ShopEvent.Of(request, clock.GetUtcNow());
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var shopEvent = read.Value;
        if (!types.TryGetValue(shopEvent.Type, out var type))
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.DemandAsync(caller, Permission.SendEvents);
            return EventAnswer.Of(shopEvent, [], EventAnswer.Ignored);
        }

        var answer = await gate.ExecuteAsync<EventAnswer>(
            new OperationRequest(type.Name, shopEvent.Key, caller, Permission.SendEvents), write => ApplyAsync(write, type, shopEvent));
        return answer is { IsOk: true, Replayed: true } ? Result<EventAnswer>.Of(answer.Value with { Outcome = EventAnswer.Duplicate }).AsReplay() : answer;
    }

    /// <summary>Credit that the event brought may pay open invoices, and the answer says so.</summary>
    private static async Task<Result<EventAnswer>> ApplyAsync(WriteScope write, ShopEventType type, ShopEvent shopEvent)
    {
        var applied = await type.ApplyAsync(write, shopEvent);
        if (!applied.IsOk)
        {
            return applied;
        }

        await write.HandleArrivalsAsync();
        return write.TakenOnArrival.Count == 0
            ? applied
            : applied.Value with { Effects = [.. applied.Value.Effects, .. write.TakenOnArrival.SelectMany(taken => EventEffect.Of("settled", taken))] };
    }
}

/// <summary>The types of event that are about orders and their customers.</summary>
internal static class OrderEventTypes
{
    /// <summary>The id of the payment that stands for all that other means paid where the shop names none.</summary>
    private const string PaidOtherwise = "paid";

    public static readonly ShopEventType[] All =
    [
        new("customer.registered", RegisteredAsync),
        new("order.placed", PlacedAsync),
        new("order.paid", PaidAsync),
        new(DeferredEvents.Refunded, DeferredEvents.ApplyNowOrLaterAsync),
        new(DeferredEvents.Cancelled, DeferredEvents.ApplyNowOrLaterAsync),
        new(DeferredEvents.PaymentFailed, DeferredEvents.ApplyNowOrLaterAsync),
    ];

    private static async Task<Result<EventAnswer>> RegisteredAsync(WriteScope write, ShopEvent shopEvent)
    {
        var data = shopEvent.Read<CustomerRegisteredData>();
        var store = await write.Db.FindStoreAsync(Texts.Clean(data.Store));
        var owner = store.IsOk ? await Owner.FindOrCreateAsync(write, data.Customer ?? new(), guest: false) : store.Refusal;
        if (!owner.IsOk)
        {
            return owner.Refusal;
        }

        await write.Db.SaveChangesAsync();
        var account = owner.Value.Account!;
        write.About(account.Name, account.PublicId.ToString(), account.Id);
        List<EventEffect> effects = owner.Value.Created ? [new EventEffect { Kind = "account-created" }] : [];
        if (await write.EarnByRegisteringAsync(account, store.Value) is { } earned)
        {
            effects.Add(earned);
            write.Audit(account.Name, account.PublicId.ToString(), account.Id, newValues: earned);
        }

        return EventAnswer.Of(shopEvent, effects);
    }

    private static async Task<Result<EventAnswer>> PlacedAsync(WriteScope write, ShopEvent shopEvent)
    {
        var recorded = await OrderRecording.RecordAsync(write, shopEvent, paid: false);
        if (!recorded.IsOk)
        {
            return recorded.Refusal;
        }

        var (change, _) = recorded.Value;
        var order = change.Order;
        if (order is { PaidAt: null, CancelledAt: null })
        {
            await change.FitHoldsAsync();
            if (order.Kind == OrderKind.Subscription)
            {
                await change.HoldAsync();
                if (await change.MoneyAsync() is { DueMinor: 0, HeldMinor: > 0 } money && order.PaidByOthersMinor + money.CreditMinor >= order.TotalMinor)
                {
                    await change.CaptureHeldAsync();
                    await change.SettleAsync(write.Now);
                }
            }

            await change.FitPendingAsync();
        }

        return await DoneAsync(change, shopEvent);
    }

    private static async Task<Result<EventAnswer>> PaidAsync(WriteScope write, ShopEvent shopEvent)
    {
        var recorded = await OrderRecording.RecordAsync(write, shopEvent, paid: true);
        if (!recorded.IsOk)
        {
            return recorded.Refusal;
        }

        var (change, reported) = recorded.Value;
        var order = change.Order;
        if (order.CancelledAt is not null)
        {
            change.Add("not-paid", reason: "order-cancelled");
            return await DoneAsync(change, shopEvent);
        }

        await change.CaptureHeldAsync();
        if (order.PaidAt is null && await FundAsync(change, reported) is { } notFunded)
        {
            return notFunded;
        }

        await change.SettleAsync(reported.PaidAt ?? shopEvent.OccurredAt, paidElsewhere: true);
        await change.FitPendingAsync();
        return await DoneAsync(change, shopEvent);
    }

    /// <summary>
    /// The shop says that the order is paid. Where it names no payments, other means paid the rest. Where it names them and they fall short, money that
    /// came in is recorded and the order stays unpaid; without any the event is refused.
    /// </summary>
    private static async Task<Refusal?> FundAsync(OrderChange change, ReportedOrder reported)
    {
        var order = change.Order;
        var money = await change.MoneyAsync();
        if (money.DueMinor == 0)
        {
            return null;
        }

        if (reported.Payments is null || (reported.Payments.Count == 0 && order.Payments.Count == 0 && money.CreditMinor == 0))
        {
            var before = order.Payments.FirstOrDefault(payment => payment is { ExternalId: PaidOtherwise, Status: PaymentStatus.Completed })?.AmountMinor ?? 0;
            order.RecordPayment(PaidOtherwise, "other", before + money.DueMinor, PaymentStatus.Completed, change.Write.Now);
            await change.SaveAsync();
            return null;
        }

        if (reported.Payments.Any(payment => payment.Status == PaymentStatus.Completed))
        {
            change.Add("not-paid", money.DueMinor, reason: "order-not-funded");
            return null;
        }

        return new Refusal("order-not-funded", $"{Amount.Of(money.DueMinor, order.Currency)} {order.Currency} of the order is not paid. Send the payments that pay it.", "order.payments");
    }

    private static async Task<Result<EventAnswer>> DoneAsync(OrderChange change, ShopEvent shopEvent)
    {
        await DeferredEvents.ApplyAsync(change);
        change.Audit();
        return EventAnswer.Of(shopEvent, change.Effects);
    }
}
