using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Health;

/// <summary>How the system stands: the program, its database file, and how much is in it.</summary>
public sealed record SystemView
{
    public const string LedgerEntries = "ledger entries";

    public required string Version { get; init; }

    public required string Runtime { get; init; }

    public required string DatabaseFile { get; init; }

    public required long DatabaseBytes { get; init; }

    /// <summary>What is committed and not yet moved into the database file.</summary>
    public required long WalBytes { get; init; }

    public required string SqliteVersion { get; init; }

    public required string JournalMode { get; init; }

    /// <summary>The newest migration that the database has.</summary>
    public required string Schema { get; init; }

    public required bool SchemaIsNewest { get; init; }

    /// <summary>Where e-mails go.</summary>
    public required string MailTransport { get; init; }

    public required bool MailsAreFiles { get; init; }

    public required IReadOnlyList<SystemCount> Counts { get; init; }

    /// <summary>Null until the first day with entries has been anchored.</summary>
    public required LedgerAnchorView? LastAnchor { get; init; }
}

/// <param name="Of">In the plural.</param>
public sealed record SystemCount(string Of, long Count);

/// <summary>Reads how the system stands.</summary>
public sealed class SystemQueries(IDbContextFactory<StoreCreditDbContext> contexts, MailTransport mail)
{
    public async Task<SystemView> GetAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.VerifyLedger, cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        return new SystemView
        {
            Version = typeof(SystemQueries).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            Runtime = RuntimeInformation.FrameworkDescription,
            DatabaseFile = connection.DataSource,
            DatabaseBytes = SizeOf(connection.DataSource),
            WalBytes = SizeOf(connection.DataSource + "-wal"),
            SqliteVersion = connection.ServerVersion,
            JournalMode = await ScalarAsync(connection, "PRAGMA journal_mode", cancellationToken),
            Schema = applied.LastOrDefault() ?? "none",
            MailTransport = mail.Where,
            MailsAreFiles = mail.IsFolder,
            SchemaIsNewest = applied.SequenceEqual(known),
            LastAnchor = await LedgerAnchors.LastAsync(db, cancellationToken) is { } anchor ? LedgerAnchorView.Of(anchor) : null,
            Counts =
            [
                new("accounts", await db.Accounts.LongCountAsync(cancellationToken)),
                new("contacts", await db.Contacts.LongCountAsync(cancellationToken)),
                new("credits", await db.Credits.LongCountAsync(cancellationToken)),
                new(SystemView.LedgerEntries, await db.LedgerEntries.LongCountAsync(cancellationToken)),
                new("open authorizations", await db.Authorizations.LongCountAsync(authorization => authorization.IsOpen, cancellationToken)),
                new("operations", await db.Operations.LongCountAsync(cancellationToken)),
                new("audit lines", await db.AuditEntries.LongCountAsync(cancellationToken)),
            ],
        };
    }

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static async Task<string> ScalarAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
