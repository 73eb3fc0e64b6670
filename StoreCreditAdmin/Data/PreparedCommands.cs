using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StoreCreditAdmin.Data;

/// <summary>
/// Runs prepared commands in place of those that EF Core makes anew for every query and every save, so that the database parses each text once.
/// Only for contexts that keep <see cref="StoreCreditDbContext.Prepared"/>, and with it their connection.
/// </summary>
internal sealed class PreparedCommands : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        !result.HasResult && eventData.Context is StoreCreditDbContext { Prepared: { } prepared } && await prepared.ReadAsync(command, cancellationToken) is { } reader
            ? InterceptionResult<DbDataReader>.SuppressWithResult(reader)
            : result;

    /// <summary>The prepared commands of one connection, by their text.</summary>
    internal sealed class Cache : IDisposable
    {
        /// <summary>More than all writes of the shop have. Texts beyond it, as of lists of every length, run unprepared.</summary>
        private const int Most = 300;

        private readonly Dictionary<string, Entry> entries = [];

        /// <summary>What the command reads; null where its text has no prepared command, or has one that is still being read.</summary>
        public async Task<DbDataReader?> ReadAsync(DbCommand command, CancellationToken cancellationToken)
        {
            if (!entries.TryGetValue(command.CommandText, out var entry))
            {
                if (entries.Count == Most)
                {
                    return null;
                }

                entry = new Entry(command);
                entries.Add(command.CommandText, entry);
            }

            return entry.Reader is { IsClosed: false } ? null : entry.Reader = await entry.ExecuteAsync(command, cancellationToken);
        }

        public void Dispose()
        {
            foreach (var entry in entries.Values)
            {
                entry.Dispose();
            }
        }

        private sealed class Entry : IDisposable
        {
            private readonly DbCommand prepared;

            public Entry(DbCommand command)
            {
                prepared = command.Connection!.CreateCommand();
                prepared.CommandText = command.CommandText;
            }

            public DbDataReader? Reader { get; set; }

            /// <summary>With the transaction and the values of another command of the same text.</summary>
            public Task<DbDataReader> ExecuteAsync(DbCommand command, CancellationToken cancellationToken)
            {
                prepared.Transaction = command.Transaction;
                prepared.CommandTimeout = command.CommandTimeout;
                prepared.Parameters.Clear();
                foreach (DbParameter parameter in command.Parameters)
                {
                    var copy = prepared.CreateParameter();
                    copy.ParameterName = parameter.ParameterName;
                    copy.Value = parameter.Value;
                    prepared.Parameters.Add(copy);
                }

                return prepared.ExecuteReaderAsync(cancellationToken);
            }

            public void Dispose() => prepared.Dispose();
        }
    }
}
