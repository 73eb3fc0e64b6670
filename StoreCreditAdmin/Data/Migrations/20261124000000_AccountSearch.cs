using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace StoreCreditAdmin.Data.Migrations;

/// <summary>
/// The index of three-letter pieces over the search texts of accounts and their contacts, and over card numbers: one row for an account. Triggers keep it, whoever writes.
/// A later migration that rebuilds one of the two tables drops its triggers and has to make them again.
/// </summary>
[DbContext(typeof(StoreCreditDbContext))]
[Migration("20261124000000_AccountSearch")]
public sealed class AccountSearch : Migration
{
    private static readonly (string Name, string When, string Deed)[] Triggers =
    [
        ("Accounts_SearchInsert", "AFTER INSERT ON Accounts", Index("NEW.Id")),
        ("Accounts_SearchUpdate", "AFTER UPDATE OF SearchText, CardNumber ON Accounts WHEN OLD.SearchText <> NEW.SearchText OR OLD.CardNumber <> NEW.CardNumber", Index("NEW.Id")),
        ("Accounts_SearchDelete", "AFTER DELETE ON Accounts", "DELETE FROM AccountSearch WHERE rowid = OLD.Id"),
        ("Contacts_SearchInsert", "AFTER INSERT ON Contacts", Index("NEW.AccountId")),
        ("Contacts_SearchUpdate", "AFTER UPDATE OF SearchText ON Contacts WHEN OLD.SearchText <> NEW.SearchText", Index("NEW.AccountId")),
        ("Contacts_SearchMove", "AFTER UPDATE OF AccountId ON Contacts WHEN OLD.AccountId <> NEW.AccountId", $"{Index("OLD.AccountId")}; {Index("NEW.AccountId")}"),
        ("Contacts_SearchDelete", "AFTER DELETE ON Contacts", Index("OLD.AccountId")),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE VIRTUAL TABLE AccountSearch USING fts5(Text, CardNumber, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')");
        foreach (var (name, when, deed) in Triggers)
        {
            migrationBuilder.Sql($"CREATE TRIGGER {name} {when} BEGIN {deed}; END");
        }

        migrationBuilder.Sql($"INSERT INTO AccountSearch(rowid, Text, CardNumber) {RowsOf}");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var (name, _, _) in Triggers)
        {
            migrationBuilder.Sql($"DROP TRIGGER {name}");
        }

        migrationBuilder.Sql("DROP TABLE AccountSearch");
    }

    private const string RowsOf =
        "SELECT a.Id, a.SearchText || coalesce((SELECT group_concat(c.SearchText, '') FROM Contacts c WHERE c.AccountId = a.Id), ''), lower(a.CardNumber) FROM Accounts a";

    private static string Index(string accountId) => $"INSERT OR REPLACE INTO AccountSearch(rowid, Text, CardNumber) {RowsOf} WHERE a.Id = {accountId}";
}
