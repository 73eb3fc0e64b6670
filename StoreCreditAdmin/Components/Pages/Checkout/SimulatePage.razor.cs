using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;

namespace StoreCreditAdmin.Components.Pages.Checkout;

/// <summary>What a checkout would do for an account. What is asked stands in the address, so that it can be sent to a colleague.</summary>
public sealed partial class SimulatePage(CheckoutQuotes quotes, AccountDetails accounts, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase
{
    private readonly Submission submission = new();
    private string? account;
    private string? accountName;
    private string? store;
    private string? total;
    private string? currency;
    private string? amount;
    private string? email;
    private bool paidByCard;
    private Question? asked;

    [SupplyParameterFromQuery(Name = "account")]
    private string? AskedAccount { get; set; }

    [SupplyParameterFromQuery(Name = "store")]
    private string? AskedStore { get; set; }

    [SupplyParameterFromQuery(Name = "total")]
    private string? AskedTotal { get; set; }

    [SupplyParameterFromQuery(Name = "currency")]
    private string? AskedCurrency { get; set; }

    [SupplyParameterFromQuery(Name = "amount")]
    private string? AskedAmount { get; set; }

    [SupplyParameterFromQuery(Name = "email")]
    private string? AskedEmail { get; set; }

    /// <summary>Whether a card has paid already.</summary>
    [SupplyParameterFromQuery(Name = "paid")]
    private string? AskedPaid { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private IEnumerable<StoreView> ActiveStores => Stores.All.Where(one => one.Active);

    private IReadOnlyList<string> Currencies => [.. new[] { CurrencyOf(store) }.Concat(Currency.All.Select(one => one.Code)).OfType<string>().Distinct()];

    /// <summary>A new address is a new question; while the person types, the address stays.</summary>
    protected override void OnParametersSet()
    {
        var question = new Question(AskedAccount, AskedStore, AskedTotal, AskedCurrency, AskedAmount, AskedEmail, bool.TryParse(AskedPaid, out var paid) && paid);
        if (question == asked)
        {
            return;
        }

        asked = question;
        accountName = AskedAccount == account ? accountName : null;
        account = AskedAccount;
        store = (ActiveStores.FirstOrDefault(one => one.Code == AskedStore) ?? Stores.Default)?.Code;
        currency = Currency.TryFind(AskedCurrency, out var known) ? known.Code : CurrencyOf(store);
        (total, amount, email, paidByCard) = (Typed(AskedTotal), Typed(AskedAmount), AskedEmail, question.Paid);
        submission.Reset();
    }

    private async Task<Answer> ReadAsync(CancellationToken cancellationToken)
    {
        if (asked is not { } question || (question.Account ?? question.Email) is null)
        {
            return Answer.None;
        }

        var caller = await currentCaller.GetAsync();
        if (question.Account is { } reference)
        {
            var found = await accounts.GetAsync(caller, reference, cancellationToken);
            accountName = found.IsOk ? found.Value.Name : null;
            Refuse(found.Refusal);
            StateHasChanged();
            if (!found.IsOk)
            {
                return Answer.None;
            }
        }

        if (question.Total is null)
        {
            return Answer.None;
        }

        var request = new SimulationRequest
        {
            Account = question.Account,
            Email = question.Email,
            PaidByCard = question.Paid,
            Store = question.Store,
            OrderTotal = MoneyInput.Of(question.Total, question.Currency ?? currency),
            Amount = question.Amount is null ? null : new PartialAmount(question.Amount),
        };
        var simulated = await quotes.SimulateAsync(caller, request, cancellationToken);
        Refuse(simulated.Refusal);
        return simulated.IsOk ? new Answer(simulated.Value) : Answer.None;
    }

    private void Refuse(Refusal? refusal)
    {
        if (refusal is not null)
        {
            submission.Refuse(refusal);
            StateHasChanged();
        }
    }

    private void ChooseAccount(AccountHit hit) => Ask((asked ?? Question.None) with { Account = hit.Id.ToString() });

    private void ChooseStore(string? code)
    {
        if (currency == CurrencyOf(store))
        {
            currency = CurrencyOf(code);
        }

        store = code;
    }

    private void Simulate()
    {
        var orderTotal = AmountField.Read(total, currency, "orderTotal");
        var part = paidByCard || string.IsNullOrWhiteSpace(amount) ? Result<string?>.Of(null) : AmountField.Read(amount, currency).Map(text => (string?)text);
        var noAccount = account is null && string.IsNullOrWhiteSpace(email) ? new Refusal("invalid-request", "Choose a user first, or write an e-mail address.") : null;
        if ((noAccount ?? orderTotal.Refusal ?? part.Refusal) is { } refusal)
        {
            submission.Refuse(refusal);
            return;
        }

        Ask(new Question(account, Stores.HasSeveral ? store : null, orderTotal.Value, currency, paidByCard ? null : part.Value, string.IsNullOrWhiteSpace(email) ? null : email.Trim(), paidByCard));
    }

    private void Ask(Question question) => navigation.NavigateTo(navigation.GetUriWithQueryParameters("simulate", new Dictionary<string, object?>
    {
        ["account"] = question.Account,
        ["store"] = question.Store,
        ["total"] = question.Total,
        ["currency"] = question.Currency,
        ["amount"] = question.Amount,
        ["email"] = question.Email,
        ["paid"] = question.Paid ? true : null,
    }));

    private string? CurrencyOf(string? code) => ActiveStores.FirstOrDefault(one => one.Code == code)?.Currency ?? Stores.Default?.Currency;

    /// <summary>The canonical amount of an address as the person's culture writes it.</summary>
    private static string? Typed(string? canonical) =>
        canonical?.Replace(".", System.Globalization.CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal);

    /// <param name="Simulation">Null where nothing can be simulated yet.</param>
    private sealed record Answer(SimulationView? Simulation)
    {
        public static readonly Answer None = new((SimulationView?)null);
    }

    private sealed record Question(string? Account, string? Store, string? Total, string? Currency, string? Amount, string? Email, bool Paid)
    {
        public static readonly Question None = new(null, null, null, null, null, null, false);
    }
}
