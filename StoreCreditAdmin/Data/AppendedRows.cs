using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace StoreCreditAdmin.Data;

/// <summary>
/// Rows that are written once and never looked at again by the write that made them: entries, operations, outcomes, audit lines, messages. They skip the change tracker,
/// which would cost more than all the rest of a write, and go to the database by commands that are prepared once for each context.
/// </summary>
internal sealed class AppendedRows(DbContext db) : IDisposable
{
    private readonly Dictionary<Type, RowInsert> inserts = [];
    private readonly List<object> waiting = [];

    /// <summary>The row is written with the next save, after what the context tracks and after the rows that were added before it.</summary>
    public void Add(object row) => waiting.Add(row);

    public void Clear() => waiting.Clear();

    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var written = waiting.Count;
        if (written == 0)
        {
            return 0;
        }

        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Rows are appended inside a transaction, since the save that they belong to is more than one command.");
        foreach (var row in waiting)
        {
            await InsertOf(row.GetType()).ExecuteAsync(row, transaction, cancellationToken);
        }

        waiting.Clear();
        return written;
    }

    public void Dispose()
    {
        foreach (var insert in inserts.Values)
        {
            insert.Dispose();
        }
    }

    private RowInsert InsertOf(Type type)
    {
        if (!inserts.TryGetValue(type, out var insert))
        {
            var entityType = db.Model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} has no table.");
            insert = new RowInsert(db.Database.GetDbConnection(), entityType, db.GetService<ISqlGenerationHelper>());
            inserts.Add(type, insert);
        }

        return insert;
    }
}
