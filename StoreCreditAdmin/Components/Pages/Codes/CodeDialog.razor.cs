using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Pages.Catalogue;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.PromoCodes;

namespace StoreCreditAdmin.Components.Pages.Codes;

/// <summary>Adds a code, or changes the one it is given. Closes with the code as it is then.</summary>
public sealed partial class CodeDialog(PromoCodeService codes, CreditTypeService creditTypes, StoreService stores, CurrentCaller currentCaller, Dialogs dialogs) : ComponentBase
{
    private const string UsualType = "promotion";

    private readonly Submission submission = new();
    private IReadOnlyList<SelectField.Choice> types = [];
    private IReadOnlyList<string> offered = [];
    private string? code;
    private string? amount;
    private string? currency;
    private string? type;
    private DateOnly? validFrom;
    private DateOnly? validTo;
    private string? perCustomer = "1";
    private string? total;
    private string? referrerId;
    private string? referrerName;
    private string? referrerAmount;

    /// <summary><c>promo</c> or <c>referral</c>.</summary>
    [Parameter, EditorRequired]
    public string Kind { get; set; } = "";

    /// <summary>Null to add one.</summary>
    [Parameter]
    public PromoCodeRow? Row { get; set; }

    private Dialogs Dialogs => dialogs;

    private bool IsReferral => Kind == "referral";

    /// <summary>What a code has given is added up in its currency, so that one stays.</summary>
    private IReadOnlyList<string> Currencies => Row is { Uses: > 0 } ? [] : offered;

    protected override async Task OnInitializedAsync()
    {
        if (Row is { Code: var now })
        {
            (amount, currency, type, validFrom, validTo) = (MoneyFormat.Number(now.Amount), now.Currency, now.Type, now.ValidFrom, now.ValidTo);
            (perCustomer, total) = (WholeNumber.Text(now.PerCustomer), now.Total is { } limit ? WholeNumber.Text(limit) : null);
            (referrerId, referrerName) = (now.ReferrerAccountId?.ToString(), Row.ReferrerName);
            referrerAmount = now.ReferrerAmount is { } given ? MoneyFormat.Number(given) : null;
        }

        var caller = await currentCaller.GetAsync();
        var active = (await creditTypes.ListAsync(caller, activeOnly: true)).Select(one => new SelectField.Choice(one.Code, one.Name));
        types = Row is null || active.Any(one => one.Value == type) ? [.. active] : [new SelectField.Choice(type!, Row.TypeName), .. active];
        type ??= types.Any(one => one.Value == UsualType) ? UsualType : types is [var first, ..] ? first.Value : null;
        currency ??= (await stores.ListAsync(caller)).FirstOrDefault(store => store.IsDefault)?.Currency;
        offered = [.. new[] { currency }.Concat(Currency.All.Select(one => one.Code)).OfType<string>().Distinct()];
    }

    private void ChooseReferrer(AccountHit hit) => (referrerId, referrerName) = (hit.Id.ToString(), hit.Name);

    private void ForgetReferrer() => (referrerId, referrerName, referrerAmount) = (null, null, null);

    private async Task SaveAsync()
    {
        var given = AmountField.Read(amount, currency);
        var toReferrer = referrerId is null ? (Result<string>?)null : AmountField.Read(referrerAmount, currency, "referrerAmount");
        var (each, all) = (WholeNumber.Read(perCustomer), WholeNumber.Read(total));
        if ((given.Refusal ?? toReferrer?.Refusal
            ?? (each is null ? NoNumber("perCustomer") : null) ?? (all is null && !string.IsNullOrWhiteSpace(total) ? NoNumber("total") : null)) is { } refusal)
        {
            submission.Refuse(refusal);
            return;
        }

        var caller = await currentCaller.GetAsync();
        var saved = await submission.SendAsync(key => Row is null
            ? codes.AddAsync(caller, key, new AddPromoCodeRequest
            {
                Code = code?.Trim(),
                Kind = Kind,
                Amount = given.Value,
                Currency = currency,
                Type = type,
                ValidFrom = validFrom,
                ValidTo = validTo,
                PerCustomer = each,
                Total = all,
                ReferrerAccountId = referrerId,
                ReferrerAmount = toReferrer?.Value,
            })
            : codes.ChangeAsync(caller, key, Row.Code.Code, new ChangePromoCodeRequest
            {
                Amount = given.Value,
                Currency = currency,
                Type = type,
                ValidFrom = validFrom,
                ValidTo = validTo,
                PerCustomer = each,
                Total = all,
                ReferrerAccountId = referrerId,
                ReferrerAmount = toReferrer?.Value,
                Version = Row.Code.Version,
            }));
        if (saved is { IsOk: true, Value: var view })
        {
            dialogs.Close(view);
        }
    }

    private static Refusal NoNumber(string field) => new("invalid-request", "Write a whole number above zero.", field);
}
