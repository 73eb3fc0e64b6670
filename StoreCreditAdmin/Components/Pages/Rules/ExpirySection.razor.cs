using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Components.Pages.Rules;

public sealed partial class ExpirySection(EarningSettingsService settings, CurrentCaller currentCaller, Toasts toasts) : ComponentBase
{
    private const string ChangedMeanwhile = "changed-meanwhile";

    private readonly Submission submission = new();
    private readonly Dictionary<string, ExpiryPolicyInput> own = [];
    private ExpiryPolicyInput shared = new();
    private bool sameForAll;
    private int? seen;

    [Parameter, EditorRequired]
    public ExpirySettings Settings { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    /// <summary>While the settings are what the person saw, what they typed stays.</summary>
    protected override void OnParametersSet()
    {
        if (seen == Settings.Version)
        {
            return;
        }

        seen = Settings.Version;
        sameForAll = Settings.SameForAll == true;
        shared = Settings.Default!;
        foreach (var name in EarningNames.Methods.Select(EarningNames.Of))
        {
            own[name] = Settings.PerMethod!.GetValueOrDefault(name) ?? shared;
        }
    }

    private void Share(bool same) => sameForAll = same;

    private async Task SaveAsync()
    {
        var request = new ExpirySettings
        {
            SameForAll = sameForAll,
            Default = sameForAll ? shared : Settings.Default,
            PerMethod = sameForAll ? Settings.PerMethod : own.ToDictionary(one => one.Key, ExpiryPolicyInput? (one) => one.Value),
            Version = Settings.Version,
        };
        var caller = await currentCaller.GetAsync();
        var saved = await submission.SendAsync(key => settings.SetExpiryAsync(caller, key, request));
        if (saved is { IsOk: true })
        {
            submission.Reset();
            toasts.Done("The expiry is saved. It counts for credit that is given from now on.");
            await Changed.InvokeAsync();
        }
    }

    private Task ShowAgainAsync()
    {
        submission.Reset();
        return Changed.InvokeAsync();
    }
}
