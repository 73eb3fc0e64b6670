using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Does something else once, just before a query that names a table: what comes in while somebody is in the middle of reading.</summary>
/// <param name="table">As the query has it, in its quotation marks.</param>
public sealed class Meanwhile(string table) : DbCommandInterceptor
{
    /// <summary>Null once it was done.</summary>
    public Func<Task>? Act { get; set; }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Act is { } act && command.CommandText.Contains(table, StringComparison.Ordinal))
        {
            Act = null;
            await act();
        }

        return result;
    }
}
