using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Radzen;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;

namespace StoreCreditAdmin.Components.Pages.Mails;

public sealed partial class MailTextEditor(
    MailTextService texts, MailPreviews previews, MailTestService tests, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts) : ComponentBase
{
    /// <summary>More than may be saved, so that too much is refused with a sentence and not cut off, and less than a connection takes in one piece.</summary>
    private const int MostTyped = MailTemplate.MaxBodyLength + 20_000;

    private readonly Submission submission = new();
    private MailPreviewCustomer customer = null!;
    private MailText draft = null!;
    private RenderedMail? mail;
    private string? problem;
    private bool testing;
    private bool done;

    [Parameter, EditorRequired]
    public MailTextView View { get; set; } = null!;

    /// <summary>With whose data the preview begins.</summary>
    [Parameter, EditorRequired]
    public MailPreviewCustomer Customer { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    private MailTextLine Line => View.Line;

    private bool IsChanged => !done && draft != View.Text;

    private string Source =>
        customer.AccountId is null ? "An invented customer, since there is none yet."
        : customer.IsOfMail ? "As in the newest of these e-mails that they got."
        : "Made from the account as it is; they got none of these e-mails yet.";

    protected override Task OnInitializedAsync()
    {
        (customer, draft) = (Customer, View.Text);
        return PreviewAsync();
    }

    private Task TypeSubjectAsync(ChangeEventArgs change)
    {
        draft = draft with { Subject = change.Value as string ?? "" };
        return PreviewAsync();
    }

    private Task TypeBodyAsync(ChangeEventArgs change)
    {
        draft = draft with { Body = change.Value as string ?? "" };
        return PreviewAsync();
    }

    private async Task ChooseAsync(AccountHit hit)
    {
        customer = await previews.CustomerAsync(await currentCaller.GetAsync(), Line.Kind, hit.Id);
        await PreviewAsync();
    }

    /// <summary>Of a text that is broken the last whole one stays to be seen, with what is wrong above it.</summary>
    private async Task PreviewAsync()
    {
        var shown = draft;
        try
        {
            var preview = await previews.PreviewAsync(await currentCaller.GetAsync(), Line.Kind, shown, customer.Fields);
            if (shown == draft)
            {
                (mail, problem) = preview.IsOk ? (preview.Value, null) : (mail, preview.Refusal.Message);
            }
        }
        catch (AccessDeniedException exception)
        {
            problem = exception.Message;
        }
    }

    private async Task SaveAsync()
    {
        var caller = await currentCaller.GetAsync();
        var request = new SaveMailTextRequest { Kind = Line.Kind, Language = Line.Language, Subject = draft.Subject, Body = draft.Body, Version = Line.Number };
        if (await submission.SendAsync(key => texts.SaveAsync(caller, key, request)) is { IsOk: true, Value: var saved })
        {
            submission.Reset();
            (done, draft) = (true, View.Text);
            toasts.Done(saved.Number == Line.Number ? "Nothing was changed." : $"The text is saved as version {saved.Number}.");
            await Changed.InvokeAsync();
            done = false;
        }
    }

    private async Task SendTestAsync()
    {
        if (testing)
        {
            return;
        }

        testing = true;
        try
        {
            var sent = await tests.SendAsync(await currentCaller.GetAsync(), OperationKey.ForForm(), Line.Kind, draft, customer.AccountId);
            if (sent.IsOk)
            {
                toasts.Done($"A test e-mail went to {sent.Value.Address}. {sent.Value.Where}.");
            }
            else if (sent.Refusal.Field is not null)
            {
                submission.Refuse(sent.Refusal);
            }
            else
            {
                toasts.Refused(sent.Refusal.Message);
            }
        }
        catch (AccessDeniedException exception)
        {
            toasts.Refused(exception.Message);
        }
        finally
        {
            testing = false;
        }
    }

    private async Task StartAgainAsync()
    {
        if (await dialogs.ConfirmAsync("Show the newest version", "What you wrote here goes. Copy it first if you want to keep it.", "Show the newest version", ButtonStyle.Primary))
        {
            submission.Reset();
            await Changed.InvokeAsync();
        }
    }

    private async Task AskAsync(LocationChangingContext context)
    {
        if (IsChanged && !await dialogs.ConfirmAsync("Leave this text", "What you changed is not saved. If you leave, it goes.", "Leave without saving"))
        {
            context.PreventNavigation();
        }
    }
}
