using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>Keeps the types of credit.</summary>
public sealed class CreditTypeService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    private static readonly Refusal NotFound = new("not-found", "There is no such credit type.");

    /// <param name="activeOnly">For pickers: leaves out the types that can no longer be chosen.</param>
    public async Task<IReadOnlyList<CreditTypeView>> ListAsync(Caller caller, bool activeOnly = false, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var types = await db.CreditTypes.AsNoTracking()
            .Where(type => type.Active || !activeOnly)
            .OrderBy(type => type.Name).ThenBy(type => type.Code)
            .ToListAsync(cancellationToken);
        return [.. types.Select(CreditTypeView.Of)];
    }

    public Task<Result<CreditTypeView>> AddAsync(Caller caller, OperationKey key, AddCreditTypeRequest request) =>
        gate.ExecuteAsync<CreditTypeView>(new OperationRequest("credit-type.add", key, caller, Permission.ManageCatalogues), async write =>
        {
            var name = Texts.Clean(request.Name);
            write.About(name, request.Code);
            var expiry = await ExpiryAsync(write, request.DefaultExpiry ?? ExpiryPolicyInput.Of(ExpiryPolicy.Never), request.MayExpire);
            if ((CatalogueRules.BadCode(request.Code) ?? CatalogueRules.BadName(name)
                ?? CatalogueRules.OutOfRange(request.Priority, 0, CreditType.MaxPriority, "priority") ?? expiry.Refusal) is { } refusal)
            {
                return refusal;
            }

            if (await write.Db.CreditTypes.AnyAsync(one => one.Code == request.Code))
            {
                return CatalogueRules.CodeTaken(request.Code!);
            }

            var type = new CreditType(request.Code!, name!)
            {
                Priority = request.Priority,
                PaidFor = request.PaidFor,
                MayExpire = request.MayExpire,
                DefaultExpiry = expiry.Value,
                RequiresReason = request.RequiresReason,
                Active = request.Active,
            };
            write.Db.CreditTypes.Add(type);
            var view = CreditTypeView.Of(type);
            write.Audit(type.Name, type.Code, newValues: view);
            return view;
        });

    public Task<Result<CreditTypeView>> ChangeAsync(Caller caller, OperationKey key, string code, ChangeCreditTypeRequest request) =>
        gate.ExecuteAsync<CreditTypeView>(new OperationRequest("credit-type.change", key, caller, Permission.ManageCatalogues), async write =>
        {
            var type = await write.Db.CreditTypes.SingleOrDefaultAsync(one => one.Code == code);
            if (type is null)
            {
                return NotFound;
            }

            write.About(type.Name, type.Code);
            var name = Texts.Clean(request.Name.Or(type.Name));
            var priority = request.Priority ?? type.Priority;
            var mayExpire = request.MayExpire ?? type.MayExpire;
            var expiry = await ChangedExpiryAsync(write, type, request.DefaultExpiry, mayExpire);
            if ((CatalogueRules.Stale(type.Version, request.Version) ?? CatalogueRules.CodeChanged(type.Code, request.Code)
                ?? CatalogueRules.BadName(name) ?? CatalogueRules.OutOfRange(priority, 0, CreditType.MaxPriority, "priority") ?? expiry.Refusal
                ?? await PaidForRefusalAsync(write.Db, type, request.PaidFor) ?? await InactiveRefusalAsync(write.Db, type, request.Active)) is { } refusal)
            {
                return refusal;
            }

            var changes = new FieldChanges()
                .Note("name", type.Name, name)
                .Note("priority", type.Priority, priority)
                .Note("paidFor", type.PaidFor, request.PaidFor ?? type.PaidFor)
                .Note("mayExpire", type.MayExpire, mayExpire)
                .Note("defaultExpiry", ExpiryPolicyInput.Of(type.DefaultExpiry), ExpiryPolicyInput.Of(expiry.Value))
                .Note("requiresReason", type.RequiresReason, request.RequiresReason ?? type.RequiresReason)
                .Note("active", type.Active, request.Active ?? type.Active);
            if (changes.Any)
            {
                type.Name = name!;
                type.Priority = priority;
                type.PaidFor = request.PaidFor ?? type.PaidFor;
                type.MayExpire = mayExpire;
                type.DefaultExpiry = expiry.Value;
                type.RequiresReason = request.RequiresReason ?? type.RequiresReason;
                type.Active = request.Active ?? type.Active;
                type.CountChange();
                write.Audit(type.Name, type.Code, oldValues: changes.Before, newValues: changes.After);
            }

            return CreditTypeView.Of(type);
        });

    private static async Task<Result<ExpiryPolicy>> ChangedExpiryAsync(WriteScope write, CreditType type, ExpiryPolicyInput? wanted, bool mayExpire) =>
        mayExpire && (wanted is null || wanted == ExpiryPolicyInput.Of(type.DefaultExpiry))
            ? type.DefaultExpiry
            : await ExpiryAsync(write, wanted ?? ExpiryPolicyInput.Of(type.DefaultExpiry), mayExpire);

    private static async Task<Result<ExpiryPolicy>> ExpiryAsync(WriteScope write, ExpiryPolicyInput input, bool mayExpire)
    {
        const string Field = "defaultExpiry";
        var policy = input.Parse(Field);
        if (!policy.IsOk)
        {
            return policy;
        }

        if (!mayExpire && policy.Value.Kind != ExpiryKind.Never)
        {
            return new Refusal(CatalogueRules.Invalid, "Credit that may not expire has the default expiry never.", Field);
        }

        var today = (await write.Db.Stores.SingleAsync(store => store.IsDefault)).DateOf(write.Now);
        return policy.Value.Date < today
            ? new Refusal("expiry-in-past", $"The last good day is over. Choose {today:yyyy-MM-dd} or later.", Field)
            : policy;
    }

    private static async Task<Refusal?> PaidForRefusalAsync(StoreCreditDbContext db, CreditType type, bool? wanted) =>
        wanted is null || wanted == type.PaidFor || !await db.Credits.AnyAsync(credit => credit.TypeId == type.Id)
            ? null
            : new Refusal(
                "type-in-use",
                "There is credit of this type, and its past figures would change. Add another type instead.",
                "paidFor");

    private static async Task<Refusal?> InactiveRefusalAsync(StoreCreditDbContext db, CreditType type, bool? wanted)
    {
        if (wanted != false || !type.Active)
        {
            return null;
        }

        if (await db.EarningRules.AnyAsync(rule => rule.DeletedAt == null && rule.Versions.Any(version => version.Number == rule.Version && version.TypeId == type.Id)))
        {
            return new Refusal("type-in-use", "A rule gives credit of this type. Choose another type there first.", "active");
        }

        var store = await db.Stores.Where(one => one.CreditLineType == type.Code).OrderBy(one => one.Name).Select(one => one.Name).FirstOrDefaultAsync();
        return store is null
            ? null
            : new Refusal("type-in-use", $"Order lines that buy credit give this type in the store {store}. Choose another type there first.", "active");
    }
}
