using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>Whether credit is earned at all. Null leaves it.</summary>
public sealed record ModuleSettings
{
    public bool? Enabled { get; init; }
}

/// <summary>How long credit lives from its issue on.</summary>
public sealed record ExpirySettings
{
    /// <summary>Whether all credit shares <see cref="Default"/>, instead of each method having its own.</summary>
    public bool? SameForAll { get; init; }

    public ExpiryPolicyInput? Default { get; init; }

    /// <summary>By method. A method that is not named has the default.</summary>
    public IReadOnlyDictionary<string, ExpiryPolicyInput?>? PerMethod { get; init; }

    /// <summary>The version that the person saw; null to change whatever is there.</summary>
    public int? Version { get; init; }

    internal static ExpirySettings Of(EarningSettings settings) => new()
    {
        SameForAll = settings.SameForAll,
        Default = ExpiryPolicyInput.Of(settings.DefaultExpiry),
        PerMethod = settings.MethodExpiries.OrderBy(one => one.Method).ToDictionary(one => EarningNames.Of(one.Method), ExpiryPolicyInput? (one) => ExpiryPolicyInput.Of(one.Policy)),
        Version = settings.Version,
    };
}

/// <param name="Shared">Whether it is the one that all credit shares, since the type has none of its own.</param>
public sealed record IssuedExpiry(ExpiryPolicy Policy, bool Shared);

/// <summary>Keeps the module's switch and the expiry of what is issued. Both work forward only.</summary>
public sealed class EarningSettingsService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    public async Task<ModuleSettings> GetModuleAsync(Caller caller, CancellationToken cancellationToken = default) =>
        new() { Enabled = (await ReadAsync(caller, cancellationToken)).ModuleEnabled };

    public async Task<ExpirySettings> GetExpiryAsync(Caller caller, CancellationToken cancellationToken = default) =>
        ExpirySettings.Of(await ReadAsync(caller, cancellationToken));

    /// <summary>How long credit of each active type lives that staff or codes give, by the type's code.</summary>
    public async Task<IReadOnlyDictionary<string, IssuedExpiry>> IssuedExpiriesAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var settings = await db.ReadEarningSettingsAsync();
        var types = await db.CreditTypes.AsNoTracking().Where(type => type.Active).ToListAsync(cancellationToken);
        return types.ToDictionary(type => type.Code, type => new IssuedExpiry(settings.ExpiryOf(type), settings.ExpiryOf(type) != type.DefaultExpiry));
    }

    public Task<Result<ModuleSettings>> SetModuleAsync(Caller caller, OperationKey key, ModuleSettings request) =>
        gate.ExecuteAsync<ModuleSettings>(new OperationRequest("module.switch", key, caller, Permission.ManageRules), async write =>
        {
            write.About("Store credit", null);
            if (request.Enabled is not { } enabled)
            {
                return new Refusal(CatalogueRules.Invalid, "Say whether the module is enabled: true or false.", "enabled");
            }

            var settings = await write.Db.LoadEarningSettingsAsync();
            if (settings.ModuleEnabled != enabled)
            {
                settings.ModuleEnabled = enabled;
                settings.CountChange();
                write.Audit("Store credit", null, oldValues: new { enabled = !enabled }, newValues: new { enabled });
            }

            return new ModuleSettings { Enabled = enabled };
        });

    public Task<Result<ExpirySettings>> SetExpiryAsync(Caller caller, OperationKey key, ExpirySettings request) =>
        gate.ExecuteAsync<ExpirySettings>(new OperationRequest("expiry.set", key, caller, Permission.ManageRules), async write =>
        {
            write.About("Expiry of credit", null);
            var settings = await write.Db.LoadEarningSettingsAsync();
            var before = ExpirySettings.Of(settings);
            var read = Read(request, before, (await write.Db.Stores.SingleAsync(store => store.IsDefault)).DateOf(write.Now));
            if ((CatalogueRules.Stale(settings.Version, request.Version) ?? read.Refusal) is { } refusal)
            {
                return refusal;
            }

            var (policy, perMethod) = read.Value;
            settings.SetExpiry(request.SameForAll ?? settings.SameForAll, policy, perMethod);
            settings.CountChange();
            var after = ExpirySettings.Of(settings);
            write.Audit("Expiry of credit", null, oldValues: before, newValues: after);
            return after;
        });

    /// <summary>What the request leaves out stays; a date that is over is refused unless it stood there before.</summary>
    private static Result<(ExpiryPolicy Default, Dictionary<EarningMethod, ExpiryPolicy> PerMethod)> Read(ExpirySettings request, ExpirySettings before, DateOnly today)
    {
        var policy = PolicyOf(request.Default ?? before.Default!, before.Default, "default", today);
        if (!policy.IsOk)
        {
            return policy.Refusal;
        }

        var perMethod = new Dictionary<EarningMethod, ExpiryPolicy>();
        foreach (var (name, input) in request.PerMethod ?? before.PerMethod!)
        {
            var field = "perMethod." + name;
            if (EarningNames.Method(name) is not { } method)
            {
                return new Refusal(CatalogueRules.Invalid, $"Write one of {string.Join(", ", EarningNames.Methods.Select(EarningNames.Of))}.", field);
            }

            if (input is null)
            {
                continue;
            }

            var own = PolicyOf(input, before.PerMethod!.GetValueOrDefault(name), field, today);
            if (!own.IsOk)
            {
                return own.Refusal;
            }

            perMethod[method] = own.Value;
        }

        return (policy.Value, perMethod);
    }

    private static Result<ExpiryPolicy> PolicyOf(ExpiryPolicyInput input, ExpiryPolicyInput? before, string field, DateOnly today)
    {
        var policy = input.Parse(field);
        return policy.IsOk && policy.Value.Date < today && input != before
            ? new Refusal("expiry-in-past", $"The last good day is over. Choose {today:yyyy-MM-dd} or later.", field)
            : policy;
    }

    private async Task<EarningSettings> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        return await db.ReadEarningSettingsAsync();
    }
}

internal static class EarningSettingsLookups
{
    private static readonly Func<StoreCreditDbContext, Task<EarningSettings>> Read =
        EF.CompileAsyncQuery((StoreCreditDbContext db) => db.EarningSettings.AsNoTracking().Single(settings => settings.Id == EarningSettings.TheOne));

    /// <summary>To change them.</summary>
    public static Task<EarningSettings> LoadEarningSettingsAsync(this StoreCreditDbContext db) => db.EarningSettings.SingleAsync(settings => settings.Id == EarningSettings.TheOne);

    /// <summary>Only to go by. Compiled and not tracked, since every credit that is issued asks.</summary>
    public static Task<EarningSettings> ReadEarningSettingsAsync(this StoreCreditDbContext db) => Read(db);

    public static Task<bool> IsModuleEnabledAsync(this StoreCreditDbContext db) => db.EarningSettings
        .Where(settings => settings.Id == EarningSettings.TheOne).Select(settings => settings.ModuleEnabled).SingleAsync();

    /// <summary>Of credit that no rule gives, issued today.</summary>
    public static async Task<DateOnly?> LastGoodDayAsync(this StoreCreditDbContext db, CreditType type, DateOnly today) =>
        (await db.ReadEarningSettingsAsync()).ExpiryOf(type).LastGoodDay(today);
}
