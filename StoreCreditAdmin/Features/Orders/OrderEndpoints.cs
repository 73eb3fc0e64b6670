using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Orders;

public static class OrderEndpoints
{
    public static void MapOrders(this RouteGroupBuilder group)
    {
        var api = group.MapGroup("").WithTags("Orders").WithExactTexts();
        api.MapPost("/events", (ApiRead read, ApiBody<EventRequest> body, OrderEvents events) => read.AnswerAsync(events.ApplyAsync(read.Caller, body.Value)))
            .NeedsScope(Scopes.Events)
            .WithSummary("Takes an event of the shop, once; its id is its idempotency key")
            .Produces<EventAnswer>();

        api.MapGet("/orders/{number}", (string number, ApiRead read, OrderQueries orders, CancellationToken cancellationToken) =>
                read.AnswerAsync(orders.GetAsync(read.Caller, number, cancellationToken), OrderService.NotFound.Message))
            .NeedsScope(Scopes.Read)
            .WithSummary("An order with its payments and refunds")
            .Produces<OrderView>();

        api.MapPost("/orders/{number}/payments", (string number, ApiWrite<PayOrderRequest> write, OrderService orders) =>
                write.AnswerAsync(orders.PayAsync(write.Caller, write.Key, number, write.Body)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Pays the rest of an order, or a part, with credit")
            .Produces<OrderView>();

        api.MapPost("/orders/{number}/payments/{paymentId}/void", (string number, string paymentId, ApiWrite<VoidPaymentRequest> write, OrderService orders) =>
                write.AnswerAsync(orders.VoidPaymentAsync(write.Caller, write.Key, number, paymentId, write.Body)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Takes a payment by credit out of an order")
            .Produces<OrderView>();

        api.MapPost("/orders/{number}/refund-with-credit", (string number, ApiWrite<RefundWithCreditRequest> write, OrderService orders) =>
                write.AnswerAsync(orders.RefundWithCreditAsync(write.Caller, write.Key, number, write.Body)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Gives back with credit what was paid for an order")
            .Produces<OrderView>();

        api.MapPost("/orders/{number}/cancel", (string number, ApiWrite<CancelOrderRequest> write, OrderService orders) =>
                write.AnswerAsync(orders.CancelAsync(write.Caller, write.Key, number, write.Body)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Frees and gives back all that an order drew on")
            .Produces<CancelView>();
    }
}
