using Microsoft.Data.Sqlite;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>The database file as someone with a database tool sees it, past the product.</summary>
public static class DatabaseFile
{
    public static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    public static async Task<int> ExecuteAsync(this SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<object?> ReadAsync(this SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The whole database in one file, with what the log beside it still held.</summary>
    public static async Task<byte[]> ReadAllAsync(string path)
    {
        await using (var connection = await OpenAsync(path))
        {
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return await File.ReadAllBytesAsync(path);
    }

    /// <summary>Writes what every guard of the database would refuse.</summary>
    /// <returns>The number of rows written.</returns>
    public static async Task<int> TamperAsync(string path, string sql)
    {
        await using var connection = await OpenAsync(path);
        await connection.ExecuteAsync("PRAGMA ignore_check_constraints = ON");
        var triggers = new List<string>();
        await using (var list = connection.CreateCommand())
        {
            list.CommandText = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
            await using var reader = await list.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                triggers.Add(reader.GetString(0));
            }
        }

        foreach (var trigger in triggers)
        {
            await connection.ExecuteAsync($"DROP TRIGGER \"{trigger}\"");
        }

        return await connection.ExecuteAsync(sql);
    }
}
