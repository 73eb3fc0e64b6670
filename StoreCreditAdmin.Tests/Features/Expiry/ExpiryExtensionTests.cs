using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Expiry;

public sealed class ExpiryExtensionTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly ExpiringFilter Week = new(null, 7, null);
    private static readonly ExtensionRequest Month = new() { Days = 30, Reason = "goodwill" };

    private TestDatabase database = null!;
    private Account ada = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        ada = await database.AddAccountAsync();
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task The_cost_counts_what_is_left_and_expires_from_today_to_the_last_day_of_the_window()
    {
        var grace = await database.AddAccountAsync("Grace");
        await database.IssueAsync(ada, "10", expiresOn: Today);
        await database.IssueAsync(ada, "5", "EUR", "goodwill", Today.AddDays(3));
        await database.IssueAsync(grace, "20.50", expiresOn: Today.AddDays(7));
        await database.IssueAsync(grace, "99", expiresOn: Today.AddDays(8));
        await database.IssueAsync(grace, "99");
        var used = await database.IssueAsync(ada, "3", expiresOn: Today.AddDays(1));
        await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), used.Id, new() { Reason = "fraud" });

        var week = await ListAsync(Week);
        var goodwill = await ListAsync(Week with { Type = "goodwill" });

        Assert.Equal((3, 2, Today, Today.AddDays(7)), (week.Credits, week.Accounts, week.Today, week.Until));
        Assert.Equal(["EUR 1 5.00", "USD 2 30.50"], week.Totals.Select(total => $"{total.Currency} {total.Credits} {total.Amount}"));
        Assert.Equal(["10.00", "5.00", "20.50"], week.Items.Select(credit => credit.Remaining.ToString()));
        Assert.Equal("EUR 1 5.00", Assert.Single(goodwill.Totals.Select(total => $"{total.Currency} {total.Credits} {total.Amount}")));
        Assert.Equal(4, (await ListAsync(Week with { Days = 30 })).Credits);
    }

    [Fact]
    public async Task All_of_it_gets_a_later_day_with_its_reason_and_a_second_run_changes_nothing()
    {
        var boss = await database.SignInNewAsync("Boss", Roles.Manager);
        var (first, second) = (await database.IssueAsync(ada, "10", expiresOn: Today), await database.IssueAsync(ada, "5", expiresOn: Today.AddDays(7)));
        var seen = (await ListAsync(Week)).Totals;

        var done = await database.Get<ExpiryExtension>().ExtendAsync(boss, Week, Month with { Seen = seen });
        var again = await database.Get<ExpiryExtension>().ExtendAsync(boss, Week, Month);

        Assert.Equal((2, 2, 0), (done.Value.Total, done.Value.Extended, done.Value.Skipped));
        Assert.Equal(0, again.Value.Total);
        Assert.Equal((Today.AddDays(30), Today.AddDays(37)), ((await database.ReadCreditAsync(first.Id)).ExpiresOn, (await database.ReadCreditAsync(second.Id)).ExpiresOn));
        Assert.Equal(
            [("Boss", "Goodwill", """{"expiresOn":"2026-11-22"}""", """{"expiresOn":"2026-12-22"}"""), ("Boss", "Goodwill", """{"expiresOn":"2026-11-29"}""", """{"expiresOn":"2026-12-29"}""")],
            (await database.ReadAuditAsync()).Where(line => line.Action == "credit.change").Select(line => (line.ActorName, line.Reason, line.OldValues, line.NewValues)));
    }

    [Fact]
    public async Task Two_at_once_extend_each_credit_once()
    {
        for (var number = 0; number < 10; number++)
        {
            await database.IssueAsync(ada, "1", expiresOn: Today.AddDays(number % 7));
        }

        var done = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => ExtendAsync(Month))));

        Assert.All(done, one => Assert.True(one.IsOk));
        Assert.Equal(10, (await database.ReadAuditAsync()).Count(line => line is { Action: "credit.change", RefusalCode: null }));
        Assert.Equal(0, (await ListAsync(Week)).Credits);
    }

    [Fact]
    public async Task What_was_cancelled_is_gone_on_with()
    {
        for (var number = 0; number < 30; number++)
        {
            await database.IssueAsync(ada, "1", expiresOn: Today);
        }

        using var cancel = new CancellationTokenSource();
        var begun = await database.Get<ExpiryExtension>().ExtendAsync(TestDatabase.Robot, Week, Month, new Told(cancel.Cancel), cancel.Token);
        var rest = await ExtendAsync(Month);

        Assert.Equal((30, 10, true), (begun.Value.Total, begun.Value.Extended, begun.Value.Cancelled));
        Assert.Equal((20, 20, false), (rest.Value.Total, rest.Value.Extended, rest.Value.Cancelled));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Credit_whose_type_may_not_expire_any_more_is_skipped_and_named()
    {
        await database.IssueAsync(ada, "10", type: "goodwill", expiresOn: Today);
        await database.IssueAsync(ada, "5", expiresOn: Today);
        await database.ChangeTypeAsync("goodwill", type => type.MayExpire = false);

        var done = await ExtendAsync(Month);

        Assert.Equal((2, 1, 1), (done.Value.Total, done.Value.Extended, done.Value.Skipped));
        Assert.Equal(("Ada Byron", "Credit of the type Goodwill never expires."), (done.Value.Named[0].AccountName, done.Value.Named[0].Why));
    }

    [Fact]
    public async Task What_was_skipped_is_extended_once_its_type_may_expire_again()
    {
        var credit = await database.IssueAsync(ada, "10", type: "goodwill", expiresOn: Today);
        await database.ChangeTypeAsync("goodwill", type => type.MayExpire = false);
        Assert.Equal(1, (await ExtendAsync(Month)).Value.Skipped);
        await database.ChangeTypeAsync("goodwill", type => type.MayExpire = true);

        var done = await ExtendAsync(Month);

        Assert.Equal((1, 0), (done.Value.Extended, done.Value.Skipped));
        Assert.Equal(Today.AddDays(30), (await database.ReadCreditAsync(credit.Id)).ExpiresOn);
    }

    [Fact]
    public async Task Credit_that_changes_meanwhile_is_skipped_and_named()
    {
        var first = await database.IssueAsync(ada, "10", expiresOn: Today);
        var last = await database.IssueAsync(ada, "5", expiresOn: Today.AddDays(1));
        for (var number = 0; number < 9; number++)
        {
            await database.IssueAsync(ada, "1", expiresOn: Today);
        }

        var progress = new Told(() => database.Get<CreditService>().AdjustAsync(TestDatabase.Robot, OperationKey.ForForm(), last.Id, new() { Delta = "1", Reason = "correction" }).GetAwaiter().GetResult());
        var done = await database.Get<ExpiryExtension>().ExtendAsync(TestDatabase.Robot, Week, Month, progress);

        Assert.Equal((11, 10, 1), (done.Value.Total, done.Value.Extended, done.Value.Skipped));
        Assert.Equal((last.Id, true), (done.Value.Named[0].CreditId, done.Value.Named[0].Why.StartsWith("Somebody else changed this credit meanwhile.", StringComparison.Ordinal)));
        Assert.Equal(Today.AddDays(30), (await database.ReadCreditAsync(first.Id)).ExpiresOn);
    }

    [Fact]
    public async Task Whoever_saw_another_cost_is_refused_and_nothing_changes()
    {
        await database.IssueAsync(ada, "10", expiresOn: Today);
        var seen = (await ListAsync(Week)).Totals;
        await database.IssueAsync(ada, "5", expiresOn: Today);

        Assert.Equal("changed-meanwhile", (await ExtendAsync(Month with { Seen = seen })).Refusal?.Code);
        Assert.Equal(2, (await ListAsync(Week)).Credits);
    }

    [Theory]
    [InlineData(null, null, "goodwill", "days")]
    [InlineData(7, null, "goodwill", "days")]
    [InlineData(0, null, "goodwill", "days")]
    [InlineData(-1, null, "goodwill", "days")]
    [InlineData(3651, null, "goodwill", "days")]
    [InlineData(8, "2026-12-31", "goodwill", "days")]
    [InlineData(null, "2026-11-29", "goodwill", "date")]
    [InlineData(null, "2020-01-01", "goodwill", "date")]
    [InlineData(8, null, null, "reason")]
    [InlineData(8, null, "nonsense", "reason")]
    public async Task A_new_day_within_the_window_or_no_reason_is_refused_at_its_field(int? days, string? date, string? reason, string field)
    {
        await database.IssueAsync(ada, "10", expiresOn: Today);

        var refused = await ExtendAsync(new ExtensionRequest { Days = days, Date = date is null ? null : DateOnly.Parse(date), Reason = reason });

        Assert.Equal(field, refused.Refusal?.Field);
        Assert.Equal(1, (await ListAsync(Week)).Credits);
    }

    [Fact]
    public async Task Agents_and_accountants_are_kept_out()
    {
        foreach (var role in (string[])[Roles.Agent, Roles.Accountant])
        {
            var person = await database.SignInNewAsync(role, role);
            await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<ExpiryExtension>().ListAsync(person, Week, new PageRequest()));
            await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<ExpiryExtension>().ExtendAsync(person, Week, Month));
        }
    }

    [Fact]
    public async Task The_window_begins_with_the_day_of_the_store()
    {
        await database.AddStoreAsync("kiritimati", "Kiritimati", "USD", "Pacific/Kiritimati");
        await database.AddStoreAsync("baker", "Baker Island", "USD", "Etc/GMT+12");

        Assert.Equal(Today.AddDays(1), (await ListAsync(Week with { Store = "kiritimati" })).Today);
        database.Clock.Now = new DateTimeOffset(2026, 11, 22, 11, 59, 59, TimeSpan.Zero);
        Assert.Equal(Today.AddDays(-1), (await ListAsync(Week with { Store = "baker" })).Today);
    }

    [Fact]
    public async Task Extending_a_credit_that_has_expired_brings_it_back_with_its_reason()
    {
        var credit = await database.IssueAsync(ada, "50", expiresOn: Today);
        database.Clock.Now = database.Clock.Now.AddDays(5);
        await database.ExpireAsync();

        var noReason = await database.Get<CreditService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, new() { ExpiresOn = Today.AddDays(40) });
        var changed = await database.Get<CreditService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, new() { ExpiresOn = Today.AddDays(40), Reason = "goodwill" });

        Assert.Equal(("reason-required", "reason"), (noReason.Refusal?.Code, noReason.Refusal?.Field));
        Assert.Equal(("50.00", "0.00", "active"), (changed.Value.Remaining.ToString(), changed.Value.Expired.ToString(), changed.Value.Status));
        var entry = (await database.ReadEntriesAsync(ada))[^1];
        Assert.Equal((EntryKind.Reinstate, 5000L, "Goodwill"), (entry.Kind, entry.AmountMinor, entry.Reason?.Name));
    }

    private Task<ExpiringList> ListAsync(ExpiringFilter filter) => database.Get<ExpiryExtension>().ListAsync(TestDatabase.Robot, filter, new PageRequest());

    private Task<StoreCreditAdmin.Domain.Result<ExtensionReport>> ExtendAsync(ExtensionRequest request) =>
        database.Get<ExpiryExtension>().ExtendAsync(TestDatabase.Robot, Week, request);

    private sealed class Told(Action first) : IProgress<ExtensionProgress>
    {
        private Action? next = first;

        public void Report(ExtensionProgress value) => Interlocked.Exchange(ref next, null)?.Invoke();
    }
}
