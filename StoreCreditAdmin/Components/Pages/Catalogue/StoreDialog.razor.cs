using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreEntity = StoreCreditAdmin.Domain.Catalogue.Store;

namespace StoreCreditAdmin.Components.Pages.Catalogue;

/// <summary>Adds a store, or changes the one it is given. Closes with the store as it is then.</summary>
public sealed partial class StoreDialog(StoreService stores, CreditTypeService creditTypes, CurrentCaller currentCaller, Dialogs dialogs) : ComponentBase
{
    private const string Utc = "UTC";

    private static readonly SelectField.Choice[] Currencies = [.. Domain.Currency.All.Select(one => new SelectField.Choice(one.Code, one.Code))];

    private readonly Submission submission = new();
    private IReadOnlyList<SelectField.Choice> timeZones = [];
    private IReadOnlyList<SelectField.Choice> types = [];
    private string? name;
    private string? code;
    private string? currency = "USD";
    private string? timeZone = Utc;
    private string? address;
    private string? language = Language.English;
    private string? cap;
    private string? minutes = WholeNumber.Text(StoreEntity.DefaultAuthorizationMinutes);
    private string? returnedDays;
    private string? creditLineType = "store-credit";
    private string? invoiceKinds = "user, valet";
    private bool applyAfterCheckout;
    private bool isDefault;

    /// <summary>Null to add one.</summary>
    [Parameter]
    public StoreView? Store { get; set; }

    private Dialogs Dialogs => dialogs;

    protected override async Task OnInitializedAsync()
    {
        if (Store is not null)
        {
            (name, code, currency, timeZone) = (Store.Name, Store.Code, Store.Currency, Store.TimeZone);
            (address, language) = (Store.Address, Store.Language);
            (cap, minutes) = (Store.CapPerAccount is { } amount ? MoneyFormat.Typed(amount) : null, WholeNumber.Text(Store.AuthorizationMinutes));
            returnedDays = Store.ReturnedValueDays is { } days ? WholeNumber.Text(days) : null;
            (creditLineType, invoiceKinds) = (Store.CreditLineType, string.Join(", ", Store.AutoInvoiceKinds));
            (applyAfterCheckout, isDefault) = (Store.ApplyAfterCheckout, Store.IsDefault);
        }

        timeZones = ZoneChoices(timeZone);
        var all = await creditTypes.ListAsync(await currentCaller.GetAsync());
        types = [.. all.Where(type => type.Active || type.Code == creditLineType).Select(type => new SelectField.Choice(type.Code, type.Name))];
    }

    private static IReadOnlyList<SelectField.Choice> ZoneChoices(string? current) =>
    [
        .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)
            .Where(zone => zone.Contains('/', StringComparison.Ordinal))
            .Append(Utc).Append(current ?? Utc)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(zone => zone != Utc).ThenBy(zone => zone, StringComparer.Ordinal)
            .Select(zone => new SelectField.Choice(zone, zone)),
    ];

    private void Rename(string? value)
    {
        code = Store is null && (code is null || code == CodeFrom.Name(name)) ? CodeFrom.Name(value) : code;
        name = value;
    }

    private async Task SaveAsync()
    {
        var limit = string.IsNullOrWhiteSpace(cap) ? Result<string?>.Of(null) : AmountField.Read(cap, currency, "capPerAccount").Map(text => (string?)text);
        if ((limit.Refusal ?? NotWhole(minutes, StoreEntity.MaxAuthorizationMinutes, "authorizationMinutes")
            ?? (ReturnedDaysEmpty ? null : NotWhole(returnedDays, StoreEntity.MaxReturnedValueDays, "returnedValueDays"))) is { } refusal)
        {
            submission.Refuse(refusal);
            return;
        }

        var caller = await currentCaller.GetAsync();
        var saved = await submission.SendAsync(key => Store is null
            ? stores.AddAsync(caller, key, Added(limit.Value))
            : stores.ChangeAsync(caller, key, Store.Code, Changed(limit.Value, Store.Version)));
        if (saved is { IsOk: true, Value: var store })
        {
            dialogs.Close(store);
        }
    }

    private bool ReturnedDaysEmpty => string.IsNullOrWhiteSpace(returnedDays);

    private static Refusal? NotWhole(string? text, int most, string field) =>
        WholeNumber.Read(text) is null ? new Refusal("invalid-request", $"Write a whole number from 1 to {most}.", field) : null;

    private string[] InvoiceKinds => (invoiceKinds ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private AddStoreRequest Added(string? limit) => new()
    {
        Code = code,
        Name = name,
        Currency = currency,
        TimeZone = timeZone,
        Address = address,
        Language = language,
        IsDefault = isDefault,
        ApplyAfterCheckout = applyAfterCheckout,
        AuthorizationMinutes = WholeNumber.Read(minutes)!.Value,
        ReturnedValueDays = WholeNumber.Read(returnedDays),
        AutoInvoiceKinds = InvoiceKinds,
        CreditLineType = creditLineType,
        CapPerAccount = limit,
    };

    private ChangeStoreRequest Changed(string? limit, int version) => new()
    {
        Name = name,
        Currency = currency,
        TimeZone = timeZone,
        Address = address,
        Language = language,
        IsDefault = isDefault,
        ApplyAfterCheckout = applyAfterCheckout,
        AuthorizationMinutes = WholeNumber.Read(minutes),
        ReturnedValueDays = WholeNumber.Read(returnedDays),
        AutoInvoiceKinds = InvoiceKinds,
        CreditLineType = creditLineType,
        CapPerAccount = limit,
        Version = version,
    };
}
