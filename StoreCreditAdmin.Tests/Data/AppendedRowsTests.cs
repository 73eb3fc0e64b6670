using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Data;

/// <summary>Rows that are written past the change tracker are the rows that it would write.</summary>
public sealed class AppendedRowsTests
{
    [Theory]
    [InlineData(typeof(Operation))]
    [InlineData(typeof(OperationOutcome))]
    [InlineData(typeof(LedgerEntry))]
    [InlineData(typeof(AuditEntry))]
    [InlineData(typeof(OutboxMessage))]
    public async Task An_appended_row_has_every_column_as_the_change_tracker_writes_it(Type type)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = await OpenAsync(database);
        var table = db.Model.FindEntityType(type)!;

        var tracked = await WriteAndForgetAsync(db, table, row => db.Add(row));
        var appended = await WriteAndForgetAsync(db, table, db.Append);

        Assert.All(tracked, column => Assert.NotEqual(DBNull.Value, column.Value));
        Assert.Equal(tracked, appended);
    }

    [Fact]
    public async Task What_is_empty_is_written_as_empty_after_a_row_that_was_full()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = await OpenAsync(database);
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Append(new AuditEntry(database.Clock.Now, TestDatabase.Robot.Actor, "first") { Note = "a note", AccountId = 5 });
        db.Append(new AuditEntry(database.Clock.Now, TestDatabase.Robot.Actor, "second"));

        await db.SaveChangesAsync();

        var lines = await db.AuditEntries.AsNoTracking().OrderBy(line => line.Id).ToListAsync();
        Assert.Equal([("first", "a note", 5L), ("second", null, null)], lines.Select(line => (line.Action, line.Note, line.AccountId)));
    }

    [Fact]
    public async Task A_row_gets_its_id_and_those_of_what_it_refers_to_though_both_are_new()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = await OpenAsync(database);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var operation = new Operation(Guid.NewGuid(), "test", "key", [1], TestDatabase.Robot.Actor, database.Clock.Now);
        var outcome = new OperationOutcome(operation, null, "{}");
        db.Append(operation);
        db.Append(outcome);

        await db.SaveChangesAsync();

        Assert.NotEqual(0, operation.Id);
        Assert.Equal(operation.Id, outcome.OperationId);
        Assert.Equal("{}", (await db.OperationOutcomes.AsNoTracking().SingleAsync(one => one.OperationId == operation.Id)).Answer);
    }

    [Fact]
    public async Task What_has_columns_that_are_no_plain_properties_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = await OpenAsync(database);
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Append(RuntimeHelpers.GetUninitializedObject(typeof(AccountBalance)));

        await Assert.ThrowsAsync<NotSupportedException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Nothing_is_appended_without_the_writer_s_lock_or_outside_a_transaction()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var line = new AuditEntry(database.Clock.Now, TestDatabase.Robot.Actor, "test");
        Assert.Throws<InvalidOperationException>(() => db.Append(line));

        db.HoldsWriterLock = true;
        db.Append(line);

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        Assert.False(await db.AuditEntries.AnyAsync());
    }

    private static async Task<StoreCreditDbContext> OpenAsync(TestDatabase database)
    {
        var db = database.Open();
        db.HoldsWriterLock = true;
        await db.Database.OpenConnectionAsync();
        return db;
    }

    /// <summary>What stands in the new row, by column. The row is undone, so that the next is the first again.</summary>
    private static async Task<SortedDictionary<string, object>> WriteAndForgetAsync(StoreCreditDbContext db, IEntityType table, Action<object> write)
    {
        // The ids are made up: they refer to nothing.
        await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
        await using var transaction = await db.Database.BeginTransactionAsync();
        write(Filled(table));
        await db.SaveChangesAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = $"SELECT * FROM {table.GetTableName()}";
        var columns = new SortedDictionary<string, object>();
        await using (var row = await command.ExecuteReaderAsync())
        {
            Assert.True(await row.ReadAsync());
            for (var column = 0; column < row.FieldCount; column++)
            {
                columns.Add(row.GetName(column), row.GetValue(column));
            }

            Assert.False(await row.ReadAsync());
        }

        await transaction.RollbackAsync();
        db.Forget();
        return columns;
    }

    /// <summary>An object with another value in each of its columns.</summary>
    private static object Filled(IEntityType table)
    {
        var row = Activator.CreateInstance(table.ClrType, nonPublic: true)!;
        foreach (var (position, property) in table.GetProperties().Where(property => property.ValueGenerated == ValueGenerated.Never).Index())
        {
            property.PropertyInfo!.SetValue(row, ValueOf(Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType, position + 1));
        }

        return row;
    }

    private static object ValueOf(Type type, int number) =>
        type == typeof(string) ? $"Größe {number}"
        : type == typeof(long) ? (object)(long)number
        : type == typeof(int) ? number
        : type == typeof(bool) ? true
        : type == typeof(byte[]) ? new[] { (byte)number, (byte)0 }
        : type == typeof(Guid) ? new Guid(number, 2, 0xA3, 4, 5, 6, 7, 8, 9, 10, 11)
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 11, 22, 10, number, 0, TimeSpan.FromHours(2))
        : type == typeof(DateOnly) ? new DateOnly(2026, 2, number)
        : type.IsEnum ? Enum.ToObject(type, number)
        : throw new NotSupportedException($"No value of {type.Name} yet.");
}
