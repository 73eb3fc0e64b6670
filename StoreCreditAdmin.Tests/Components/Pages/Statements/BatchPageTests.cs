using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Statements;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Statements;

public sealed class BatchPageTests
{
    [Fact]
    public async Task Statements_are_asked_for_made_listed_and_fetched_for_a_day()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.IssueAsync(await database.AddAccountAsync(), "10");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<BatchPage>("accounting/statements");
        page.WaitForAssertion(() => Assert.Equal("None were made yet", page.Find(".state-title").TextContent));
        Assert.Equal(("2026-10-01", "2026-10-31"), (page.Labelled("From").GetAttribute("value"), page.Labelled("To").GetAttribute("value")));

        page.Labelled("Period").Change("This month");
        Assert.Equal(("2026-11-01", "2026-11-22"), (page.Labelled("From").GetAttribute("value"), page.Labelled("To").GetAttribute("value")));
        page.ButtonNamed("Make statements").Click();
        page.WaitForAssertion(() => Assert.Contains("/accounting/statements?run=", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        await database.Get<StatementBatchJobs>().WhenIdleAsync();
        var made = await OnlyAsync(database);

        page = desk.Show<BatchPage>($"accounting/statements?run={made.PublicId}");
        page.WaitForAssertion(() => Assert.Equal("1 statement is ready.", Status(page)));
        Assert.Equal([$"exports/statements/{made.PublicId}"], page.FindAll("a[href^='exports/statements/']").Select(link => link.GetAttribute("href")).Distinct());
        Assert.Equal("ZIP of USD, 2026-11-01 to 2026-11-22", Name(page.FindAll("a[href^='exports/statements/']")[0]));
        page.WaitForAssertion(() => Assert.Equal(
            ["USD, 2026-11-01 to 2026-11-22", "With movements", "Ready", "2026-11-22 12:00", "Test Accountant", "1"], page.Row("USD, 2026-11-01")![..6]));
        Assert.Equal("accounting/statements", page.FindAll(".page-lead a").Single().GetAttribute("href"));

        database.Clock.Now = database.Clock.Now.AddDays(1);
        page = desk.Show<BatchPage>($"accounting/statements?run={made.PublicId}");
        page.WaitForAssertion(() => Assert.Equal("1 statement was made. The file was kept for a day and is removed.", Status(page)));
        Assert.Empty(page.FindAll("a[href^='exports/statements/']"));
        page.WaitForAssertion(() => Assert.Equal("Removed", page.Row("USD, 2026-11-01")![^1]));
    }

    [Theory]
    [InlineData("2026-11-20", "2026-11-10", null, "To", "The period ends before it begins. Choose a later last day.")]
    [InlineData("2026-11-23", "2026-11-30", null, "From", "The period has not begun: in this store it is 2026-11-22. Choose an earlier first day.")]
    [InlineData("", "2026-11-10", null, "From", "Choose a date.")]
    [InlineData("2026-11-01", "", null, "To", "Choose a date.")]
    [InlineData("2026-11-01", "2026-11-10", "too long", "Found by", "Write at most 200 characters; this has 201.")]
    public async Task What_is_wrong_stands_at_its_field_and_begins_nothing(string from, string to, string? query, string field, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<BatchPage>("accounting/statements");

        page.Labelled("From").Change(from);
        page.Labelled("To").Change(to);
        page.Labelled("Found by").Change(query is null ? "" : new string('x', StatementBatch.MaxQueryLength + 1));
        page.ButtonNamed("Make statements").Click();

        page.WaitForAssertion(() => Assert.Equal(sentence, page.ErrorAt(field)));
        Assert.Equal("true", page.Labelled(field).GetAttribute("aria-invalid"));
        Assert.Equal("", page.Labelled("Period").GetAttribute("value"));
        await using var db = database.Open();
        Assert.False(await db.StatementBatches.AnyAsync());
    }

    [Fact]
    public async Task A_run_shows_how_far_it_is_can_be_stopped_and_gone_on_with()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.IssueAsync(await database.AddAccountAsync(), "10");
        var id = await AddAsync(database, batch =>
        {
            batch.Count(1200, database.Clock.Now);
            batch.Advance(300, 0, 0, database.Clock.Now);
        });
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<BatchPage>($"accounting/statements?run={id}");

        page.WaitForAssertion(() => Assert.Equal("300 of 1,200 accounts, 0 statements", page.Find(".progress-text").TextContent));
        Assert.Equal(("0.25", "Making statements"), (page.Find("progress").GetAttribute("value"), page.Find("progress").GetAttribute("aria-label")));
        Assert.Contains("You may leave this page", page.Markup, StringComparison.Ordinal);
        page.ButtonNamed("Stop").Click();
        page.WaitForAssertion(() => Assert.Equal("Stopped after 300 of 1,200 accounts. What was made stays, and it can go on.", Status(page)));
        page.WaitForAssertion(() => Assert.Equal("Cancelled", page.Row("USD, 2026-11-01")![2]));

        page.ButtonNamed("Go on").Click();
        page.WaitForAssertion(() => Assert.Equal("1 statement is ready.", Status(page)));
        page.WaitForAssertion(() => Assert.Equal("Ready", page.Row("USD, 2026-11-01")![2]));
        Assert.Equal(["exports/statement-runs.csv", "exports/statement-runs.xlsx"], page.FindAll(".export-links a").Select(link => link.GetAttribute("href")));
        Assert.Single(page.FindAll("tbody a[href^='exports/statements/']"));
    }

