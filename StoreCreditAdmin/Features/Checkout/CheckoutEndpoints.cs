using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Checkout;

public static class CheckoutEndpoints
{
    public static void MapCheckout(this RouteGroupBuilder group)
    {
        var api = group.MapGroup("").WithTags("Checkout");
        api.MapPost("/checkout/quote", (ApiRead read, ApiBody<QuoteRequest> body, CheckoutQuotes quotes, CancellationToken cancellationToken) =>
                read.AnswerAsync(quotes.QuoteAsync(read.Caller, body.Value, cancellationToken)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Says what credit would pay of an order, and writes nothing")
            .Produces<QuoteView>();

        api.MapPost("/authorizations", (ApiWrite<AuthorizeRequest> write, CheckoutService checkout) =>
                write.AnswerAsync(checkout.AuthorizeAsync(write.Caller, write.Key, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Holds credit for an order, in place of what it held before")
            .Produces<AuthorizationView>(StatusCodes.Status201Created);

        api.MapGet("/authorizations/{code}", (string code, ApiRead read, AuthorizationQueries authorizations, CancellationToken cancellationToken) =>
                read.AnswerAsync(authorizations.GetAsync(read.Caller, code, cancellationToken), CheckoutService.Unknown(code).Message))
            .NeedsScope(Scopes.Read, Scopes.Checkout)
            .WithSummary("An authorization")
            .Produces<AuthorizationView>();

        api.MapPost("/authorizations/{code}/capture", (string code, ApiWrite<CaptureRequest> write, CheckoutService checkout) =>
                write.AnswerAsync(checkout.CaptureAsync(write.Caller, write.Key, code, write.Body)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Takes what is held, or a part of it")
            .Produces<AuthorizationView>();

        api.MapPost("/authorizations/{code}/void", (string code, ApiWrite<VoidRequest> write, CheckoutService checkout) =>
                write.AnswerAsync(checkout.VoidAsync(write.Caller, write.Key, code, write.Body)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Frees what is held")
            .Produces<AuthorizationView>();

        api.MapPost("/authorizations/{code}/refunds", (string code, ApiWrite<RefundRequest> write, CheckoutService checkout) =>
                write.AnswerAsync(checkout.RefundAsync(write.Caller, write.Key, code, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Gives captured credit back")
            .Produces<RefundView>(StatusCodes.Status201Created);
    }
}
