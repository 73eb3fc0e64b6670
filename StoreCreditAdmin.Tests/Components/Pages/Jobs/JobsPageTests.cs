using Bunit;
using StoreCreditAdmin.Components.Pages.Jobs;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Jobs;

public sealed class JobsPageTests
{
    [Fact]
    public async Task A_job_is_run_now_and_what_it_did_is_shown()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "50", expiresOn: new DateOnly(2026, 11, 23));
        database.Clock.Now = database.Clock.Now.AddDays(3);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<JobsPage>("jobs");
        page.WaitForElement(".jobs-table");
        Assert.Contains("None yet", page.Row("Expire credit")![2], StringComparison.Ordinal);

        page.ButtonNamed("Run now: Expire credit").Click();

        page.WaitForAssertion(() => Assert.Contains("The expiry of 1 credit was booked.", page.Row("Expire credit")![2], StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("section.job-runs tbody tr"), row =>
            PageSearch.Words(row).Contains("Expire credit Succeeded The expiry of 1 credit was booked.", StringComparison.Ordinal)
            && PageSearch.Words(row).EndsWith("Asked for by Test Administrator", StringComparison.Ordinal)));
        Assert.Equal("Expire credit: started.", desk.LastToast);
        Assert.Equal("50.00", (await database.ReadViewAsync((await database.CreditOfAsync(account)).PublicId)).Expired.ToString());
    }

    [Fact]
    public async Task A_job_that_is_running_says_so_and_is_not_offered()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Get<JobLeases>().TryTakeAsync("webhooks", JobTrigger.Schedule);
        database.Clock.Now += TimeSpan.FromSeconds(42);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<JobsPage>("jobs");
        page.WaitForElement(".jobs-table");

        Assert.Contains("Running 42 s", page.Row("Send messages")![4], StringComparison.Ordinal);
        Assert.True(page.ButtonNamed("Run now: Send messages").HasAttribute("disabled"));
        Assert.False(page.ButtonNamed("Run now: Expire credit").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Runs_are_narrowed_by_job_and_result_and_a_silent_process_s_run_is_called_abandoned()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<JobsPage>("jobs");
        Assert.Contains("No runs yet", page.WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
        await database.Get<JobLeases>().TryTakeAsync("expiry", JobTrigger.Schedule);
        database.Clock.Now += JobLeases.Time;

        var narrowed = desk.Show<JobsPage>("jobs?job=expiry&outcome=abandoned");
        narrowed.WaitForAssertion(() => Assert.Contains("Abandoned Its process ended without a word.", PageSearch.Words(narrowed.Find("section.job-runs tbody tr")), StringComparison.Ordinal));
        Assert.Equal("abandoned", narrowed.Find("#run-outcome").GetAttribute("value"));

        var none = desk.Show<JobsPage>("jobs?job=expiry&outcome=running");
        Assert.Contains("Nothing matches", none.WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_while_a_run_is_being_asked_for_breaks_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<JobsPage>("jobs");
        page.WaitForElement(".jobs-table");
        Task asking;
        using (await database.Get<WriterLock>().EnterAsync())
        {
            asking = page.ButtonNamed("Run now: Expire credit").ClickAsync(new());
            await desk.DisposeComponentsAsync();
        }

        await Record.ExceptionAsync(() => asking.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Null(asking.Exception);
        Assert.False(desk.Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task Whoever_may_no_longer_is_told_and_nothing_runs()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<JobsPage>("jobs");
        page.WaitForElement(".jobs-table");

        await desk.DisableAsync();
        var reloaded = desk.Show<JobsPage>("jobs");

        Assert.Contains("no longer", reloaded.WaitForElement(".state-error").TextContent, StringComparison.Ordinal);
    }
}
