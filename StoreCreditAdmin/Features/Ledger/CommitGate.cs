using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>
/// The way every write goes: the writer's lock, one transaction, who asks and whether they still may, the idempotency key, the deed, its outcome and audit, commit.
/// A repeat gets the first answer; a refusal changes nothing and is remembered too.
/// </summary>
/// <remarks>One write happens at a time, so all of them use one context, emptied after each, and its open connection. After a failure both are given up.</remarks>
public sealed class CommitGate(IDbContextFactory<StoreCreditDbContext> contexts, WriterLock writerLock, TimeProvider clock, IEnumerable<ArrivalHandler> arrivalHandlers, IEnumerable<ClosingHandler> closingHandlers)
    : IDisposable, IAsyncDisposable
{
    private static readonly Func<StoreCreditDbContext, string, Task<Remembered?>> FindRemembered = EF.CompileAsyncQuery((StoreCreditDbContext db, string key) => db.OperationOutcomes
        .Where(outcome => outcome.Operation.Key == key)
        .Select(outcome => new Remembered(outcome.Operation.Kind, outcome.Operation.RequestHash, outcome.RefusalCode, outcome.Answer))
        .SingleOrDefault());

    private readonly ArrivalHandler[] arrivalHandlers = [.. arrivalHandlers];
    private readonly ClosingHandler[] closingHandlers = [.. closingHandlers];
    private StoreCreditDbContext? context;

    /// <param name="deed">
    /// Changes what <see cref="WriteScope.Db"/> tracks. It need not save; what it leaves unsaved is saved with the outcome. It must not do mail, HTTP or files.
    /// </param>
    public async Task<Result<T>> ExecuteAsync<T>(OperationRequest request, Func<WriteScope, Task<Result<T>>> deed)
    {
        using var held = await writerLock.EnterAsync();
        var db = context ??= await OpenContextAsync();
        try
        {
            var result = await WriteAsync(db, request, deed);
            db.Forget();
            return result;
        }
        catch
        {
            context = null;
            await db.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
        context?.Dispose();
        context = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (context is not null)
        {
            await context.DisposeAsync();
            context = null;
        }
    }

    private async Task<StoreCreditDbContext> OpenContextAsync()
    {
        var db = await contexts.CreateDbContextAsync();
        db.HoldsWriterLock = true;
        db.Prepared = new PreparedCommands.Cache();
        db.Database.AutoSavepointsEnabled = false;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await db.Database.OpenConnectionAsync();
        return db;
    }

    private async Task<Result<T>> WriteAsync<T>(StoreCreditDbContext db, OperationRequest request, Func<WriteScope, Task<Result<T>>> deed)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = clock.GetUtcNow();
        if (await CallerCheck.RefusalAsync(db, request.Caller, request.Permission) is { } notAllowed)
        {
            db.Append(new AuditEntry(now, request.Caller.Actor, request.Kind) { RefusalCode = notAllowed.Code });
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return notAllowed;
        }

        if (await FindRemembered(db, request.Key.Key) is { } remembered)
        {
            return FirstAnswer<T>(remembered, request);
        }

        var scope = new WriteScope(db, NewOperation(request, now), request.Caller.Actor, now, arrivalHandlers);
        db.Append(scope.Operation);
        var result = await deed(scope);
        if (!result.IsOk)
        {
            await transaction.RollbackAsync();
            db.Forget();
            await RememberRefusalAsync(db, scope, NewOperation(request, now), result.Refusal);
            return result;
        }

        await scope.HandleArrivalsAsync();
        scope.SendBalances();
        foreach (var handler in closingHandlers)
        {
            await handler.HandleAsync(scope);
        }

        db.Append(new OperationOutcome(scope.Operation, null, JsonSerializer.Serialize(result.Value, WireJson.Options)));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return result;
    }

    /// <summary>In a transaction of its own, since the deed's is gone with whatever the deed had done. The lock is still held, so nothing comes between.</summary>
    private static async Task RememberRefusalAsync(StoreCreditDbContext db, WriteScope scope, Operation operation, Refusal refusal)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        scope.AddRefusal(operation, refusal);
        db.Append(new OperationOutcome(operation, refusal.Code, JsonSerializer.Serialize(refusal, WireJson.Options)));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static Operation NewOperation(OperationRequest request, DateTimeOffset now) =>
        new(Guid.CreateVersion7(now), request.Kind, request.Key.Key, request.Key.RequestHash, request.Caller.Actor, now);

    private static Result<T> FirstAnswer<T>(Remembered first, OperationRequest request)
    {
        if (first.Kind != request.Kind || !first.RequestHash.AsSpan().SequenceEqual(request.Key.RequestHash))
        {
            return new Refusal("idempotency-conflict", "This idempotency key was used for another request. Use a new key.");
        }

        Result<T> answer = first.RefusalCode is null
            ? Result<T>.Of(JsonSerializer.Deserialize<T>(first.Answer, WireJson.Options)!)
            : JsonSerializer.Deserialize<Refusal>(first.Answer, WireJson.Options)!;
        return answer.AsReplay();
    }

    private sealed record Remembered(string Kind, byte[] RequestHash, string? RefusalCode, string Answer);
}