    [Fact]
    public async Task A_run_that_failed_says_why_and_can_be_tried_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.IssueAsync(await database.AddAccountAsync(), "10");
        var id = await AddAsync(database, batch => batch.Fail("The file could not be written: No space left on device.", database.Clock.Now));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<BatchPage>($"accounting/statements?run={id}");

        page.WaitForAssertion(() => Assert.Equal("The file could not be written: No space left on device.", Status(page)));
        Assert.Empty(page.FindAll("a[href^='exports/statements/']"));
        page.ButtonNamed("Go on").Click();

        page.WaitForAssertion(() => Assert.Equal("1 statement is ready.", Status(page)));
    }

    [Fact]
    public async Task A_run_that_was_cut_short_says_so_and_one_without_accounts_has_no_file()
    {
        await using var database = await TestDatabase.CreateAsync();
        var killed = await AddAsync(database, _ => { });
        database.Clock.Now = database.Clock.Now.AddMinutes(2);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<BatchPage>($"accounting/statements?run={killed}");
        page.WaitForAssertion(() => Assert.StartsWith("It was cut short after 0 accounts.", Status(page), StringComparison.Ordinal));

        await database.Get<DueJobs>().RunAsync();
        await database.Get<StatementBatchJobs>().WhenIdleAsync();
        page = desk.Show<BatchPage>($"accounting/statements?run={killed}");

        page.WaitForAssertion(() => Assert.StartsWith("None of the accounts needs a statement for this.", Status(page), StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("None", page.Row("USD, 2026-11-01")![^1]));
        var nobody = Guid.NewGuid();
        page = desk.Show<BatchPage>($"accounting/statements?run={nobody}");
        page.WaitForAssertion(() => Assert.Equal("There are no such statements", page.Find(".state-title").TextContent));
    }

    [Fact]
    public async Task A_person_whose_access_ended_begins_nothing_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<BatchPage>("accounting/statements");
        page.WaitForElement(".state-title");

        await desk.DisableAsync();
        page.ButtonNamed("Make statements").Click();

        page.WaitForAssertion(() => Assert.Equal("Your sign-in is no longer valid. Sign in again.", page.Find(".form-refusal").TextContent));
    }

    private static string Status(IRenderedComponent<IComponent> page) => PageSearch.Words(page.Find("[role=status]"));

    /// <summary>What a screen reader calls a link: its text without the icon's.</summary>
    private static string Name(AngleSharp.Dom.IElement link) => string.Join(' ', link.ChildNodes.Skip(1).Select(node => node.TextContent.Trim())).Trim();

    private static async Task<Guid> AddAsync(TestDatabase database, Action<StatementBatch> change)
    {
        var terms = new StatementBatchTerms
        {
            From = new DateOnly(2026, 11, 1),
            To = new DateOnly(2026, 11, 22),
            CurrencyCode = "USD",
            Accounts = StatementBatchAccounts.WithMovement,
            Query = null,
            ForCustomer = false,
            Form = StatementBatchForm.Zip,
            Paper = nameof(StatementPaper.A4),
            Culture = "en-US",
        };
        var batch = new StatementBatch(Guid.NewGuid(), 1, terms, TestDatabase.Robot.Actor, database.Clock.Now);
        change(batch);
        await using var db = database.Open();
        db.StatementBatches.Add(batch);
        await db.SaveChangesAsync();
        return batch.PublicId;
    }

    private static async Task<StatementBatch> OnlyAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.StatementBatches.SingleAsync();
    }
}
