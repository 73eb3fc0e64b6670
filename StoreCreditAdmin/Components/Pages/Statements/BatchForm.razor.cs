using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Statements;

namespace StoreCreditAdmin.Components.Pages.Statements;

/// <summary>Asks for statements of many accounts: at first for last month's, of the default store.</summary>
public sealed partial class BatchForm(StatementBatchService batches, CurrentCaller currentCaller, TimeProvider clock, IOptions<StatementOptions> options) : ComponentBase
{
    private const string Other = "";

    private static readonly SelectField.Choice[] Currencies = [.. Currency.All.Select(one => new SelectField.Choice(one.Code, one.Code))];
    private static readonly SelectField.Choice[] Papers = [.. Enum.GetNames<StatementPaper>().Select(name => new SelectField.Choice(name, name))];
    private static readonly SelectField.Choice[] Forms = [new(nameof(StatementBatchForm.Zip), "ZIP file with a PDF for each"), new(nameof(StatementBatchForm.Pdf), "One PDF")];
    private static readonly SelectField.Choice[] Wordings = [new(StatementRequest.StaffView, "Staff"), new(StatementRequest.CustomerView, "Customer")];

    private static readonly SelectField.Choice[] AccountChoices =
    [
        .. new[] { StatementBatchAccounts.WithMovement, StatementBatchAccounts.WithBalance, StatementBatchAccounts.All }
            .Select(accounts => new SelectField.Choice(accounts.ToString(), BatchTexts.NameOf(accounts))),
    ];

    private readonly Submission submission = new();
    private string? store;
    private string? currency;
    private string? period;
    private DateOnly? from;
    private DateOnly? to;
    private string? accounts = nameof(StatementBatchAccounts.WithMovement);
    private string? query;
    private string? view = StatementRequest.StaffView;
    private string? form = nameof(StatementBatchForm.Zip);
    private string? paper;

    [Parameter, EditorRequired]
    public EventCallback<StatementBatchView> Begun { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private IReadOnlyList<PeriodChoice> Choices => PeriodChoice.Of(Stores.DateIn(store, clock.GetUtcNow()));

    private SelectField.Choice[] StoreChoices => [.. Stores.All.Select(one => new SelectField.Choice(one.Code, one.Name))];

    private SelectField.Choice[] Periods => [.. Choices.Select(choice => new SelectField.Choice(choice.Name, choice.Name)), new SelectField.Choice(Other, "Other dates")];

    protected override void OnInitialized()
    {
        paper = options.Value.Paper.ToString();
        ChooseStore(Stores.Default?.Code);
        ChoosePeriod("Last month");
    }

    private void ChooseStore(string? code)
    {
        store = code;
        currency = Stores.All.FirstOrDefault(one => one.Code == code)?.Currency ?? currency;
        ChoosePeriod(period);
    }

    private void ChoosePeriod(string? name)
    {
        period = name;
        if (Choices.FirstOrDefault(choice => choice.Name == name) is { } chosen)
        {
            (from, to) = (DateField.Parse(chosen.From), DateField.Parse(chosen.To));
        }
    }

    private async Task BeginAsync()
    {
        if (from is null || to is null)
        {
            submission.Refuse(new Refusal("invalid-request", "Choose a date.", from is null ? "from" : "to"));
            return;
        }

        var caller = await currentCaller.GetAsync();
        var begun = await submission.SendAsync(key => batches.BeginAsync(caller, key, new StatementBatchRequest
        {
            Statement = new StatementRequest { Store = store, Currency = currency, From = from, To = to, ForCustomer = view == StatementRequest.CustomerView },
            Accounts = Enum.Parse<StatementBatchAccounts>(accounts!),
            Query = query,
            Form = Enum.Parse<StatementBatchForm>(form!),
            Paper = Enum.Parse<StatementPaper>(paper!),
            Culture = CultureInfo.CurrentCulture.Name,
        }));
        if (begun is { IsOk: true, Value: var batch })
        {
            await Begun.InvokeAsync(batch);
        }
    }
}
