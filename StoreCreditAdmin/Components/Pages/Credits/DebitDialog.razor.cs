using Microsoft.AspNetCore.Components;
using Radzen.Blazor;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;

namespace StoreCreditAdmin.Components.Pages.Credits;

/// <summary>A negative entry on an account. Closes with what was taken.</summary>
public sealed partial class DebitDialog(CreditService service, CreditQueries queries, CurrentCaller currentCaller, Dialogs dialogs) : ComponentBase
{
    private readonly Submission submission = new();
    private AccountBalanceView? balance;
    private string? amount;
    private string? reason;
    private string? memo;
    private DebitView? debit;
    private readonly List<(CreditView Credit, Amount Amount)> lines = [];
    private RadzenButton? close;
    private bool closeFocused;

    [Parameter, EditorRequired]
    public AccountView Account { get; set; } = null!;

    private IEnumerable<AccountBalanceView> Balances => Account.Balances.Where(one => one.Available.Minor > 0);

    private IReadOnlyList<SelectField.Choice> Choices =>
        [.. Balances.Select(one => new SelectField.Choice(KeyOf(one), $"{one.StoreName}: {MoneyFormat.Text(one.Available, one.Currency)} available"))];

    private Amount Taken => new(debit!.Lines.Sum(line => line.Amount.Minor), balance!.Available.Digits);

    private string LeftOver
    {
        get
        {
            var typed = AmountField.Read(amount, balance!.Currency);
            var minor = typed.IsOk ? AmountParser.ParsePositive(typed.Value, Domain.Currency.Of(balance.Currency)) : typed.Refusal;
            return !minor.IsOk ? "–"
                : minor.Value > balance.Available.Minor ? $"Only {MoneyFormat.Text(balance.Available, balance.Currency)} is there"
                : MoneyFormat.Text(balance.Available with { Minor = balance.Available.Minor - minor.Value }, balance.Currency);
        }
    }

    protected override void OnInitialized() => balance = Balances.First();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (close is not null && !closeFocused)
        {
            closeFocused = true;
            await close.Element.FocusAsync();
        }
    }

    private static string KeyOf(AccountBalanceView one) => $"{one.Store} {one.Currency}";

    private void Choose(string? key) => balance = Balances.FirstOrDefault(one => KeyOf(one) == key) ?? balance;

    private async Task DeductAsync()
    {
        var canonical = AmountField.Read(amount, balance!.Currency);
        if (!canonical.IsOk)
        {
            submission.Refuse(canonical.Refusal);
            return;
        }

        var request = new DebitRequest { Amount = MoneyInput.Of(canonical.Value, balance.Currency), Store = balance.Store, Reason = reason, Memo = memo };
        var caller = await currentCaller.GetAsync();
        var debited = await submission.SendAsync(key => service.DebitAsync(caller, key, Account.Id.ToString(), request));
        if (debited is not { IsOk: true, Value: var done })
        {
            return;
        }

        foreach (var line in done.Lines)
        {
            if (await queries.GetAsync(caller, line.CreditId) is { } credit)
            {
                lines.Add((credit, line.Amount));
            }
        }

        debit = done;
    }
}
