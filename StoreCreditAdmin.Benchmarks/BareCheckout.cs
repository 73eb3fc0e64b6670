using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// The rows of one authorization and its capture, in two durable commits, by prepared statements and nothing else: no HTTP, no reads, no rules, no objects.
/// It copies the rows of the last two operations in the file, which are an authorization of one credit and its capture.
/// </summary>
internal sealed class BareCheckout : IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand updateAccount;
    private readonly SqliteCommand[] authorizing;
    private readonly SqliteCommand[] capturing;
    private readonly RowCopy authorization;
    private readonly RowCopy line;
    private readonly RowCopy[] authorizedRows;
    private readonly RowCopy[] capturedRows;
    private long sequence;

    private BareCheckout(SqliteConnection connection)
    {
        this.connection = connection;
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
        authorization = Last("Authorizations");
        line = Last("AuthorizationLines");
        authorizedRows = Operation(before: 1);
        capturedRows = Operation(before: 0);
        sequence = capturedRows[1].Number("Sequence");
        var (account, credit, amount) = (authorization.Number("AccountId"), line.Number("CreditId"), line.Number("AuthorizedMinor"));
        updateAccount = Command($"UPDATE Accounts SET LastSequence = $sequence, LastHash = $hash, LastRecordedAt = LastRecordedAt + 1 WHERE Id = {account}");
        updateAccount.Parameters.AddWithValue("$sequence", 0L);
        updateAccount.Parameters.AddWithValue("$hash", Array.Empty<byte>());
        authorizing =
        [
            Command($"UPDATE Credits SET Available = Available - {amount}, Authorized = Authorized + {amount}, Version = Version + 1 WHERE Id = {credit}"),
            Command($"UPDATE AccountBalances SET Available = Available - {amount}, Authorized = Authorized + {amount} WHERE AccountId = {account}"),
        ];
        capturing =
        [
            Command($"UPDATE Credits SET Authorized = Authorized - {amount}, Used = Used + {amount}, Version = Version + 1 WHERE Id = {credit}"),
            Command($"UPDATE AccountBalances SET Authorized = Authorized - {amount}, Used = Used + {amount} WHERE AccountId = {account}"),
            Command("UPDATE AuthorizationLines SET CapturedMinor = AuthorizedMinor WHERE Id = (SELECT MAX(Id) FROM AuthorizationLines)"),
            Command("UPDATE Authorizations SET IsOpen = 0 WHERE Id = (SELECT MAX(Id) FROM Authorizations)"),
        ];
    }

    public static async Task<BareCheckout> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using (var pragmas = connection.CreateCommand())
        {
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
            await pragmas.ExecuteNonQueryAsync();
        }

        return new BareCheckout(connection);
    }

    public void Write()
    {
        begin.ExecuteNonQuery();
        var authorizationId = authorization.Insert(column => column switch
        {
            "PublicId" => NewId(),
            "Code" => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
            "OrderNumber" => Guid.NewGuid().ToString(),
            "IsOpen" => 1L,
            _ => null,
        });
        line.Insert(column => column switch
        {
            "AuthorizationId" => authorizationId,
            "CapturedMinor" => 0L,
            _ => null,
        });
        Post(authorizedRows, authorizationId, authorizing);
        commit.ExecuteNonQuery();

        begin.ExecuteNonQuery();
        Post(capturedRows, authorizationId, capturing);
        commit.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private void Post(RowCopy[] rows, long authorizationId, SqliteCommand[] updates)
    {
        sequence++;
        long operationId = 0;
        foreach (var row in rows)
        {
            var id = row.Insert(column => column switch
            {
                "PublicId" => NewId(),
                "Key" => $"api:{Guid.NewGuid()}:{Guid.NewGuid()}",
                "Sequence" => sequence,
                "Hash" or "PreviousHash" => RandomNumberGenerator.GetBytes(32),
                "OperationId" when row.Table is "LedgerEntries" or "OperationOutcomes" => operationId,
                "AuthorizationId" => authorizationId,
                _ => null,
            });
            operationId = row.Table == "Operations" ? id : operationId;
        }

        updateAccount.Parameters["$sequence"].Value = sequence;
        updateAccount.Parameters["$hash"].Value = RandomNumberGenerator.GetBytes(32);
        if (updateAccount.ExecuteNonQuery() + updates.Sum(update => update.ExecuteNonQuery()) != 1 + updates.Length)
        {
            throw new InvalidOperationException("The control changes one row with each statement.");
        }
    }

    private RowCopy[] Operation(int before) =>
        [Last("Operations", before), Last("LedgerEntries", before), Last("OperationOutcomes", before), Last("AuditEntries", before), Last("OutboxMessages", before)];

    private RowCopy Last(string table, int before = 0) =>
        RowCopy.OfLast(connection, table, before) ?? throw new InvalidOperationException($"{table} has no row to copy.");

    private SqliteCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private static string NewId() => Guid.CreateVersion7().ToString().ToUpperInvariant();
}
