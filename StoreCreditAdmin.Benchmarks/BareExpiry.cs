using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>The rows of an expiry run written by prepared statements and nothing else, 200 credits in a commit: no rules, no objects, and hashes by chance.</summary>
internal sealed class BareExpiry : IAsyncDisposable
{
    private const int CreditsInOneCommit = 200;

    private readonly SqliteConnection connection;

    private BareExpiry(SqliteConnection connection) => this.connection = connection;

    public static async Task<BareExpiry> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
        await pragmas.ExecuteNonQueryAsync();
        return new BareExpiry(connection);
    }

    /// <returns>The number of credits.</returns>
    public int Write()
    {
        // The last posting issued a credit; the one before it expired one, and left the rows that are copied.
        var operations = RowCopy.OfLast(connection, "Operations", 1)!;
        var outcomes = RowCopy.OfLast(connection, "OperationOutcomes", 1)!;
        var entries = RowCopy.OfLast(connection, "LedgerEntries", 1)!;
        var audits = RowCopy.OfLast(connection, "AuditEntries", 1)!;
        var messages = RowCopy.OfLast(connection, "OutboxMessages", 1)!;
        var credit = Command("UPDATE Credits SET Available = 0, Expired = 1234, Version = Version + 1 WHERE Id = $id");
        var balance = Command("UPDATE AccountBalances SET Available = Available - 1234, Expired = Expired + 1234 WHERE AccountId = $id");
        var account = Command("UPDATE Accounts SET LastSequence = LastSequence + 1, LastHash = $hash, LastRecordedAt = LastRecordedAt + 1 WHERE Id = $id RETURNING LastSequence");
        account.Parameters.AddWithValue("$hash", Array.Empty<byte>());
        var due = Due();
        foreach (var batch in due.Chunk(CreditsInOneCommit))
        {
            Run("BEGIN IMMEDIATE");
            var operation = operations.Insert(column => column switch { "PublicId" => Guid.CreateVersion7().ToString().ToUpperInvariant(), "Key" => $"job:{Guid.NewGuid()}", _ => null });
            outcomes.Insert(column => column == "OperationId" ? operation : null);
            foreach (var (id, accountId) in batch)
            {
                var hash = RandomNumberGenerator.GetBytes(32);
                account.Parameters["$hash"].Value = hash;
                account.Parameters["$id"].Value = accountId;
                var sequence = (long)account.ExecuteScalar()!;
                entries.Insert(column => column switch
                {
                    "PublicId" => Guid.CreateVersion7().ToString().ToUpperInvariant(),
                    "AccountId" => accountId,
                    "CreditId" => id,
                    "OperationId" => operation,
                    "Sequence" => sequence,
                    "Hash" or "PreviousHash" => hash,
                    _ => null,
                });
                audits.Insert(column => column == "AccountId" ? accountId : null);
                Update(credit, id);
                Update(balance, accountId);
            }

            foreach (var accountId in batch.Select(one => one.AccountId).Distinct())
            {
                messages.Insert(column => column switch { "PublicId" => Guid.CreateVersion7().ToString().ToUpperInvariant(), "AccountId" => accountId, _ => null });
            }

            Run("COMMIT");
        }

        return due.Count;
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private List<(long Id, long AccountId)> Due()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Id, AccountId FROM Credits WHERE Available > 0 AND Id > 2 ORDER BY AccountId, Id";
        using var reader = command.ExecuteReader();
        var due = new List<(long, long)>();
        while (reader.Read())
        {
            due.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return due;
    }

    private static void Update(SqliteCommand command, long id)
    {
        command.Parameters["$id"].Value = id;
        if (command.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException("The control changes one row at a time.");
        }
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", 0L);
        return command;
    }
}
