using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Components.Pages.Rules;

public sealed partial class RuleCard(RuleService rules, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts) : ComponentBase
{
    private readonly Submission submission = new();
    private bool historyOpen;

    /// <summary>Makes the switch anew where a click changed nothing, since the browser keeps its tick.</summary>
    private int shown;

    [Parameter, EditorRequired]
    public EarningMethod Method { get; set; }

    [Parameter, EditorRequired]
    public StoreView Store { get; set; } = null!;

    /// <summary>Null where the store has none for the method.</summary>
    [Parameter, EditorRequired]
    public RuleView? Rule { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<CreditTypeView> Types { get; set; } = [];

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    private string Name => EarningTexts.NameOf(Method);

    private string Id => "rule-" + EarningNames.Of(Method);

    private async Task EditAsync()
    {
        var saved = await dialogs.OpenAsync<RuleDialog, RuleView>(
            Rule is null ? $"Add rule: {Name}" : $"Edit {Name}",
            new() { [nameof(RuleDialog.Method)] = Method, [nameof(RuleDialog.Store)] = Store, [nameof(RuleDialog.Rule)] = Rule, [nameof(RuleDialog.Types)] = Types },
            "46rem");
        if (saved is not null)
        {
            toasts.Done(Rule is null ? $"The rule for {Name} is added." : saved.Version == Rule.Version ? $"{Name} is saved." : $"{Name} is saved as version {saved.Version}.");
        }

        await Changed.InvokeAsync();
    }

    /// <summary>Switching on costs money, so it shows first what it would have cost.</summary>
    private async Task SwitchAsync(ChangeEventArgs change)
    {
        var enabled = change.Value is true;
        if (submission.Busy || Rule is null)
        {
            shown++;
        }
        else if (enabled)
        {
            var saved = await dialogs.OpenAsync<EnableRuleDialog, RuleView>(
                $"Switch on {Name}", new() { [nameof(EnableRuleDialog.Rule)] = Rule, [nameof(EnableRuleDialog.Store)] = Store }, "46rem");
            shown++;
            if (saved is not null)
            {
                toasts.Done($"{Name} is on.");
            }

            await Changed.InvokeAsync();
        }
        else
        {
            var caller = await currentCaller.GetAsync();
            var answer = await submission.SendAsync(key => rules.ChangeAsync(caller, key, Rule.Id, new SaveRuleRequest { Enabled = false, Version = Rule.Version }));
            await SayAsync(answer?.Refusal?.Message, $"{Name} is off.");
        }
    }

    private async Task DeleteAsync()
    {
        if (Rule is not { } rule || submission.Busy
            || !await dialogs.ConfirmAsync($"Delete {Name}", $"{Store.Name} no longer gives credit by this rule. What it gave stays as it is, and its history stays with it. A new rule for the method begins anew.", "Delete"))
        {
            return;
        }

        var caller = await currentCaller.GetAsync();
        var answer = await submission.SendAsync(key => rules.DeleteAsync(caller, key, rule.Id));
        historyOpen = false;
        await SayAsync(answer?.Refusal?.Message, $"The rule for {Name} is deleted.");
    }

    private Task SayAsync(string? refusal, string done)
    {
        if (refusal is null)
        {
            submission.Reset();
            toasts.Done(done);
        }
        else
        {
            toasts.Refused(refusal);
        }

        shown++;
        return Changed.InvokeAsync();
    }
}
