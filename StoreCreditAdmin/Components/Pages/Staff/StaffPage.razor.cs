using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Staff;

namespace StoreCreditAdmin.Components.Pages.Staff;

public sealed partial class StaffPage(StaffService staff, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts)
{
    private LoadView<IReadOnlyList<StaffView>>? view;
    private string? ownId;
    private bool busy;

    private static string ToneOf(StaffStatus status) => status switch
    {
        StaffStatus.Active => "good",
        StaffStatus.Invited => "info",
        StaffStatus.Locked => "warn",
        _ => "plain",
    };

    private async Task<IReadOnlyList<StaffView>> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        ownId = caller.Actor.Id;
        return await staff.ListAsync(caller, cancellationToken);
    }

    private async Task InviteAsync()
    {
        if (await dialogs.OpenAsync<InviteDialog, StaffLink>("Invite somebody", []) is { } link)
        {
            await ReloadAsync();
            await ShowAsync(link);
        }
    }

    private async Task ChangeRoleAsync(StaffView person)
    {
        if (await dialogs.OpenAsync<RoleDialog, StaffView>($"Change the role of {person.Name}", new() { [nameof(RoleDialog.Person)] = person }, "28rem") is { } changed)
        {
            toasts.Done($"{changed.Name} is {changed.Role} now.");
            await ReloadAsync();
        }
    }

    private async Task MakeLinkAsync(StaffView person)
    {
        const string Consequence = "They can choose a new password by it. Older links stop working, and what they have open ends.";
        if (await dialogs.ConfirmAsync($"New link for {person.Name}", Consequence, "Make the link")
            && await DoAsync(caller => staff.MakeLinkAsync(caller, OperationKey.ForForm(), person.Id)) is { } link)
        {
            await ShowAsync(link);
        }
    }

    private async Task DisableAsync(StaffView person)
    {
        if (await dialogs.ConfirmAsync($"Disable {person.Name}", "They can no longer sign in, and what they have open can do nothing more. What they did stays.", "Disable")
            && await DoAsync(caller => staff.DisableAsync(caller, OperationKey.ForForm(), person.Id)) is not null)
        {
            toasts.Done($"{person.Name} is disabled.");
        }
    }

    private async Task EnableAsync(StaffView person)
    {
        if (await DoAsync(caller => staff.EnableAsync(caller, OperationKey.ForForm(), person.Id)) is not null)
        {
            toasts.Done($"{person.Name} can sign in again.");
        }
    }

    /// <summary>Does it once, however often the button is clicked meanwhile, and says why not where it is refused.</summary>
    private async Task<T?> DoAsync<T>(Func<Security.Caller, Task<Result<T>>> deed)
        where T : class
    {
        if (busy)
        {
            return null;
        }

        busy = true;
        try
        {
            var result = await deed(await currentCaller.GetAsync());
            if (!result.IsOk)
            {
                toasts.Refused(result.Refusal.Message);
                return null;
            }

            await ReloadAsync();
            return result.Value;
        }
        finally
        {
            busy = false;
        }
    }

    private Task ShowAsync(StaffLink link) =>
        dialogs.OpenAsync<LinkDialog, object>($"Link for {link.Person.Name}", new() { [nameof(LinkDialog.Link)] = link });

    private Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;

    private RenderFragment Action(string text, StaffView person, Func<StaffView, Task> act, string? label = null) => builder =>
    {
        builder.OpenComponent<RadzenButton>(0);
        builder.AddAttribute(1, nameof(RadzenButton.Text), text);
        builder.AddAttribute(2, nameof(RadzenButton.Size), ButtonSize.Small);
        builder.AddAttribute(3, nameof(RadzenButton.ButtonStyle), ButtonStyle.Base);
        builder.AddAttribute(4, nameof(RadzenButton.Disabled), busy);
        builder.AddAttribute(5, "aria-label", label ?? $"{text} {person.Name}");
        builder.AddAttribute(6, nameof(RadzenButton.Click), EventCallback.Factory.Create<Microsoft.AspNetCore.Components.Web.MouseEventArgs>(this, () => act(person)));
        builder.CloseComponent();
    };
}
