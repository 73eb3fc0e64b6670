using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>The accounts that journals go to, and who set them.</summary>
public sealed record AccountMappingView(int Number, AccountMapping Mapping, string By, DateTimeOffset At)
{
    internal static AccountMappingView Of(AccountMappingVersion version) => new(version.Number, version.Mapping, version.ActorName, version.At);
}

public sealed record ChangeAccountMappingRequest
{
    public GlAccounts PaidFor { get; init; } = new();

    public GlAccounts Promotional { get; init; } = new();

    /// <summary>By type's code; empty roles go by the set of the type's kind.</summary>
    public IReadOnlyDictionary<string, GlAccounts> ByType { get; init; } = new Dictionary<string, GlAccounts>();

    /// <summary>The version that the person saw; null to change whatever is there.</summary>
    public int? Version { get; init; }
}

/// <summary>Keeps which accounts of the general ledger the journal goes to. Each change is a new version; exports keep theirs.</summary>
public sealed class AccountMappingService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string Subject = "Accounts of the journal";

    public async Task<AccountMappingView> GetAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        return AccountMappingView.Of(await db.LatestMappingAsync(cancellationToken));
    }

    /// <summary>Null where there is no such version.</summary>
    public async Task<AccountMappingView?> FindAsync(Caller caller, int number, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        return await db.AccountMappings.AsNoTracking().SingleOrDefaultAsync(version => version.Number == number, cancellationToken) is { } found ? AccountMappingView.Of(found) : null;
    }

    public Task<Result<AccountMappingView>> ChangeAsync(Caller caller, OperationKey key, ChangeAccountMappingRequest request) =>
        gate.ExecuteAsync<AccountMappingView>(new OperationRequest("journal.accounts", key, caller, Permission.ManageJournal), async write =>
        {
            write.About(Subject, null);
            var latest = await write.Db.LatestMappingAsync(CancellationToken.None);
            if (CatalogueRules.Stale(latest.Number, request.Version) is { } stale)
            {
                return stale;
            }

            var types = await write.Db.CreditTypes.AsNoTracking().ToDictionaryAsync(type => type.Code, type => type.PaidFor);
            var mapping = Cleaned(request);
            if (Problem(mapping, types) is { } refusal)
            {
                return refusal;
            }

            if (Json(mapping) == Json(latest.Mapping))
            {
                return AccountMappingView.Of(latest);
            }

            var version = new AccountMappingVersion(latest.Number + 1, mapping, write.Actor, write.Now);
            write.Db.AccountMappings.Add(version);
            var changes = ChangesOf(latest.Mapping, mapping);
            write.Audit(Subject, null, oldValues: changes.Before, newValues: changes.After);
            return AccountMappingView.Of(version);
        });

    private static AccountMapping Cleaned(ChangeAccountMappingRequest request) => new()
    {
        PaidFor = Cleaned(request.PaidFor),
        Promotional = Cleaned(request.Promotional),
        ByType = request.ByType.Select(one => (one.Key, Value: Cleaned(one.Value))).Where(one => GlAccounts.Roles.Any(role => one.Value[role] is not null))
            .OrderBy(one => one.Key, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.Value),
    };

    private static GlAccounts Cleaned(GlAccounts accounts) => GlAccounts.From(role => Texts.Clean(accounts[role]));

    private static Refusal? Problem(AccountMapping mapping, Dictionary<string, bool> types) =>
        Problem("paidFor", mapping.PaidFor, all: true, _ => mapping.PaidFor.Liability)
        ?? Problem("promotional", mapping.Promotional, all: true, _ => mapping.Promotional.Liability)
        ?? mapping.ByType.Select(one => !types.TryGetValue(one.Key, out var paidFor)
            ? new Refusal("type-unknown", $"There is no credit type '{Texts.Shortened(one.Key)}'.")
            : Problem(one.Key, one.Value, all: false, _ => mapping.AccountOf(one.Key, paidFor, GlRole.Liability))
                ?? LiabilityProblem(one.Key, mapping, paidFor)).FirstOrDefault(refusal => refusal is not null);

    private static Refusal? Problem(string set, GlAccounts accounts, bool all, Func<GlRole, string?> liability)
    {
        foreach (var role in GlAccounts.Roles)
        {
            var field = FieldOf(set, role);
            var problem = accounts[role] is not { } name ? (all ? new Refusal(CatalogueRules.Invalid, "Enter an account.", field) : null)
                : GlAccountName.Problem(name) is { } wrong ? new Refusal(CatalogueRules.Invalid, wrong, field)
                : role != GlRole.Liability && name == liability(role) ? SameAccount(field)
                : null;
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>A type with a liability account of its own must not meet it again among the accounts that it shares.</summary>
    private static Refusal? LiabilityProblem(string type, AccountMapping mapping, bool paidFor) =>
        GlAccounts.Roles.Any(role => role != GlRole.Liability && mapping.AccountOf(type, paidFor, role) == mapping.AccountOf(type, paidFor, GlRole.Liability))
            ? SameAccount(FieldOf(type, GlRole.Liability))
            : null;

    private static Refusal SameAccount(string field) =>
        new(CatalogueRules.Invalid, "This is the account of what is owed too, so nothing would move. Choose another.", field);

    /// <summary>The name of a request's field: a set and a role, as <c>paidFor.issued</c>.</summary>
    public static string FieldOf(string set, GlRole role) => $"{set}.{char.ToLowerInvariant(role.ToString()[0])}{role.ToString()[1..]}";

    private static FieldChanges ChangesOf(AccountMapping before, AccountMapping after)
    {
        var changes = new FieldChanges();
        Note("paidFor", before.PaidFor, after.PaidFor);
        Note("promotional", before.Promotional, after.Promotional);
        foreach (var type in before.ByType.Keys.Union(after.ByType.Keys).Order(StringComparer.Ordinal))
        {
            Note(type, before.ByType.GetValueOrDefault(type), after.ByType.GetValueOrDefault(type));
        }

        return changes;

        void Note(string set, GlAccounts? old, GlAccounts? now)
        {
            foreach (var role in GlAccounts.Roles)
            {
                changes.Note(FieldOf(set, role), old?[role], now?[role]);
            }
        }
    }

    private static string Json(AccountMapping mapping) =>
        JsonSerializer.Serialize(mapping with { ByType = mapping.ByType.OrderBy(one => one.Key, StringComparer.Ordinal).ToDictionary() });
}
