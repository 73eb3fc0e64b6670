using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Credits;

namespace StoreCreditAdmin.Components.Pages.Credits;

/// <summary>What the person may do to a credit as it is.</summary>
public sealed partial class CreditActions(CreditService credits, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts, NavigationManager navigation) : ComponentBase
{
    private readonly Submission deleting = new();

    [Parameter, EditorRequired]
    public CreditView Credit { get; set; } = null!;

    /// <summary>After every dialog, cancelled or not: a refusal may have said that somebody else changed the credit.</summary>
    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    private Task EditAsync() => OpenAsync<EditCreditDialog>("Edit credit", "Saved.");

    private Task AdjustAsync() => OpenAsync<AdjustCreditDialog>("Change amount", "The amount is changed.");

    private Task InvalidateAsync() => OpenAsync<InvalidateCreditDialog>("Invalidate credit", "The credit is invalidated.");

    private async Task OpenAsync<TDialog>(string title, string done)
        where TDialog : ComponentBase
    {
        if (await dialogs.OpenAsync<TDialog, CreditView>(title, new() { ["Credit"] = Credit }) is not null)
        {
            toasts.Done(done);
        }

        await Changed.InvokeAsync();
    }

    private async Task DeleteAsync()
    {
        var question = $"The {Credit.TypeName} of {MoneyFormat.Text(Credit.Credited, Credit.Currency)} for {Credit.AccountName} leaves all lists and totals. The audit keeps it.";
        if (deleting.Busy || !await dialogs.ConfirmAsync("Delete credit", question, "Delete"))
        {
            return;
        }

        var caller = await currentCaller.GetAsync();
        var deleted = await deleting.SendAsync(key => credits.DeleteAsync(caller, key, Credit.Id));
        if (deleted is { IsOk: true })
        {
            toasts.Done($"The credit of {MoneyFormat.Text(Credit.Credited, Credit.Currency)} is deleted.");
            navigation.NavigateTo($"users/{Credit.AccountId}");
        }
        else if (deleted?.Refusal is { } refusal)
        {
            toasts.Refused(refusal.Message);
            await Changed.InvokeAsync();
        }
    }
}
