using System.Text.Json;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.PromoCodes;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>What <see cref="RetailReplay"/> does. Its operations bear names of their own, so that a longer replay finds what a shorter one did.</summary>
internal sealed partial class SampleDesk
{
    private const string RetailPrefix = SampleData.KeyPrefix + "retail:";

    private readonly RuleService rules = services.GetRequiredService<RuleService>();
    private readonly PromoCodeService codes = services.GetRequiredService<PromoCodeService>();
    private readonly EarningSettingsService earning = services.GetRequiredService<EarningSettingsService>();

    public Task PrepareStoreAsync(AddStoreRequest request) => stores.AddAsync(staff.Administrator, RetailKey(request.Code!), request);

    public Task PrepareExpiryAsync(ExpirySettings settings) => earning.SetExpiryAsync(staff.Manager, RetailKey("expiry"), settings);

    public Task PrepareCodeAsync(AddPromoCodeRequest request) => codes.AddAsync(staff.Manager, RetailKey("code"), request);

    public Task PrepareRuleAsync(SaveRuleRequest request) => rules.AddAsync(staff.Manager, RetailKey(request.Method!), request);

    /// <returns>False where it was refused, as a refund is of more than was paid.</returns>
    public async Task<bool> TryTellAsync(string type, string subject, object data) => (await events.ApplyAsync(staff.Webshop, new EventRequest
    {
        Id = RetailPrefix + subject,
        Type = type,
        OccurredAt = clock.GetUtcNow(),
        Data = JsonSerializer.SerializeToElement(data, WireJson.Options),
    })).IsOk;

    private static OperationKey RetailKey(string subject) => OperationKey.ForJob(RetailPrefix + subject);
}
