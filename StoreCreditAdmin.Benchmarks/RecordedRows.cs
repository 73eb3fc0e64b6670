using Microsoft.Data.Sqlite;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>Which rows each event added to a database file.</summary>
internal sealed class RecordedRows(string path)
{
    /// <summary>Parents before children.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        "Operations", "Accounts", "Contacts", "AccountBalances", "Orders", "OrderLines", "OrderPayments", "Credits", "Authorizations", "AuthorizationLines",
        "OrderRefunds", "OutboxMessages", "CardRefunds", "LedgerEntries", "OperationOutcomes", "AuditEntries", "DeferredEvents", "Awards",
    ];

    private readonly Dictionary<string, long> before = [];
    private readonly List<(string Table, long After, long Until)[]> events = [];
    private SqliteConnection? connection;
    private SqliteCommand? ends;

    public string Path => path;

    public long Count => events.Sum(one => one.Sum(range => range.Until - range.After));

    /// <summary>For each table that the event added to, the rows after one id until another.</summary>
    public IReadOnlyList<(string Table, long After, long Until)> Of(int index) => events[index];

    /// <summary>Leaves out what is there already.</summary>
    public void Begin() => _ = Added();

    /// <summary>Takes down what was added since the event before.</summary>
    public void EndOfEvent() => events.Add([.. Added()]);

    private List<(string, long, long)> Added()
    {
        if (connection is null)
        {
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString());
            connection.Open();
            ends = connection.CreateCommand();
            ends.CommandText = "SELECT " + string.Join(", ", Tables.Select(table => $"(SELECT IFNULL(MAX(rowid), 0) FROM {table})"));
        }

        var ranges = new List<(string, long, long)>();
        using var row = ends!.ExecuteReader();
        row.Read();
        for (var column = 0; column < Tables.Count; column++)
        {
            var (after, until) = (before.GetValueOrDefault(Tables[column]), row.GetInt64(column));
            if (until > after)
            {
                ranges.Add((Tables[column], after, until));
                before[Tables[column]] = until;
            }
        }

        return ranges;
    }
}

/// <summary>
/// Writes the recorded rows again into a file without them, each event's in one durable commit, by prepared statements and nothing else. For each ledger entry it also
/// changes the credit, the balance, the account and the authorization that the entry changed.
/// </summary>
internal sealed class RecordedRowsWriter : IAsyncDisposable
{
    private static readonly string[] Updates =
    [
        "UPDATE Accounts SET LastSequence = LastSequence + 1, LastRecordedAt = LastRecordedAt + 1 WHERE Id = $AccountId",
        "UPDATE AccountBalances SET Available = Available + 1 WHERE AccountId = $AccountId AND StoreId = $StoreId AND CurrencyCode = $CurrencyCode",
        "UPDATE Credits SET Version = Version + 1, Available = Available + 1 WHERE Id = $CreditId",
        "UPDATE Authorizations SET IsOpen = 1 - IsOpen WHERE Id = $AuthorizationId",
        "UPDATE AuthorizationLines SET CapturedMinor = CapturedMinor WHERE AuthorizationId = $AuthorizationId",
    ];

    private readonly SqliteConnection connection;
    private readonly RecordedRows rows;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly Dictionary<string, (SqliteCommand Insert, Dictionary<long, object[]> Rows)> tables = [];
    private readonly SqliteCommand[] updates;
    private readonly Dictionary<string, int> entryColumns = [];

    private RecordedRowsWriter(SqliteConnection connection, RecordedRows rows)
    {
        (this.connection, this.rows) = (connection, rows);
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
        using var recorded = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = rows.Path, Mode = SqliteOpenMode.ReadOnly }.ToString());
        recorded.Open();
        foreach (var table in RecordedRows.Tables)
        {
            Prepare(recorded, table);
        }

        updates = [.. Updates.Select(Command)];
        foreach (var update in updates)
        {
            foreach (var column in entryColumns.Keys.Where(column => update.CommandText.Contains("$" + column, StringComparison.Ordinal)))
            {
                update.Parameters.AddWithValue("$" + column, 0L);
            }
        }
    }

    public static async Task<RecordedRowsWriter> OpenAsync(string path, RecordedRows rows)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using (var pragmas = connection.CreateCommand())
        {
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
            await pragmas.ExecuteNonQueryAsync();
        }

        return new RecordedRowsWriter(connection, rows);
    }

    public void Write(int index)
    {
        begin.ExecuteNonQuery();
        foreach (var (table, after, until) in rows.Of(index))
        {
            var (insert, recorded) = tables[table];
            for (var id = after + 1; id <= until; id++)
            {
                var row = recorded[id];
                for (var column = 0; column < row.Length; column++)
                {
                    insert.Parameters[column].Value = row[column];
                }

                insert.ExecuteNonQuery();
                if (table == "LedgerEntries")
                {
                    Change(row);
                }
            }
        }

        commit.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private void Change(object[] entry)
    {
        foreach (var update in updates)
        {
            foreach (SqliteParameter parameter in update.Parameters)
            {
                parameter.Value = entry[entryColumns[parameter.ParameterName[1..]]];
            }

            update.ExecuteNonQuery();
        }
    }

    private void Prepare(SqliteConnection recorded, string table)
    {
        using var all = recorded.CreateCommand();
        all.CommandText = $"SELECT rowid AS RowNumber, * FROM {table}";
        using var row = all.ExecuteReader();
        var columns = Enumerable.Range(1, row.FieldCount - 1).Select(row.GetName).ToList();
        var insert = Command($"INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) VALUES ({string.Join(", ", columns.Select(column => "$" + column))})");
        foreach (var column in columns)
        {
            insert.Parameters.AddWithValue("$" + column, DBNull.Value);
        }

        var found = new Dictionary<long, object[]>();
        while (row.Read())
        {
            found[row.GetInt64(0)] = [.. Enumerable.Range(1, columns.Count).Select(row.GetValue)];
        }

        tables[table] = (insert, found);
        if (table == "LedgerEntries")
        {
            foreach (var (position, column) in columns.Index())
            {
                entryColumns[column] = position;
            }
        }
    }

    private SqliteCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
