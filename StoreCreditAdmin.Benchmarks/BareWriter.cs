using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// The rows of one posting written by prepared statements and nothing else: no reads, no rules, no objects. It copies the rows of the last posting in the file,
/// with new ids, so it writes to the same tables, indexes and triggers.
/// </summary>
internal sealed class BareWriter : IAsyncDisposable
{
    private static readonly string[] Tables = ["Operations", "Credits", "LedgerEntries", "OperationOutcomes", "AuditEntries", "OutboxMessages"];

    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly List<RowCopy> copies = [];
    private readonly SqliteCommand updateAccount;
    private readonly SqliteCommand updateBalance;
    private long sequence;

    private BareWriter(SqliteConnection connection)
    {
        this.connection = connection;
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
        updateAccount = Command("UPDATE Accounts SET LastSequence = $sequence, LastHash = $hash, LastRecordedAt = LastRecordedAt + 1 WHERE Id = (SELECT AccountId FROM LedgerEntries ORDER BY Id DESC LIMIT 1)");
        updateBalance = Command("UPDATE AccountBalances SET Available = Available + 1234 WHERE rowid = 1");
        updateAccount.Parameters.AddWithValue("$sequence", 0L);
        updateAccount.Parameters.AddWithValue("$hash", Array.Empty<byte>());
    }

    public static async Task<BareWriter> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using (var pragmas = connection.CreateCommand())
        {
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
            await pragmas.ExecuteNonQueryAsync();
        }

        var writer = new BareWriter(connection);
        writer.copies.AddRange(Tables.Select(table => RowCopy.OfLast(connection, table)).OfType<RowCopy>());
        writer.sequence = writer.copies.Single(copy => copy.Table == "LedgerEntries").Number("Sequence");
        return writer;
    }

    public void Write()
    {
        sequence++;
        begin.ExecuteNonQuery();
        long operationId = 0;
        long creditId = 0;
        foreach (var copy in copies)
        {
            var id = copy.Insert(column => column switch
            {
                "PublicId" or "OperationPublicId" => Guid.CreateVersion7().ToString().ToUpperInvariant(),
                "Key" => $"form:{Guid.NewGuid()}",
                "Sequence" => sequence,
                "Hash" or "PreviousHash" => RandomNumberGenerator.GetBytes(32),
                "OperationId" when copy.Table is "LedgerEntries" or "OperationOutcomes" => operationId,
                "CreditId" => creditId,
                _ => null,
            });
            operationId = copy.Table == "Operations" ? id : operationId;
            creditId = copy.Table == "Credits" ? id : creditId;
        }

        updateAccount.Parameters["$sequence"].Value = sequence;
        updateAccount.Parameters["$hash"].Value = RandomNumberGenerator.GetBytes(32);
        if (updateAccount.ExecuteNonQuery() + updateBalance.ExecuteNonQuery() != 2)
        {
            throw new InvalidOperationException("The control writes one account and one balance.");
        }

        commit.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private SqliteCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
