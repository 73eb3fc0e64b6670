using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>
/// Makes the statements of a batch, some accounts at a time by their ids, and notes after each time how far it came. Stops where somebody cancelled it or goes on with it elsewhere.
/// </summary>
public sealed class StatementBatchRun(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, StatementFolder folder, StatementPdf pdf, TimeProvider clock)
{
    /// <summary>One file of more is more than a reader opens, and it is drawn in memory.</summary>
    public const int MostInOnePdf = 2_000;

    private const int AtOnce = 50;
    private const int MostFound = 20_000;
    private const int FoundAtOnce = 2_000;

    private static readonly Caller ServerItself = Caller.Job("statements");

    internal static readonly Refusal NotOurs = new("stopped", "Somebody stopped it or goes on with it elsewhere.");

    /// <exception cref="StatementBatchException">It cannot be done; the message says why.</exception>
    public async Task RunAsync(Guid id, int attempt, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var begun = await db.StatementBatches.AsNoTracking().SingleAsync(one => one.PublicId == id, cancellationToken);
        var store = await db.Stores.AsNoTracking().SingleAsync(one => one.Id == begun.StoreId, cancellationToken);
        var found = await FindAsync(db, begun.Terms.Query, cancellationToken);
        var candidates = Candidates(db, begun, found);
        var total = await candidates.CountAsync(cancellationToken);
        var isZip = begun.Terms.Form == StatementBatchForm.Zip;
        if (isZip)
        {
            folder.RemovePartsFrom(id, begun.Made + 1);
        }

        var lost = isZip && folder.CountParts(id) != begun.Made;
        if (await NoteAsync(id, attempt, batch =>
        {
            if (lost)
            {
                batch.StartOver();
            }

            batch.Count(total, clock.GetUtcNow());
        }) is not { } batch)
        {
            return;
        }

        if (lost)
        {
            folder.RemovePartsFrom(id, 0);
        }

        var (last, made, statements) = (batch.LastAccountId, batch.Made, new List<Statement>());
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ids = await candidates.Where(accountId => accountId > last).OrderBy(accountId => accountId).Take(AtOnce).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                break;
            }

            var before = made;
            foreach (var statement in await ReadAsync(begun, store, ids, cancellationToken))
            {
                made++;
                if (isZip)
                {
                    await folder.WritePartAsync(id, made, NameOf(statement.Head), Draw([statement], begun.Terms), cancellationToken);
                }
                else if (made > MostInOnePdf)
                {
                    throw new StatementBatchException(string.Create(CultureInfo.InvariantCulture, $"More than {MostInOnePdf:N0} statements do not go into one PDF file. Choose a ZIP file, or fewer accounts."));
                }
                else
                {
                    statements.Add(statement);
                }
            }

