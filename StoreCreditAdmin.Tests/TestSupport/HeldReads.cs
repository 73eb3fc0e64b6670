using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>While <see cref="Hold"/> is set, queries that name a table never answer: they wait until they are cancelled.</summary>
/// <param name="table">As the query has it, in its quotation marks.</param>
public sealed class HeldReads(string table) : DbCommandInterceptor
{
    public bool Hold { get; set; }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Hold && command.CommandText.Contains(table, StringComparison.Ordinal))
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return result;
    }
}
