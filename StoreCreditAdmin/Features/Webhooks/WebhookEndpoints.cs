using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Webhooks;

public static class WebhookEndpoints
{
    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        api.MapGet("/webhooks", (ApiRead read, ApiList list, WebhookService webhooks, CancellationToken cancellationToken) =>
                read.AnswerAsync(webhooks.ListAsync(read.Caller, list.Page, cancellationToken)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Lists the webhooks, without their secrets")
            .Produces<KeysetPage<WebhookView>>();

        api.MapPost("/webhooks", (ApiWrite<AddWebhookRequest> write, WebhookService webhooks) =>
                write.AnswerAsync(webhooks.AddAsync(write.Caller, write.Key, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Adds an address that gets messages, and answers the secret that signs them")
            .Produces<WebhookView>(StatusCodes.Status201Created);

        api.MapPatch("/webhooks/{id}", (ApiId id, ApiWrite<ChangeWebhookRequest> write, WebhookService webhooks) =>
                write.AnswerAsync(webhooks.ChangeAsync(write.Caller, write.Key, id.Value, write.Body)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Changes a webhook's address, switches it on or off, or gives it a new secret")
            .Produces<WebhookView>();

        api.MapDelete("/webhooks/{id}", (ApiId id, ApiWrite write, WebhookService webhooks) =>
                write.AnswerAsync(webhooks.RemoveAsync(write.Caller, write.Key, id.Value), StatusCodes.Status204NoContent))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Removes a webhook: it gets nothing more")
            .Produces(StatusCodes.Status204NoContent);
    }
}
