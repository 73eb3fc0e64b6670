using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace StoreCreditAdmin.Data;

public static class DataSetup
{
    /// <summary>Registers the database. The folder of its file is made if it is missing.</summary>
    /// <param name="basePath">What a relative file name is relative to.</param>
    public static IServiceCollection AddData(this IServiceCollection services, string connectionString, string basePath)
    {
        var path = PathOf(connectionString, basePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        connectionString = new SqliteConnectionStringBuilder(connectionString) { DataSource = path }.ToString();
        services.AddSingleton(_ => new WriterLock(path));
        services.AddDbContextFactory<StoreCreditDbContext>((provider, options) => options
            .UseSqlite(connectionString)
            .AddInterceptors(new ConnectionPragmas(), new PreparedCommands())
            .AddInterceptors(provider.GetServices<IInterceptor>()));
        return services;
    }

    /// <summary>The full path of the database file that a connection string names.</summary>
    /// <inheritdoc cref="AddData" path="/param"/>
    public static string PathOf(string connectionString, string basePath) =>
        Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource, basePath);

    /// <summary>Brings the database to the newest schema. WAL is a property of the file, so it is set once, here.</summary>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken cancellationToken = default)
    {
        using var held = await services.GetRequiredService<WriterLock>().EnterAsync(cancellationToken);
        await using var db = await services.GetRequiredService<IDbContextFactory<StoreCreditDbContext>>().CreateDbContextAsync(cancellationToken);
        db.HoldsWriterLock = true;
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return;
        }

        // A process that was killed while it migrated leaves EF Core's own lock behind, which nobody would ever lift. Ours is held here, so nobody else migrates.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>One view of the data for several reads, without a lock that would stop writers.</summary>
    public static async Task<IDbContextTransaction> BeginReadAsync(this StoreCreditDbContext db, CancellationToken cancellationToken = default)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        return (await db.Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancellationToken))!;
    }

    /// <summary>A commit survives a power cut, and a reader or another process waits instead of failing.</summary>
    private sealed class ConnectionPragmas : DbConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
