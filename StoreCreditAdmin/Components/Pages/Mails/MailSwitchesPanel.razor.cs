using System.Globalization;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Mails;

namespace StoreCreditAdmin.Components.Pages.Mails;

public sealed partial class MailSwitchesPanel(MailSettingsService settings, CurrentCaller currentCaller, Toasts toasts) : ComponentBase
{
    private readonly Submission submission = new();
    private readonly Dictionary<string, bool> on = [];
    private string? daysAhead;
    private string? refundNote;
    private int? seen;

    [Parameter, EditorRequired]
    public MailSwitches Switches { get; set; } = null!;

    [Parameter]
    public string Heading { get; set; } = "E-mails";

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    /// <summary>While the switches are what the person saw, what they changed stays.</summary>
    protected override void OnParametersSet()
    {
        if (seen == Switches.Version)
        {
            return;
        }

        seen = Switches.Version;
        daysAhead = Switches.DaysAhead?.ToString(CultureInfo.CurrentCulture);
        refundNote = Switches.RefundNote;
        foreach (var (name, isOn) in Switches.Mails!)
        {
            on[name] = isOn;
        }
    }

    private async Task SaveAsync()
    {
        if (!int.TryParse(daysAhead, NumberStyles.Integer, CultureInfo.CurrentCulture, out var days))
        {
            submission.Refuse(new Refusal("invalid-request", $"Write a whole number from 0 to {MailSettings.MaxDaysAhead}.", "daysAhead"));
            return;
        }

        var caller = await currentCaller.GetAsync();
        var request = new MailSwitches { Mails = new Dictionary<string, bool>(on), DaysAhead = days, RefundNote = refundNote ?? "", Version = Switches.Version };
        if (await submission.SendAsync(key => settings.SetAsync(caller, key, request)) is { IsOk: true })
        {
            submission.Reset();
            toasts.Done("The e-mails are saved.");
        }

        await Changed.InvokeAsync();
    }
}