/// <summary>One write while it happens: the context of its transaction, its operation, who does it and when.</summary>
public sealed class WriteScope
{
    private readonly List<Wallet> changed = [];
    private readonly HashSet<Arrival> arrivals = [];
    private readonly List<Authorization> taken = [];
    private readonly IReadOnlyList<ArrivalHandler> arrivalHandlers;
    private AuditEntry? about;

    internal WriteScope(StoreCreditDbContext db, Operation operation, Actor actor, DateTimeOffset now, IReadOnlyList<ArrivalHandler> arrivalHandlers)
    {
        this.arrivalHandlers = arrivalHandlers;
        Db = db;
        Operation = operation;
        Actor = actor;
        Now = now;
    }

    public StoreCreditDbContext Db { get; }

    public Operation Operation { get; }

    public Actor Actor { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Whether whoever asked for the write wants the customer told of it; null where nobody was asked.</summary>
    public bool? Notify { get; set; }

    /// <summary>The wallets whose value moved so far. Some may be of the same account, store and currency.</summary>
    public IReadOnlyList<Wallet> ChangedWallets => changed;

    /// <summary>What was taken of credit that arrived in this write, as <see cref="HandleArrivalsAsync"/> let it.</summary>
    public IReadOnlyList<Authorization> TakenOnArrival => taken;

    public Guid NewId() => Guid.CreateVersion7(Now);

    /// <summary>Says what the write is about, early, so that a refusal's audit line names it too.</summary>
    public void About(string? subject, string? subjectId, long? accountId = null) =>
        about = new AuditEntry(Now, Actor, Operation.Kind) { Subject = subject, SubjectId = subjectId, AccountId = accountId };

    /// <summary>
    /// Writes the audit line. <paramref name="oldValues"/> and <paramref name="newValues"/> hold the fields that changed and no others.
    /// </summary>
    public void Audit(string? subject, string? subjectId, long? accountId = null, string? reason = null, string? note = null, object? oldValues = null, object? newValues = null) =>
        Db.Append(new AuditEntry(Now, Actor, Operation.Kind)
        {
            Subject = subject,
            SubjectId = subjectId,
            AccountId = accountId,
            Reason = reason,
            Note = note,
            OldValues = oldValues is null ? null : JsonSerializer.Serialize(oldValues, WireJson.Options),
            NewValues = newValues is null ? null : JsonSerializer.Serialize(newValues, WireJson.Options),
            OperationId = Operation.PublicId,
        });

    /// <summary>Leaves a message for the systems outside, sent once the write is committed. Others may refer to it, so it is tracked.</summary>
    /// <param name="kind">Noun and past participle, as <c>card-refund.requested</c>.</param>
    public OutboxMessage Send(string kind, object body, string? orderNumber = null, long? accountId = null) =>
        Db.OutboxMessages.Add(Message(kind, body, orderNumber, accountId)).Entity;

    /// <summary>Says that an account's credit can be spent again, all of it, as when its hold is lifted.</summary>
    public void Freed(Account account) => arrivals.Add(new Arrival(account.Id, null, null));

    /// <summary>
    /// Lets what waits for credit have what arrived so far. The gate calls it at the end of every deed; a deed whose answer says what is left calls it before it answers.
    /// </summary>
    public async Task HandleArrivalsAsync()
    {
        while (arrivals.Count > 0)
        {
            Arrival[] arrived = [.. arrivals];
            arrivals.Clear();
            foreach (var arrival in arrived)
            {
                foreach (var handler in arrivalHandlers)
                {
                    taken.AddRange(await handler.HandleAsync(this, arrival));
                }
            }
        }
    }

    internal void Changed(Wallet wallet)
    {
        changed.Add(wallet);
        if (wallet.Entries.Any(entry => entry.To == Bucket.Available))
        {
            arrivals.Add(new Arrival(wallet.Account.Id, wallet.Store.Id, wallet.Currency));
        }
    }

    /// <summary>One message for each account, store and currency whose value moved, with the balance as the write leaves it.</summary>
    internal void SendBalances()
    {
        foreach (var wallet in changed.DistinctBy(wallet => (wallet.Account.Id, wallet.Store.Id, wallet.Currency)))
        {
            var body = new
            {
                accountId = wallet.Account.PublicId,
                wallet.Account.ExternalId,
                store = wallet.Store.Code,
                currency = wallet.Currency.Code,
                available = Amount.Of(wallet.Balance.Available, wallet.Currency),
                authorized = Amount.Of(wallet.Balance.Authorized, wallet.Currency),
                operation = Operation.Kind,
                operationId = Operation.PublicId,
            };
            Db.Append(Message("balance.changed", body, null, wallet.Account.Id));
        }
    }

    internal void AddRefusal(Operation operation, Refusal refusal)
    {
        Db.Append(operation);
        Db.Append(new AuditEntry(Now, Actor, operation.Kind)
        {
            Subject = about?.Subject,
            SubjectId = about?.SubjectId,
            AccountId = about?.AccountId,
            Note = refusal.Message,
            RefusalCode = refusal.Code,
            OperationId = operation.PublicId,
        });
    }

    private OutboxMessage Message(string kind, object body, string? orderNumber, long? accountId) =>
        new(NewId(), kind, JsonSerializer.Serialize(body, WireJson.Options), Now) { OrderNumber = orderNumber, AccountId = accountId };
}
