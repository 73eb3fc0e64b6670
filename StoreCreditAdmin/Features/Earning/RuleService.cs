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

/// <summary>Keeps the rules by which customers earn credit.</summary>
public sealed class RuleService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string DefaultType = "promotion";

    private static readonly Refusal NotFound = new("not-found", "There is no such rule.");

    /// <summary>By store, then method. At most five for each store.</summary>
    public async Task<IReadOnlyList<RuleView>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var rules = await db.CurrentVersions().AsNoTracking().RulesAsync(cancellationToken);
        return [.. rules.OrderByDescending(rule => rule.Store.IsDefault).ThenBy(rule => rule.Store.Name, StringComparer.Ordinal).ThenBy(rule => rule.Method).Select(RuleView.Of)];
    }

    /// <summary>All versions of a rule, the newest first.</summary>
    public async Task<IReadOnlyList<RuleVersionView>> HistoryAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var versions = await db.EarningRuleVersions.AsNoTracking().Include(version => version.Type).Include(version => version.Rule)
            .Where(version => version.Rule.PublicId == id)
            .OrderByDescending(version => version.Number)
            .Select(version => new { version, Awards = db.Awards.Count(award => award.RuleVersionId == version.Id && award.AmountMinor > 0) })
            .ToListAsync(cancellationToken);
        return versions.ConvertAll(row => new RuleVersionView(
            row.version.Number,
            row.version.CurrencyCode,
            row.version.Type.Code,
            RuleConfig.Of(row.version.Rule.Method, row.version.Terms, row.version.Currency),
            row.version.CreatedBy,
            row.version.CreatedAt,
            row.Awards));
    }

    public Task<Result<RuleView>> AddAsync(Caller caller, OperationKey key, SaveRuleRequest request) =>
        gate.ExecuteAsync<RuleView>(new OperationRequest("rule.add", key, caller, Permission.ManageRules), async write =>
        {
            write.About(Texts.Shortened(request.Method ?? ""), null);
            var draft = await DraftAsync(write.Db, request);
            if (!draft.IsOk)
            {
                return draft.Refusal;
            }

            var (store, method, currency, type, terms) = draft.Value;
            if (await write.Db.EarningRules.AnyAsync(rule => rule.StoreId == store.Id && rule.Method == method && rule.DeletedAt == null))
            {
                return new Refusal("rule-method-taken", $"The store {store.Name} has a rule for this method already. Change that one, or delete it first.", "method");
            }

            var rule = new EarningRule(write.NewId(), store, method, request.Enabled ?? true);
            rule.Revise(currency, type, terms, write.Actor, write.Now);
            write.Db.EarningRules.Add(rule);
            var view = RuleView.Of(rule);
            write.Audit(SubjectOf(rule), rule.PublicId.ToString(), newValues: view);
            return view;
        });

    /// <summary>Replaces what the rule gives, from now on: a new version. Switching it on and off makes none.</summary>
    public Task<Result<RuleView>> ChangeAsync(Caller caller, OperationKey key, Guid id, SaveRuleRequest request) =>
        OnRuleAsync<RuleView>("rule.change", caller, key, id, async (write, rule) =>
        {
            if (CatalogueRules.Stale(rule.Version, request.Version) is { } stale)
            {
                return stale;
            }

            if (request.Method is not null && request.Method != EarningNames.Of(rule.Method))
            {
                return new Refusal(RuleConfig.RuleInvalid, "A rule's method never changes. Add a rule for the other method.", "method");
            }

            if (request.Store is not null && request.Store != rule.Store.Code)
            {
                return new Refusal(RuleConfig.RuleInvalid, "A rule's store never changes. Add a rule to the other store.", "store");
            }

            var before = RuleView.Of(rule);
            var draft = await DraftAsync(write.Db, request with
            {
                Method = before.Method,
                Store = before.Store,
                Currency = request.Currency ?? before.Currency,
                Type = request.Type ?? before.Type,
                Config = request.Config ?? before.Config,
            });
            if (!draft.IsOk)
            {
                return draft.Refusal;
            }

            var (_, _, currency, type, terms) = draft.Value;
            if (currency != rule.Current.Currency || type.Id != rule.Current.TypeId || !terms.Equals(rule.Current.Terms))
            {
                rule.Revise(currency, type, terms, write.Actor, write.Now);
            }

            rule.Enabled = request.Enabled ?? rule.Enabled;
            var after = RuleView.Of(rule);
            var changes = new FieldChanges()
                .Note("enabled", before.Enabled, after.Enabled)
                .Note("currency", before.Currency, after.Currency)
                .Note("type", before.Type, after.Type);
            if (before.Version != after.Version)
            {
                changes.Note("version", before.Version, after.Version).Note("config", before.Config, after.Config);
            }

            if (changes.Any)
            {
                write.Audit(SubjectOf(rule), rule.PublicId.ToString(), oldValues: changes.Before, newValues: changes.After);
            }

            return after;
        });

    /// <summary>The rule gives nothing any more. What it gave stays.</summary>
    public Task<Result<Done>> DeleteAsync(Caller caller, OperationKey key, Guid id) =>
        OnRuleAsync<Done>("rule.delete", caller, key, id, (write, rule) =>
        {
            var last = RuleView.Of(rule);
            rule.MarkDeleted(write.Now);
            write.Audit(SubjectOf(rule), rule.PublicId.ToString(), oldValues: last);
            return Task.FromResult<Result<Done>>(Done.Instance);
        });

    /// <summary>Reads a rule that is to be, or the refusal at the field at fault.</summary>
    internal static async Task<Result<RuleDraft>> DraftAsync(StoreCreditDbContext db, SaveRuleRequest request)
    {
        var store = await db.FindStoreAsync(Texts.Clean(request.Store));
        if (!store.IsOk)
        {
            return store.Refusal;
        }

        if (EarningNames.Method(request.Method) is not { } method)
        {
            return new Refusal(RuleConfig.RuleInvalid, $"Choose one of {string.Join(", ", EarningNames.Methods.Select(EarningNames.Of))}.", "method");
        }

        var currency = CatalogueLookups.FindCurrency(request.Currency ?? store.Value.CurrencyCode);
        var type = await db.FindCreditTypeAsync(request.Type ?? DefaultType);
        var terms = !currency.IsOk ? currency.Refusal
            : request.Config is null ? new Refusal(RuleConfig.RuleInvalid, "Say what the rule gives.", "config")
            : request.Config.Parse(method, currency.Value);
        return (currency.Refusal ?? type.Refusal ?? terms.Refusal) is { } refusal
            ? refusal
            : new RuleDraft(store.Value, method, currency.Value, type.Value, terms.Value);
    }

    private Task<Result<T>> OnRuleAsync<T>(string kind, Caller caller, OperationKey key, Guid id, Func<WriteScope, EarningRule, Task<Result<T>>> deed) =>
        gate.ExecuteAsync<T>(new OperationRequest(kind, key, caller, Permission.ManageRules), async write =>
        {
            if (await write.Db.CurrentVersions().SingleOrDefaultAsync(version => version.Rule.PublicId == id) is not { Rule: { } rule })
            {
                return NotFound;
            }

            write.About(SubjectOf(rule), rule.PublicId.ToString());
            return await deed(write, rule);
        });

    private static string SubjectOf(EarningRule rule) => $"{rule.Store.Name}: {EarningNames.Of(rule.Method)}";
}

/// <summary>A rule that is to be, read and found in order.</summary>
internal sealed record RuleDraft(Store Store, EarningMethod Method, Currency Currency, CreditType Type, RuleTerms Terms);
