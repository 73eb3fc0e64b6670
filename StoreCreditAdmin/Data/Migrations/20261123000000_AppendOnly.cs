using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace StoreCreditAdmin.Data.Migrations;

/// <summary>
/// What was written stays: the database itself refuses to change or delete entries, operations, outcomes, audit lines, anchors, exported journals and their accounts, texts of e-mails, and an INSERT over
/// an existing one, by which INSERT OR REPLACE slips past update triggers. Its date puts it after the tables' own migration.
/// A later migration that rebuilds one of these tables drops its triggers and has to make them again: <see cref="Guard"/>.
/// </summary>
[DbContext(typeof(StoreCreditDbContext))]
[Migration("20261123000000_AppendOnly")]
public sealed class AppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Guard(migrationBuilder, "LedgerEntries", "Id = NEW.Id OR (AccountId = NEW.AccountId AND Sequence = NEW.Sequence)");
        Guard(migrationBuilder, "Operations", "Id = NEW.Id OR \"Key\" = NEW.\"Key\"");
        Guard(migrationBuilder, "OperationOutcomes", "OperationId = NEW.OperationId");
        Guard(migrationBuilder, "AuditEntries", "Id = NEW.Id");
        Guard(migrationBuilder, "LedgerAnchors", "Id = NEW.Id OR Day = NEW.Day");
        Guard(migrationBuilder, "AccountMappings", "Number = NEW.Number");
        Guard(migrationBuilder, "MailTemplates", "Kind = NEW.Kind AND Language = NEW.Language AND Number = NEW.Number");
        Guard(migrationBuilder, "JournalExports", "Id = NEW.Id OR (StoreId = NEW.StoreId AND \"From\" <= NEW.\"To\" AND \"To\" >= NEW.\"From\")");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in new[] { "LedgerEntries", "Operations", "OperationOutcomes", "AuditEntries", "LedgerAnchors", "AccountMappings", "MailTemplates", "JournalExports" })
        {
            foreach (var verb in new[] { "Update", "Delete", "Replace" })
            {
                migrationBuilder.Sql($"DROP TRIGGER \"{table}_Refuse{verb}\"");
            }
        }
    }

    internal static void Guard(MigrationBuilder migrationBuilder, string table, string sameRow)
    {
        migrationBuilder.Sql($"CREATE TRIGGER \"{table}_RefuseUpdate\" BEFORE UPDATE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END");
        migrationBuilder.Sql($"CREATE TRIGGER \"{table}_RefuseDelete\" BEFORE DELETE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END");
        migrationBuilder.Sql(
            $"CREATE TRIGGER \"{table}_RefuseReplace\" BEFORE INSERT ON \"{table}\" WHEN EXISTS (SELECT 1 FROM \"{table}\" WHERE {sameRow}) " +
            $"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END");
    }
}