            last = ids[^1];
            if (await NoteAsync(id, attempt, one => one.Advance(ids.Count, made - before, last, clock.GetUtcNow())) is null)
            {
                return;
            }
        }

        if (isZip && folder.CountParts(id) != made)
        {
            throw new StatementBatchException("Files that were made are no longer there. Go on, and all are made again.");
        }

        long? bytes = made == 0 ? null
            : isZip ? await folder.ZipPartsAsync(id, cancellationToken)
            : await folder.FinishAsync(id, StatementBatchForm.Pdf, output =>
            {
                pdf.Draw(statements, PaperOf(begun.Terms), output, CultureOf(begun.Terms));
                return Task.CompletedTask;
            });
        await NoteAsync(id, attempt, one => one.Finish(bytes, clock.GetUtcNow()));
    }

    public Task FailAsync(Guid id, int attempt, string reason) => NoteAsync(id, attempt, batch => batch.Fail(reason, clock.GetUtcNow()));

    public Task WaitAsync(Guid id, int attempt) => NoteAsync(id, attempt, batch => batch.Wait(clock.GetUtcNow()));

    /// <summary>As <c>C-17850</c>: the shop's own id where it has one, in characters that every file system takes.</summary>
    internal static string NameOf(StatementHead head)
    {
        var name = string.Concat((head.ExternalId ?? head.AccountId.ToString()).Take(60).Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_'));
        return string.Create(CultureInfo.InvariantCulture, $"{name}-{head.Currency}-{head.From:yyyy-MM-dd}-{head.To:yyyy-MM-dd}");
    }

    /// <summary>The ids of the accounts that ever had credit in the store and currency, of those that were searched for.</summary>
    private static IQueryable<long> Candidates(StoreCreditDbContext db, StatementBatch batch, long[]? found)
    {
        var balances = db.AccountBalances.Where(balance => balance.StoreId == batch.StoreId && balance.CurrencyCode == batch.Terms.CurrencyCode);
        return (found is null ? balances : balances.Where(balance => found.Contains(balance.AccountId))).Select(balance => balance.AccountId);
    }

    private static async Task<long[]?> FindAsync(StoreCreditDbContext db, string? query, CancellationToken cancellationToken)
    {
        if (query is null)
        {
            return null;
        }

        if (SearchTerms.Of(query) is not { } terms)
        {
            return [];
        }

        var matcher = new AccountMatcher(db, terms, cancellationToken);
        var found = new HashSet<long>();
        for (var skip = 0; skip < MostFound; skip += FoundAtOnce)
        {
            var page = (await matcher.FindAsync(skip, FoundAtOnce)).Ids;
            found.UnionWith(page);
            if (page.Count < FoundAtOnce)
            {
                return [.. found];
            }
        }

        throw new StatementBatchException(string.Create(CultureInfo.InvariantCulture, $"The text is found at more than {MostFound:N0} accounts. Write more of it, or leave it out for all accounts."));
    }

    private async Task<List<Statement>> ReadAsync(StatementBatch batch, Store store, List<long> ids, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var accounts = await db.Accounts.AsNoTracking().Where(account => ids.Contains(account.Id)).OrderBy(account => account.Id).ToListAsync(cancellationToken);
        var statements = new List<Statement>();
        var terms = batch.Terms;
        var anchor = await StatementService.AnchorAsync(db, cancellationToken);
        foreach (var account in accounts)
        {
            var head = StatementService.Head(account, store, Currency.Of(terms.CurrencyCode), new StatementPeriod(terms.From, terms.To), terms.ForCustomer, clock.GetUtcNow(), anchor);
            var statement = await StatementReading.ReadAsync(db, head, account.Id, store.Id, cancellationToken);
            if (!statement.IsOk)
            {
                throw new StatementBatchException($"{account.Name}: {statement.Refusal.Message}");
            }

            if (IsWanted(statement.Value, terms.Accounts))
            {
                statements.Add(statement.Value);
            }
        }

        return statements;
    }

    private static bool IsWanted(Statement statement, StatementBatchAccounts accounts) => accounts switch
    {
        StatementBatchAccounts.WithMovement => statement.Lines.Count > 0,
        StatementBatchAccounts.WithBalance => statement.Closing.BalanceMinor != 0,
        _ => true,
    };

    private byte[] Draw(IEnumerable<Statement> statements, StatementBatchTerms terms) => pdf.Draw(statements, PaperOf(terms), CultureOf(terms));

    private static StatementPaper PaperOf(StatementBatchTerms terms) => Enum.Parse<StatementPaper>(terms.Paper);

    private static CultureInfo CultureOf(StatementBatchTerms terms) => CultureInfo.GetCultureInfo(terms.Culture);

    /// <returns>Null where it is no longer this attempt's to go on with.</returns>
    private async Task<StatementBatch?> NoteAsync(Guid id, int attempt, Action<StatementBatch> change)
    {
        StatementBatch? noted = null;
        var answer = await gate.ExecuteAsync<Done>(new OperationRequest("statements.progress", OperationKey.ForForm(), ServerItself, Permission.ViewReports), async write =>
        {
            var batch = await write.Db.StatementBatches.SingleAsync(one => one.PublicId == id);
            write.About("statements", id.ToString());
            if (batch.State != StatementBatchState.Running || batch.Attempt != attempt)
            {
                return NotOurs;
            }

            change(batch);
            noted = batch;
            return Done.Instance;
        });
        return answer.IsOk ? noted : null;
    }
}
