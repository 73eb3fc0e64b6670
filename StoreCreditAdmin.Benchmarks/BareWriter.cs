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
    private readonly List<(string Table, SqliteCommand Insert)> inserts = [];
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
        foreach (var table in Tables)
        {
            writer.Prepare(table);
        }

        return writer;
    }

    public void Write()
    {
        sequence++;
        begin.ExecuteNonQuery();
        long operationId = 0;
        long creditId = 0;
        foreach (var (table, insert) in inserts)
        {
            foreach (SqliteParameter parameter in insert.Parameters)
            {
                parameter.Value = parameter.ParameterName switch
                {
                    "$PublicId" or "$OperationPublicId" => Guid.CreateVersion7().ToString().ToUpperInvariant(),
                    "$Key" => $"form:{Guid.NewGuid()}",
                    "$Sequence" => sequence,
                    "$Hash" or "$PreviousHash" => RandomNumberGenerator.GetBytes(32),
                    "$OperationId" when table is "LedgerEntries" or "OperationOutcomes" => operationId,
                    "$CreditId" => creditId,
                    _ => parameter.Value,
                };
            }

            var id = (long)insert.ExecuteScalar()!;
            operationId = table == "Operations" ? id : operationId;
            creditId = table == "Credits" ? id : creditId;
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

    private void Prepare(string table)
    {
        using var last = Command($"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1");
        using var row = last.ExecuteReader();
        if (!row.Read())
        {
            return;
        }

        var key = table == "OperationOutcomes" ? "OperationId" : "Id";
        var columns = Enumerable.Range(0, row.FieldCount).Where(i => row.GetName(i) != "Id").ToList();
        var insert = Command(
            $"INSERT INTO {table} ({string.Join(", ", columns.Select(i => $"\"{row.GetName(i)}\""))}) VALUES ({string.Join(", ", columns.Select(i => "$" + row.GetName(i)))}) RETURNING \"{key}\"");
        foreach (var i in columns)
        {
            insert.Parameters.AddWithValue("$" + row.GetName(i), row.GetValue(i));
        }

        sequence = table == "LedgerEntries" ? row.GetInt64(row.GetOrdinal("Sequence")) : sequence;
        inserts.Add((table, insert));
    }

    private SqliteCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
