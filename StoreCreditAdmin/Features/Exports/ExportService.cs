using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>Keeps in the audit who took which list out of the system, before the first row goes.</summary>
public sealed class ExportService(CommitGate gate)
{
    /// <param name="permission">What the list needs to be seen.</param>
    /// <param name="list">What was taken, such as <c>credits</c>.</param>
    /// <param name="filter">What the list was narrowed to; null for the whole of it.</param>
    public Task<Result<Done>> RecordAsync(Caller caller, Permission permission, string list, object? filter) =>
        gate.ExecuteAsync<Done>(new OperationRequest("export." + list, OperationKey.ForForm(), caller, permission), write =>
        {
            write.Audit(list, null, newValues: filter);
            return Task.FromResult<Result<Done>>(Done.Instance);
        });
}
