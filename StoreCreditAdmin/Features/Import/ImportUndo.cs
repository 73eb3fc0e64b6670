using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Import;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Import;

/// <summary>
/// Takes an import back: removes the accounts that it made and that have nothing yet, neither entries nor changes. The others stay. The audit keeps
/// what each was.
/// </summary>
public sealed class ImportUndo(CommitGate gate)
{
    private const int AccountsAtATime = 500;

    /// <summary>What the creation of an account writes to the audit; anything else is a change.</summary>
    private const string Creation = "account.create";

    public async Task<Result<ImportRunView>> BeginAsync(Caller caller, OperationKey key, Guid runId) =>
        await gate.ExecuteAsync<ImportRunView>(Request("import.undo", caller, key), async write =>
        {
            var run = await write.Db.ImportRuns.SingleOrDefaultAsync(one => one.PublicId == runId);
            if (run is null)
            {
                return new Refusal("not-found", "There is no such import.");
            }

            write.About(run.FileName, run.PublicId.ToString());
            if (ImportRunView.Of(run, write.Now) is { MayUndo: false } view)
            {
                return new Refusal("import-state", view.State == "running" ? "The import is under way. Stop it first." : "There is nothing left to undo.");
            }

            run.BeginUndo(write.Actor, write.Now);
            write.Audit(run.FileName, run.PublicId.ToString(), newValues: new { run.Added });
            return ImportRunView.Of(run, write.Now);
        });

    /// <summary>Removes the accounts, some hundreds in a transaction. One that was cut short is begun again and goes on.</summary>
    public async Task<Result<ImportRunView>> RunAsync(Caller caller, Guid runId, CancellationToken cancellationToken = default)
    {
        long after = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = await RemoveAsync(caller, runId, after);
            if (!part.IsOk)
            {
                return part.Refusal;
            }

            if (part.Value.LastAccountId is null)
            {
                return await EndAsync(caller, runId);
            }

            after = part.Value.LastAccountId.Value;
        }
    }

    private Task<Result<Part>> RemoveAsync(Caller caller, Guid runId, long after) =>
        gate.ExecuteAsync<Part>(Request("account.remove", caller, new OperationKey($"import-undo:{runId:N}:{after}", [])), async write =>
        {
            var run = await write.Db.ImportRuns.SingleAsync(one => one.PublicId == runId);
            write.About(run.FileName, run.PublicId.ToString());
            var ids = await write.Db.ImportedAccounts
                .Where(made => made.RunId == run.Id && made.AccountId > after)
                .OrderBy(made => made.AccountId).Select(made => made.AccountId)
                .Take(AccountsAtATime)
                .ToListAsync();
            if (ids.Count == 0)
            {
                return new Part(null);
            }

            var empty = await write.Db.Accounts.Include(account => account.Contacts)
                .Where(account => ids.Contains(account.Id) && account.LastSequence == 0)
                .Where(account => !write.Db.AccountBalances.Any(balance => balance.AccountId == account.Id))
                .Where(account => !write.Db.Orders.Any(order => order.AccountId == account.Id) && !write.Db.Invoices.Any(invoice => invoice.AccountId == account.Id))
                .Where(account => !write.Db.AuditEntries.Any(entry => entry.AccountId == account.Id && entry.Action != Creation && entry.RefusalCode == null))
                .ToListAsync();
            foreach (var account in empty)
            {
                var contact = account.Contacts.Count > 0 ? account.Contacts[0] : null;
                write.Audit(account.Name, account.PublicId.ToString(), account.Id, oldValues: new { account.Name, account.ExternalId, email = contact?.Email, phone = contact?.Phone });
            }

            List<long> removed = [.. empty.Select(account => account.Id)];
            await write.Db.ImportedAccounts.Where(made => removed.Contains(made.AccountId)).ExecuteDeleteAsync();
            await write.Db.Contacts.Where(contact => removed.Contains(contact.AccountId)).ExecuteDeleteAsync();
            await write.Db.Accounts.Where(account => removed.Contains(account.Id)).ExecuteDeleteAsync();
            write.Db.ChangeTracker.Entries<Domain.Accounts.Account>().ToList().ForEach(entry => entry.State = EntityState.Detached);
            run.Remove(removed.Count);
            return new Part(ids[^1]);
        });

    private Task<Result<ImportRunView>> EndAsync(Caller caller, Guid runId) =>
        gate.ExecuteAsync<ImportRunView>(Request("import.undo-end", caller, new OperationKey($"import-undo:{runId:N}:end", [])), async write =>
        {
            var run = await write.Db.ImportRuns.SingleAsync(one => one.PublicId == runId);
            run.EndUndo();
            write.Audit(run.FileName, run.PublicId.ToString(), newValues: new { run.Removed, kept = run.Added - run.Removed });
            return ImportRunView.Of(run, write.Now);
        });

    private static OperationRequest Request(string kind, Caller caller, OperationKey key) => new(kind, key, caller, Permission.Import);

    private sealed record Part(long? LastAccountId);
}
