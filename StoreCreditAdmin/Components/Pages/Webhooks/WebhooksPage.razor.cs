using Microsoft.AspNetCore.Components;
using Radzen;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Webhooks;

namespace StoreCreditAdmin.Components.Pages.Webhooks;

/// <summary>The addresses that get messages. What is asked for in a row is done once, whatever number of clicks.</summary>
public sealed partial class WebhooksPage(WebhookService webhooks, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts) : ComponentBase
{
    private LoadView<IReadOnlyList<WebhookLine>>? view;
    private bool busy;

    private async Task<IReadOnlyList<WebhookLine>> ReadAsync(CancellationToken cancellationToken) =>
        await webhooks.OverviewAsync(await currentCaller.GetAsync(), cancellationToken);

    private async Task AddAsync()
    {
        if (await dialogs.OpenAsync<WebhookDialog, WebhookView>("Add a webhook", []) is { } added)
        {
            await ReloadAsync();
            await ShowSecretAsync(added);
        }
    }

    private async Task EditAsync(WebhookView webhook)
    {
        if (await dialogs.OpenAsync<WebhookDialog, WebhookView>("Edit the webhook", new() { [nameof(WebhookDialog.Webhook)] = webhook }) is not null)
        {
            toasts.Done("The webhook is changed.");
            await ReloadAsync();
        }
    }

    private Task SwitchAsync(WebhookView webhook) => DoAsync(
        async () => !webhook.Active || await dialogs.ConfirmAsync(
            "Switch the webhook off", "It gets nothing while it is off. Messages wait up to a month and are sent when it is on again.", "Switch off", ButtonStyle.Primary),
        (caller, key) => webhooks.ChangeAsync(caller, key, webhook.Id, new ChangeWebhookRequest { Active = !webhook.Active }),
        _ => toasts.Done(webhook.Active ? "The webhook is off." : "The webhook is on."));

    private async Task RotateAsync(WebhookView webhook)
    {
        WebhookView? rotated = null;
        await DoAsync(
            () => dialogs.ConfirmAsync(
                "Make a new secret", "For a day messages are signed with both secrets. Give the new one to the receiver in that time.", "Make a new secret", ButtonStyle.Primary),
            (caller, key) => webhooks.ChangeAsync(caller, key, webhook.Id, new ChangeWebhookRequest { RotateSecret = true }),
            changed => rotated = changed);
        if (rotated is not null)
        {
            await ShowSecretAsync(rotated);
        }
    }

    private Task SendTestAsync(WebhookView webhook) => DoAsync(
        () => Task.FromResult(true),
        (caller, key) => webhooks.SendTestAsync(caller, key, webhook.Id),
        _ => toasts.Done("A test message is on its way. Messages says what came of it."));

    private Task RemoveAsync(WebhookView webhook) => DoAsync(
        () => dialogs.ConfirmAsync("Remove the webhook", $"{webhook.Url} gets nothing more. What it has not got yet is dropped. This cannot be undone.", "Remove"),
        (caller, key) => webhooks.RemoveAsync(caller, key, webhook.Id),
        _ => toasts.Done("The webhook is removed."));

    private async Task DoAsync<T>(Func<Task<bool>> isSure, Func<Security.Caller, OperationKey, Task<Result<T>>> ask, Action<T> done)
    {
        if (busy || !await isSure())
        {
            return;
        }

        busy = true;
        try
        {
            var answer = await ask(await currentCaller.GetAsync(), OperationKey.ForForm());
            if (answer.IsOk)
            {
                done(answer.Value);
            }
            else
            {
                toasts.Refused(answer.Refusal.Message);
            }

            await ReloadAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task ShowSecretAsync(WebhookView webhook)
    {
        if (webhook.Secret is { } secret)
        {
            await dialogs.OpenAsync<WebhookSecretDialog, object>("The webhook's secret", new() { [nameof(WebhookSecretDialog.Secret)] = secret });
        }
    }

    private Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;
}
