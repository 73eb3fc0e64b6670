using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A manager who makes rules, and a shop whose orders earn by them.</summary>
public sealed class EarningDesk(TestDatabase database)
{
    private int registered;

    public ShopFeed Feed { get; } = new(database);

    public async Task<RuleView> AddAsync(string method, RuleConfig config, string? currency = null, bool enabled = true) => (await TryAddAsync(method, config, currency, enabled)).Value;

    public Task<Result<RuleView>> TryAddAsync(string method, RuleConfig config, string? currency = null, bool enabled = true) =>
        database.Get<RuleService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), new SaveRuleRequest { Method = method, Config = config, Currency = currency, Enabled = enabled });

    public async Task<RuleView> ChangeAsync(RuleView rule, RuleConfig config) =>
        (await database.Get<RuleService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), rule.Id, new SaveRuleRequest { Config = config, Version = rule.Version })).Value;

    public Task<Result<Done>> DeleteAsync(RuleView rule) => database.Get<RuleService>().DeleteAsync(TestDatabase.Robot, OperationKey.ForForm(), rule.Id);

    public Task<Result<ModuleSettings>> SwitchAsync(bool enabled) =>
        database.Get<EarningSettingsService>().SetModuleAsync(TestDatabase.Robot, OperationKey.ForForm(), new ModuleSettings { Enabled = enabled });

    public Task<Result<ExpirySettings>> SetExpiryAsync(ExpirySettings settings) =>
        database.Get<EarningSettingsService>().SetExpiryAsync(TestDatabase.Robot, OperationKey.ForForm(), settings);

    public Task<EventAnswer> RegisterAsync(string email = ShopFeed.Email) => Feed.SendAsync("customer.registered", new JsonObject
    {
        ["customer"] = new JsonObject { ["externalId"] = "c-" + email, ["email"] = email, ["name"] = "Ada Byron" },
    }, $"registered-{Interlocked.Increment(ref registered)}");

    /// <summary>An order that a card paid, and what it earned by rules: "5.00", or "0" and the reasons.</summary>
    public async Task<string> PayAsync(string number, string total, string currency = "USD", Action<JsonObject>? change = null)
    {
        var order = ShopFeed.Order(number, total, currency: currency);
        change?.Invoke(order);
        order["payments"] ??= new JsonArray();
        return Earned(await Feed.PaidAsync(order));
    }

    public static string Earned(EventAnswer answer)
    {
        var issued = answer.Effects.Where(effect => effect is { Kind: "issued", Rule: not null }).ToList();
        var reasons = answer.Effects.Where(effect => effect.Kind == "not-earned").Select(effect => effect.Reason);
        return issued.Count > 0 ? string.Join(" + ", issued.Select(effect => effect.Amount)) : string.Join(' ', reasons.Prepend("0"));
    }

    /// <summary>All awards, the oldest first.</summary>
    public async Task<List<Award>> AwardsAsync()
    {
        await using var db = database.Open();
        return await db.Awards.AsNoTracking().Include(award => award.Credit).Include(award => award.RuleVersion).OrderBy(award => award.Id).ToListAsync();
    }

    public async Task<Account> CustomerAsync(string email = ShopFeed.Email)
    {
        await using var db = database.Open();
        return await db.Accounts.SingleAsync(account => account.ExternalId == "c-" + email);
    }
}
