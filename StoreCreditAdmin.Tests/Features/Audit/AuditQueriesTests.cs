using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Audit;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Audit;

public sealed class AuditQueriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Lines_come_newest_first_page_by_page_without_a_gap_or_a_repeat()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, [.. Enumerable.Range(0, 25).Select(number => Line($"thing {number}", at: Noon.AddMinutes(number / 3)))]);
        var audit = database.Get<AuditQueries>();

        var seen = new List<string?>();
        Cursor? after = null;
        do
        {
            var page = await audit.ListAsync(TestDatabase.Robot, new AuditFilter(), new KeysetRequest(10, after));
            seen.AddRange(page.Items.Select(line => line.Subject));
            after = page.NextCursor is null ? null : Cursor.Parse(page.NextCursor);
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(number => $"thing {number}"), seen);
    }

    [Theory]
    [InlineData("?person=eve", "by Eve")]
    [InlineData("?person=SHOP.example", "by Eve")]
    [InlineData("?person=test", "refused", "first")]
    [InlineData("?person=nobody")]
    [InlineData("?action=credit.issue", "by Eve", "first")]
    [InlineData("?subject=EV", "by Eve")]
    [InlineData("?subject=100%25")]
    [InlineData("?subject=0197a0de-0000-7000-8000-000000000001", "refused")]
    [InlineData("?outcome=refused", "refused")]
    [InlineData("?outcome=done", "by Eve", "first")]
    [InlineData("?from=2026-11-22", "refused", "by Eve")]
    [InlineData("?to=2026-11-21", "first")]
    [InlineData("?from=2026-11-23")]
    [InlineData("?from=soon&to=9999-99-99&outcome=maybe", "refused", "by Eve", "first")]
    [InlineData("?person=test&outcome=done&action=credit.issue", "first")]
    public async Task It_is_searched_by_who_what_when_and_outcome(string query, params string[] subjects)
    {
        await using var database = await TestDatabase.CreateAsync();
        var eve = await database.InviteAsync("Eve", Roles.Agent);
        await AddAsync(
            database,
            Line("first", at: Noon.AddDays(-1)),
            new AuditEntry(Noon, new Actor(ActorKind.Staff, eve.Person.Id, "Eve"), "credit.issue") { Subject = "by Eve" },
            new AuditEntry(Noon, TestDatabase.Robot.Actor, "credit.invalidate") { Subject = "refused", SubjectId = "0197a0de-0000-7000-8000-000000000001", RefusalCode = "forbidden" });

        var page = await database.Get<AuditQueries>().ListAsync(TestDatabase.Robot, AuditFilter.Parse(query), new KeysetRequest());

        Assert.Equal(subjects, page.Items.Where(line => line.Action != "staff.invite").Select(line => line.Subject));
    }

    [Fact]
    public async Task A_day_is_the_default_store_s()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.Open())
        {
            db.Stores.Single().TimeZone = "Asia/Tokyo";
            await db.SaveChangesAsync();
        }

        await AddAsync(database, Line("before midnight", at: Noon.AddHours(2.9)), Line("after midnight", at: Noon.AddHours(3)));

        var page = await database.Get<AuditQueries>().ListAsync(TestDatabase.Robot, AuditFilter.Parse("?from=2026-11-23"), new KeysetRequest());

        Assert.Equal(["after midnight"], page.Items.Select(line => line.Subject));
    }

    [Fact]
    public async Task Old_and_new_values_stand_side_by_side()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, new AuditEntry(Noon, TestDatabase.Robot.Actor, "store.change")
        {
            OldValues = """{"name":"Main","active":true,"kinds":["user","valet"]}""",
            NewValues = """{"name":"<b>Shop</b>","active":false,"cap":null,"amount":"1.00"}""",
        });

        var line = Assert.Single((await database.Get<AuditQueries>().ListAsync(TestDatabase.Robot, new AuditFilter(), new KeysetRequest())).Items);

        Assert.Equal(
            [new("name", "Main", "<b>Shop</b>"), new("active", "yes", "no"), new("kinds", "user, valet", null), new("cap", null, null), new("amount", null, "1.00")],
            line.Changes());
    }

    [Fact]
    public async Task The_actions_are_each_named_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Empty(await database.Get<AuditQueries>().ActionsAsync(TestDatabase.Robot));
        await AddAsync(database, Line("a"), Line("b"), Line("c", "api-key.create"), Line("d", "staff.invite"));

        Assert.Equal(["api-key.create", "credit.issue", "staff.invite"], await database.Get<AuditQueries>().ActionsAsync(TestDatabase.Robot));
    }

    [Theory]
    [InlineData(Roles.Agent, false)]
    [InlineData(Roles.Manager, false)]
    [InlineData(Roles.Accountant, true)]
    [InlineData(Roles.Administrator, true)]
    public async Task Accountants_and_administrators_read_it(string role, bool allowed)
    {
        await using var database = await TestDatabase.CreateAsync();
        var caller = await database.SignInNewAsync("Eve", role);

        var read = await Record.ExceptionAsync(() => database.Get<AuditQueries>().ListAsync(caller, new AuditFilter(), new KeysetRequest()));

        Assert.Equal(allowed, read is null);
        Assert.True(read is null or AccessDeniedException);
    }

    [Theory]
    [InlineData("?action=credit.issue", "IX_AuditEntries_Action_At")]
    [InlineData("?outcome=refused", "IX_AuditEntries_Refused")]
    [InlineData("?subject=0197a0de-0000-7000-8000-000000000001", "IX_AuditEntries_SubjectId_At")]
    [InlineData("?person=test", "IX_AuditEntries_ActorId_At")]
    [InlineData("", "IX_AuditEntries_At")]
    public async Task Every_search_goes_by_an_index(string query, string index)
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        plans.Start();
        await database.Get<AuditQueries>().ListAsync(TestDatabase.Robot, AuditFilter.Parse(query), new KeysetRequest());

        Assert.Contains(plans.Steps, step => step.Contains($"USING INDEX {index}", StringComparison.Ordinal));
    }

    private static AuditEntry Line(string subject, string action = "credit.issue", DateTimeOffset? at = null) =>
        new(at ?? Noon, TestDatabase.Robot.Actor, action) { Subject = subject };

    private static async Task AddAsync(TestDatabase database, params AuditEntry[] entries)
    {
        await using var db = database.Open();
        foreach (var entry in entries)
        {
            db.AuditEntries.Add(entry);
            await db.SaveChangesAsync();
        }
    }
}
