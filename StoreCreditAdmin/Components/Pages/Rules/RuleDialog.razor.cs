using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Components.Pages.Rules;

/// <summary>Closes with the rule as it is then.</summary>
public sealed partial class RuleDialog(RuleService rules, CurrentCaller currentCaller, Dialogs dialogs) : ComponentBase
{
    private const string UsualType = "promotion";

    private static readonly SelectField.Choice[] OrderModes =
        [new(RuleModes.Fixed, "The same amount each time"), new(RuleModes.PerAmount, "An amount for every so much of the order")];

    private static readonly SelectField.Choice[] SpendModes =
        [new(RuleModes.Every, "An amount for every so much, again and again"), new(RuleModes.Steps, "Amounts at steps")];

    private static readonly SelectField.Choice[] Measures =
        [new(RuleModes.CountMeasure, "The number of orders"), new(RuleModes.AmountMeasure, "What the orders come to")];

    private readonly Submission submission = new();
    private IReadOnlyList<SelectField.Choice> currencies = [];
    private IReadOnlyList<SelectField.Choice> types = [];
    private RuleForm form = new();
    private string currency = "";
    private string? type;
    private bool enabled = true;

    [Parameter, EditorRequired]
    public EarningMethod Method { get; set; }

    [Parameter, EditorRequired]
    public StoreView Store { get; set; } = null!;

    /// <summary>Null to add one.</summary>
    [Parameter]
    public RuleView? Rule { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<CreditTypeView> Types { get; set; } = [];

    private bool HasSteps => Method == EarningMethod.OrderHistory || (Method == EarningMethod.SpendHistory && form.Mode == RuleModes.Steps);

    private bool HasMultiples => Method != EarningMethod.Registration && form.Mode is RuleModes.PerAmount or RuleModes.Every;

    private Result<RuleTerms> Terms => form.ReadTerms(Method, currency);

    protected override void OnInitialized()
    {
        currency = Rule?.Currency ?? Store.Currency;
        currencies = [.. new[] { Store.Currency }.Union(Currency.All.Select(one => one.Code)).Select(code => new SelectField.Choice(code, code))];
        types = [.. Types.Where(one => one.Active || one.Code == Rule?.Type).Select(one => new SelectField.Choice(one.Code, one.Name))];
        type = Rule?.Type ?? (types.FirstOrDefault(one => one.Value == UsualType) ?? types.ElementAtOrDefault(0))?.Value;
        enabled = Rule?.Enabled ?? true;
        form = Rule is null ? RuleForm.For(Method) : RuleForm.Of(Method, Rule.Config);
    }

    private Result<SaveRuleRequest> ReadDraft() => form.Read(Method, currency).Map(config => new SaveRuleRequest
    {
        Method = EarningNames.Of(Method),
        Store = Store.Code,
        Enabled = enabled,
        Currency = currency,
        Type = type,
        Config = config,
        Version = Rule?.Version,
    });

    private async Task SaveAsync()
    {
        var draft = ReadDraft();
        if (!draft.IsOk)
        {
            submission.Refuse(draft.Refusal);
            return;
        }

        var caller = await currentCaller.GetAsync();
        var saved = await submission.SendAsync(key => Rule is null ? rules.AddAsync(caller, key, draft.Value) : rules.ChangeAsync(caller, key, Rule.Id, draft.Value));
        if (saved is { IsOk: true, Value: var rule })
        {
            dialogs.Close(rule);
        }
    }
}
