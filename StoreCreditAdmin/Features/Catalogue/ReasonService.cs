using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>Keeps the reasons that people choose from.</summary>
public sealed class ReasonService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    private static readonly Refusal NotFound = new("not-found", "There is no such reason.");

    public async Task<IReadOnlyList<ReasonView>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var reasons = await db.Reasons.AsNoTracking().OrderBy(reason => reason.Name).ThenBy(reason => reason.Code).ToListAsync(cancellationToken);
        return [.. reasons.Select(ReasonView.Of)];
    }

    /// <summary>The reasons that may be chosen for a purpose: active ones only.</summary>
    public async Task<IReadOnlyList<ReasonView>> ListForAsync(Caller caller, ReasonPurposes purpose, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var reasons = await db.Reasons.AsNoTracking()
            .Where(reason => reason.Active && (reason.Purposes & purpose) == purpose)
            .OrderBy(reason => reason.Name).ThenBy(reason => reason.Code)
            .ToListAsync(cancellationToken);
        return [.. reasons.Select(ReasonView.Of)];
    }

    public Task<Result<ReasonView>> AddAsync(Caller caller, OperationKey key, AddReasonRequest request) =>
        gate.ExecuteAsync<ReasonView>(new OperationRequest("reason.add", key, caller, Permission.ManageCatalogues), async write =>
        {
            var name = Texts.Clean(request.Name);
            write.About(name, request.Code);
            var purposes = ReasonPurposeNames.Parse(request.Purposes);
            if ((CatalogueRules.BadCode(request.Code) ?? CatalogueRules.BadName(name) ?? purposes.Refusal) is { } refusal)
            {
                return refusal;
            }

            if (await write.Db.Reasons.AnyAsync(one => one.Code == request.Code))
            {
                return CatalogueRules.CodeTaken(request.Code!);
            }

            var reason = new Reason(request.Code!, name!, purposes.Value) { Active = request.Active };
            write.Db.Reasons.Add(reason);
            var view = ReasonView.Of(reason);
            write.Audit(reason.Name, reason.Code, newValues: view);
            return view;
        });

    public Task<Result<ReasonView>> ChangeAsync(Caller caller, OperationKey key, string code, ChangeReasonRequest request) =>
        gate.ExecuteAsync<ReasonView>(new OperationRequest("reason.change", key, caller, Permission.ManageCatalogues), async write =>
        {
            var reason = await write.Db.Reasons.SingleOrDefaultAsync(one => one.Code == code);
            if (reason is null)
            {
                return NotFound;
            }

            write.About(reason.Name, reason.Code);
            var name = Texts.Clean(request.Name.Or(reason.Name));
            var purposes = request.Purposes is null ? reason.Purposes : ReasonPurposeNames.Parse(request.Purposes);
            if ((CatalogueRules.Stale(reason.Version, request.Version) ?? CatalogueRules.CodeChanged(reason.Code, request.Code)
                ?? CatalogueRules.BadName(name) ?? purposes.Refusal) is { } refusal)
            {
                return refusal;
            }

            var active = request.Active ?? reason.Active;
            var changes = new FieldChanges().Note("name", reason.Name, name).Note("active", reason.Active, active);
            if (purposes.Value != reason.Purposes)
            {
                changes.Note("purposes", ReasonPurposeNames.Of(reason.Purposes), ReasonPurposeNames.Of(purposes.Value));
            }

            if (changes.Any)
            {
                reason.Name = name!;
                reason.Purposes = purposes.Value;
                reason.Active = active;
                reason.CountChange();
                write.Audit(reason.Name, reason.Code, oldValues: changes.Before, newValues: changes.After);
            }

            return ReasonView.Of(reason);
        });
}
