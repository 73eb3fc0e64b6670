using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;

namespace StoreCreditAdmin.Components.Pages.Accounts;

public sealed partial class ContactsTab(AccountService accounts, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts) : ComponentBase
{
    private readonly Submission reissuing = new();

    [Parameter, EditorRequired]
    public AccountView Account { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    private async Task OpenAsync(ContactView? contact)
    {
        var parameters = new Dictionary<string, object?> { [nameof(ContactDialog.Account)] = Account, [nameof(ContactDialog.Contact)] = contact };
        var saved = await dialogs.OpenAsync<ContactDialog, ContactView>(contact is null ? "Add contact" : "Edit contact", parameters);
        if (saved is not null)
        {
            toasts.Done(contact is null ? $"{saved.Name} is added." : "Saved.");
            await Changed.InvokeAsync();
        }
    }

    private async Task ReissueCardAsync()
    {
        var question = $"{Account.Name} gets a new card number. The old one, ending {Account.CardNumber[^4..]}, stops working at once.";
        if (reissuing.Busy || !await dialogs.ConfirmAsync("Re-issue card number", question, "Re-issue"))
        {
            return;
        }

        var caller = await currentCaller.GetAsync();
        var reissued = await reissuing.SendAsync(key => accounts.ReissueCardAsync(caller, key, Account.Id.ToString()));
        if (reissued is { IsOk: true, Value: var account })
        {
            reissuing.Reset();
            toasts.Done($"The new card number ends {account.CardNumber[^4..]}.");
        }
        else if (reissued?.Refusal is { } refusal)
        {
            toasts.Refused(refusal.Message);
        }

        await Changed.InvokeAsync();
    }
}
