using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Credits;

public static class CreditEndpoints
{
    public static void MapCredits(this RouteGroupBuilder group)
    {
        var api = group.MapGroup("").WithTags("Credits");
        api.MapPost("/accounts/{id}/credits", (string id, ApiWrite<IssueCreditRequest> write, CreditService credits) =>
                write.AnswerAsync(credits.IssueAsync(write.Caller, write.Key, id, write.Body, "api"), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Issues a credit to an account")
            .Produces<CreditView>(StatusCodes.Status201Created);

        api.MapGet("/credits/{id}", (ApiId id, ApiRead read, CreditQueries credits, CancellationToken cancellationToken) =>
                read.AnswerAsync(credits.GetAsync(read.Caller, id.Value, cancellationToken), "There is no such credit."))
            .NeedsScope(Scopes.Read)
            .WithSummary("A credit")
            .Produces<CreditView>();

        api.MapGet("/credits", (ApiRead read, ApiList list, CreditQueries credits, CancellationToken cancellationToken, string? accountId, string? type, string? status, string? store, string? expiresBefore) =>
                read.AnswerAsync(credits.ListAsync(
                    read.Caller,
                    new CreditFilter
                    {
                        Account = Texts.Clean(accountId),
                        Type = Texts.Clean(type),
                        Status = ApiQuery.OneOf<CreditStatus>(status, "status", CreditView.NameOf),
                        Store = Texts.Clean(store),
                        ExpiresBefore = ApiQuery.Date(expiresBefore, "expiresBefore"),
                    },
                    list.Page,
                    cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Credits, newest first, with the totals of the whole filter")
            .Produces<CreditList>();

        api.MapPatch("/credits/{id}", (ApiId id, ApiWrite<ChangeCreditRequest> write, CreditService credits) =>
                write.AnswerAsync(credits.ChangeAsync(write.Caller, write.Key, id.Value, write.Body)))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Changes what a credit says of itself and when it expires")
            .Produces<CreditView>();

        api.MapPost("/credits/{id}/adjust", (ApiId id, ApiWrite<AdjustCreditRequest> write, CreditService credits) =>
                write.AnswerAsync(credits.AdjustAsync(write.Caller, write.Key, id.Value, write.Body)))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Adds to a credit or takes from what it has left")
            .Produces<CreditView>();

        api.MapPost("/credits/{id}/invalidate", (ApiId id, ApiWrite<InvalidateCreditRequest> write, CreditService credits) =>
                write.AnswerAsync(credits.InvalidateAsync(write.Caller, write.Key, id.Value, write.Body)))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Takes the rest of a credit away for good")
            .Produces<CreditView>();

        api.MapDelete("/credits/{id}", (ApiId id, ApiWrite write, CreditService credits) =>
                write.AnswerAsync(credits.DeleteAsync(write.Caller, write.Key, id.Value), StatusCodes.Status204NoContent))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Deletes a credit that was never used, held or expired")
            .Produces(StatusCodes.Status204NoContent);

        api.MapPost("/accounts/{id}/debit", (string id, ApiWrite<DebitRequest> write, CreditService credits) =>
                write.AnswerAsync(credits.DebitAsync(write.Caller, write.Key, id, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Takes an amount from an account's credits in spending order")
            .Produces<DebitView>(StatusCodes.Status201Created);
    }
}
