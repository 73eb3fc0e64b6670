using System.Text;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.CustomerLinks;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.CustomerLinks;

public sealed class CustomerLinkServiceTests
{
    [Fact]
    public async Task A_link_works_until_its_last_moment_and_is_kept_nowhere()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var key = OperationKey.ForForm();
        var service = database.Get<CustomerLinkService>();
        var request = new MakeCustomerLinkRequest { Days = 7 };
        var made = (await service.MakeAsync(TestDatabase.Robot, key, account.PublicId.ToString(), request)).Value;
        var again = await service.MakeAsync(TestDatabase.Robot, key, account.PublicId.ToString(), request);

        Assert.Matches("^c/[A-Za-z0-9_-]{43}$", made.Path);
        Assert.Equal((made.Link, null), (again.Value.Link, again.Value.Path));
        Assert.Equal(database.Clock.Now.AddDays(7), made.Link.ExpiresAt);
        Assert.DoesNotContain(made.Path![2..], Encoding.Latin1.GetString(await DatabaseFile.ReadAllAsync(database.Path)));
        database.Clock.Now += TimeSpan.FromDays(7) - TimeSpan.FromTicks(1);
        Assert.NotNull(await OpenAsync(database, made.Path));
        Assert.Single((await service.ListAsync(TestDatabase.Robot, account.PublicId.ToString())).Value);
        database.Clock.Now += TimeSpan.FromTicks(1);
        Assert.Null(await OpenAsync(database, made.Path));
        Assert.Empty((await service.ListAsync(TestDatabase.Robot, account.PublicId.ToString())).Value);
    }

    [Fact]
    public async Task A_revoked_link_opens_nothing_from_then_on_and_the_history_tells_who_made_and_revoked_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var service = database.Get<CustomerLinkService>();
        var agent = await database.SignInNewAsync("Ida", Roles.Agent);
        var one = (await service.MakeAsync(agent, OperationKey.ForForm(), account.PublicId.ToString(), new MakeCustomerLinkRequest { Days = 1 })).Value;
        var two = (await service.MakeAsync(agent, OperationKey.ForForm(), account.PublicId.ToString(), new MakeCustomerLinkRequest { Days = 90 })).Value;

        Assert.True((await service.RevokeAsync(agent, OperationKey.ForForm(), one.Link.Id)).IsOk);
        Assert.True((await service.RevokeAsync(agent, OperationKey.ForForm(), one.Link.Id)).IsOk);

        Assert.Null(await OpenAsync(database, one.Path!));
        Assert.NotNull(await OpenAsync(database, two.Path!));
        Assert.Equal([two.Link.Id], (await service.ListAsync(agent, account.PublicId.ToString())).Value.Select(link => link.Id));
        Assert.Equal(
            [("customer-link.make", "Ida"), ("customer-link.make", "Ida"), ("customer-link.revoke", "Ida")],
            (await database.ReadAuditAsync()).Where(line => line.AccountId == account.Id).Select(line => (line.Action, line.ActorName)));
        Assert.DoesNotContain(await database.ReadAuditAsync(), line => line.NewValues?.Contains(two.Path![2..], StringComparison.Ordinal) == true);
        Assert.Equal("not-found", (await service.RevokeAsync(agent, OperationKey.ForForm(), Guid.NewGuid())).Refusal?.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(36500)]
    public async Task A_link_works_for_one_of_the_times_that_are_offered(int? days)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();

        var made = await database.Get<CustomerLinkService>().MakeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new MakeCustomerLinkRequest { Days = days });

        Assert.Equal(("invalid-request", "days"), (made.Refusal?.Code, made.Refusal?.Field));
    }

    [Fact]
    public async Task There_are_only_so_many_links_at_a_time_and_none_of_an_account_that_is_not_there()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var service = database.Get<CustomerLinkService>();
        async Task<string?> RefusalAsync(string reference) =>
            (await service.MakeAsync(TestDatabase.Robot, OperationKey.ForForm(), reference, new MakeCustomerLinkRequest { Days = 1 })).Refusal?.Code;
        for (var number = 0; number < CustomerLinkService.MaxLive; number++)
        {
            Assert.Null(await RefusalAsync(account.PublicId.ToString()));
        }

        Assert.Equal("too-many-links", await RefusalAsync(account.PublicId.ToString()));
        Assert.Equal("not-found", await RefusalAsync("ext:nobody"));
        database.Clock.Now += TimeSpan.FromDays(1);
        Assert.Null(await RefusalAsync(account.PublicId.ToString()));
    }

    [Fact]
    public async Task Accountants_make_see_and_revoke_no_links()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var service = database.Get<CustomerLinkService>();
        var accountant = await database.SignInNewAsync("Ida", Roles.Accountant);
        var link = (await service.MakeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new MakeCustomerLinkRequest { Days = 1 })).Value;

        Assert.Equal("forbidden", (await service.MakeAsync(accountant, OperationKey.ForForm(), account.PublicId.ToString(), new MakeCustomerLinkRequest { Days = 1 })).Refusal?.Code);
        Assert.Equal("forbidden", (await service.RevokeAsync(accountant, OperationKey.ForForm(), link.Link.Id)).Refusal?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.ListAsync(accountant, account.PublicId.ToString()));
    }

    [Fact]
    public async Task When_a_link_was_last_opened_is_kept_to_the_minute()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var service = database.Get<CustomerLinkService>();
        var link = (await service.MakeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new MakeCustomerLinkRequest { Days = 1 })).Value;
        async Task<DateTimeOffset?> LastOpenedAsync() => (await service.ListAsync(TestDatabase.Robot, account.PublicId.ToString())).Value.Single().LastOpenedAt;
        var start = database.Clock.Now;

        Assert.Null(await LastOpenedAsync());
        await OpenAsync(database, link.Path!);
        Assert.Equal(start, await LastOpenedAsync());
        database.Clock.Now += TimeSpan.FromSeconds(59);
        await OpenAsync(database, link.Path!);
        Assert.Equal(start, await LastOpenedAsync());
        database.Clock.Now += TimeSpan.FromSeconds(1);
        await OpenAsync(database, link.Path!);
        Assert.Equal(start.AddMinutes(1), await LastOpenedAsync());
    }

    [Fact]
    public async Task The_customer_sees_what_they_have_and_had_in_their_words_and_nothing_for_staff()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync("נועה בן־אריה");
        var other = await database.AddAccountAsync("Another");
        await database.IssueAsync(other, "99.00");
        await database.IssueAsync(account, "20.00", expiresOn: new DateOnly(2026, 12, 1));
        await database.IssueAsync(account, "30.00");
        var shop = new Shop(database, account);
        var paid = (await shop.AuthorizeAsync("A-1", "8.00")).Value;
        await shop.CaptureAsync(paid.Code);
        await shop.AuthorizeAsync("A-2", "4.00");
        var link = (await database.Get<CustomerLinkService>().MakeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new MakeCustomerLinkRequest { Days = 1 })).Value;

        var view = (await OpenAsync(database, link.Path!))!;

        Assert.Equal(("נועה בן־אריה", false), (view.Name, view.IsPaused));
        var balance = Assert.Single(view.Balances).Balance;
        Assert.Equal(("38.00", "4.00", new DateOnly(2026, 12, 1), "8.00"), (balance.Available.ToString(), balance.Authorized.ToString(), balance.NextExpiry!.On, balance.NextExpiry.Amount.ToString()));
        Assert.Equal(
            [("Used", "-8.00", "A-1"), ("Added", "30.00", null), ("Added", "20.00", null)],
            view.History.Items.Select(entry => (entry.Label, entry.BalanceChange.ToString(), entry.OrderNumber)));
        Assert.All(view.History.Items, entry => Assert.Null(entry.Memo));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("../../etc/passwd")]
    [InlineData("' OR 1=1 --")]
    [InlineData("王小明")]
    public async Task What_is_no_link_opens_nothing(string token)
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Null(await database.Get<CustomerViews>().OpenAsync(token, 1));
    }

    private static Task<CustomerView?> OpenAsync(TestDatabase database, string path) => database.Get<CustomerViews>().OpenAsync(path[2..], 1);
}
