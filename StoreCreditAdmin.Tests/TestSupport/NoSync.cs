using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Leaves out the waiting for the disk, for tests that write thousands of times and never pull the plug.</summary>
internal sealed class NoSync : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
