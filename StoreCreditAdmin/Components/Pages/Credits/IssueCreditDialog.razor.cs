using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Components.Pages.Credits;

/// <summary>Gives an account credit. Closes with the new credit.</summary>
public sealed partial class IssueCreditDialog(
    CreditService credits, CreditTypeService types, EarningSettingsService earning, CurrentCaller currentCaller, Dialogs dialogs, TimeProvider clock) : ComponentBase
{
    private const string UsualType = "store-credit";

    private readonly Submission submission = new();
    private string? amount;
    private string? currency;
    private bool currencyChosen;
    private CreditTypeView? type;
    private IReadOnlyList<CreditTypeView> offered = [];
    private IReadOnlyDictionary<string, IssuedExpiry> expiries = new Dictionary<string, IssuedExpiry>();
    private string? store;
    private string? name;
    private string? memo;
    private string? customerNote;
    private string? reason;
    private bool notify;
    private DateOnly? effectiveOn;
    private DateOnly? expiresOn;
    private bool expiryChosen;

    [Parameter, EditorRequired]
    public AccountView Account { get; set; } = null!;

    [Parameter, EditorRequired]
    public StoreBook Stores { get; set; } = StoreBook.Empty;

    /// <summary>The store to begin with; otherwise the default one.</summary>
    [Parameter]
    public string? PreferredStore { get; set; }

    private IEnumerable<StoreView> ActiveStores => Stores.All.Where(one => one.Active);

    private DateOnly Today => Stores.DateIn(store, clock.GetUtcNow());

    /// <summary>The store's own first, then those that the account has, then all others.</summary>
    private IReadOnlyList<string> Currencies =>
    [
        .. new[] { CurrencyOf(store) }
            .Concat(Account.Balances.Select(balance => balance.Currency))
            .Concat(Domain.Currency.All.Select(one => one.Code))
            .OfType<string>().Distinct(),
    ];

    private IssuedExpiry? Expiry => type is null ? null : expiries.GetValueOrDefault(type.Code);

    private string ExpiryHint =>
        expiresOn is null ? "Empty: never expires."
        : !expiryChosen && Expiry?.Shared == true ? $"By the expiry that all credit shares, since {type?.Name} has none of its own. Inclusive."
        : !expiryChosen ? $"By the expiry of {type?.Name}. Inclusive."
        : "Inclusive.";

    protected override void OnInitialized()
    {
        store = (ActiveStores.FirstOrDefault(one => one.Code == PreferredStore) ?? ActiveStores.FirstOrDefault())?.Code;
        currency = CurrencyOf(store);
        effectiveOn = Today;
    }

    private async Task<IReadOnlyList<CreditTypeView>> ReadTypesAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        offered = await types.ListAsync(caller, activeOnly: true, cancellationToken);
        expiries = await earning.IssuedExpiriesAsync(caller, cancellationToken);
        ChooseType(offered.Any(one => one.Code == UsualType) ? UsualType : offered.Select(one => one.Code).FirstOrDefault());
        return offered;
    }

    private void ChooseStore(string? code)
    {
        var effectiveToday = effectiveOn == Today;
        store = code;
        if (!currencyChosen)
        {
            currency = CurrencyOf(code);
        }

        if (effectiveToday)
        {
            effectiveOn = Today;
        }

        OfferExpiry();
    }

    private void ChooseCurrency(string code) => (currency, currencyChosen) = (code, true);

    private void ChooseType(string? code)
    {
        type = offered.FirstOrDefault(one => one.Code == code);
        OfferExpiry();
    }

    private void ChooseExpiry(DateOnly? date) => (expiresOn, expiryChosen) = (date, true);

    private void OfferExpiry()
    {
        if (!expiryChosen)
        {
            expiresOn = type?.MayExpire == true ? Expiry?.Policy.LastGoodDay(Today) : null;
        }
    }

    private async Task IssueAsync()
    {
        var canonical = AmountField.Read(amount, currency);
        if (!canonical.IsOk)
        {
            submission.Refuse(canonical.Refusal);
            return;
        }

        var request = new IssueCreditRequest
        {
            Store = store,
            Amount = MoneyInput.Of(canonical.Value, currency),
            Type = type?.Code,
            Name = name,
            Memo = memo,
            CustomerNote = customerNote,
            EffectiveOn = effectiveOn,
            ExpiresOn = type?.MayExpire == true ? expiresOn : null,
            Reason = type?.RequiresReason == true ? reason : null,
            Notify = notify,
        };
        var caller = await currentCaller.GetAsync();
        var issued = await submission.SendAsync(key => credits.IssueAsync(caller, key, Account.Id.ToString(), request));
        if (issued is { IsOk: true, Value: var credit })
        {
            dialogs.Close(credit);
        }
    }

    private string? CurrencyOf(string? code) => ActiveStores.FirstOrDefault(one => one.Code == code)?.Currency;
}
