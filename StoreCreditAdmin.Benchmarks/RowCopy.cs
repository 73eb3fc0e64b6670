using Microsoft.Data.Sqlite;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>Writes rows like one that is in the file already, by one prepared statement: the same table, indexes and triggers.</summary>
internal sealed class RowCopy
{
    private readonly SqliteCommand insert;
    private readonly Dictionary<string, object> template = [];

    private RowCopy(SqliteConnection connection, string table, SqliteDataReader row)
    {
        Table = table;
        var key = table == "OperationOutcomes" ? "OperationId" : "Id";
        var columns = Enumerable.Range(0, row.FieldCount).Where(i => row.GetName(i) != "Id").ToList();
        insert = connection.CreateCommand();
        insert.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", columns.Select(i => $"\"{row.GetName(i)}\""))}) VALUES ({string.Join(", ", columns.Select(i => "$" + row.GetName(i)))}) RETURNING \"{key}\"";
        foreach (var i in columns)
        {
            insert.Parameters.AddWithValue("$" + row.GetName(i), row.GetValue(i));
            template[row.GetName(i)] = row.GetValue(i);
        }
    }

    public string Table { get; }

    /// <param name="before">How many rows after the one that is copied are left out.</param>
    /// <returns>Null where the table has no such row.</returns>
    public static RowCopy? OfLast(SqliteConnection connection, string table, int before = 0)
    {
        using var last = connection.CreateCommand();
        last.CommandText = $"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1 OFFSET {before}";
        using var row = last.ExecuteReader();
        return row.Read() ? new RowCopy(connection, table, row) : null;
    }

    /// <summary>What stands in a column of the row that is copied.</summary>
    public long Number(string column) => (long)template[column];

    /// <param name="valueOf">What to write in a column; null for what the copied row has.</param>
    /// <returns>The new row's id.</returns>
    public long Insert(Func<string, object?> valueOf)
    {
        foreach (SqliteParameter parameter in insert.Parameters)
        {
            var column = parameter.ParameterName[1..];
            parameter.Value = valueOf(column) ?? template[column];
        }

        return (long)insert.ExecuteScalar()!;
    }
}
