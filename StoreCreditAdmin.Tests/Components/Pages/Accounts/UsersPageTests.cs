using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Layout;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Accounts;

public sealed class UsersPageTests
{
    [Fact]
    public async Task What_is_typed_goes_into_the_address_and_finds_users_with_what_they_have()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, "Marie Curie", "marie@radium.example", "C-7");
        await AddAsync(database, "Emmy Noether", "emmy@ring.example", null);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<UsersPage>("users");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));

        await page.Find("#users-search").InputAsync("RADI");

        page.WaitForAssertion(() => Assert.EndsWith("/users?q=RADI", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        var found = desk.Show<UsersPage>("users?q=RADI");
        found.WaitForAssertion(() => Assert.Equal(["Marie Curie", "marie@radium.example", "C-7", ""], found.Row("Marie")!));
        Assert.Single(found.FindAll("tbody tr"));
        Assert.Equal("RADI", found.Find("#users-search").GetAttribute("value"));
    }

    [Fact]
    public async Task Where_nobody_is_found_the_page_says_what_to_do()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<UsersPage>("users?q=zzz");

        Assert.Equal("person_search Nobody is found Type less of the name, or another part of it.", PageSearch.Words(page.WaitForElement(".state-empty")));
    }

    [Fact]
    public async Task A_user_is_added_and_opened_and_a_taken_external_id_is_refused_at_its_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, "Marie Curie", "marie@radium.example", "C-7");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<UsersPage>("users");
        page.WaitForElement("tbody tr");

        page.ButtonNamed("person_addAdd usern").Click();
        page.WaitForElement("form");
        page.Labelled("Name").Change("Pierre Curie");
        page.Labelled("External id").Change("C-7");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.NotNull(page.ErrorAt("External id")));
        page.Labelled("External id").Change("C-8");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Matches("/users/[0-9a-f-]{36}$", desk.Services.GetRequiredService<NavigationManager>().Uri));
    }

    [Fact]
    public async Task The_search_of_the_header_opens_the_marked_user_by_keyboard()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, "Marie Curie", "marie@radium.example", null);
        var pierre = await AddAsync(database, "Pierre Curie", "pierre@radium.example", null);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var search = desk.Show<HeaderSearch>();

        await search.Find("input").InputAsync("curie");
        search.WaitForAssertion(() => Assert.Equal(2, search.FindAll(".header-result").Count));
        Assert.Equal("true", search.Find("input").GetAttribute("aria-expanded"));
        await search.Find("input").KeyDownAsync(Key.Down);
        Assert.Equal(search.Find("[aria-selected=true]").Id, search.Find("input").GetAttribute("aria-activedescendant"));
        await search.Find("input").KeyDownAsync(Key.Enter);

        Assert.EndsWith($"/users/{pierre.Id}", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("", search.Find("input").GetAttribute("value"));
    }

    [Theory]
    [InlineData("pierre", "/users/{0}")]
    [InlineData("curie", "/users?q=curie")]
    public async Task Enter_before_any_result_opens_the_only_match_or_all_matches(string typed, string address)
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, "Marie Curie", "marie@radium.example", null);
        var pierre = await AddAsync(database, "Pierre Curie", "pierre@radium.example", null);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var search = desk.Show<HeaderSearch>();

        var typing = search.Find("input").InputAsync(typed);
        await search.Find("input").KeyDownAsync(Key.Enter);
        await typing;

        Assert.EndsWith(string.Format(address, pierre.Id), desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private static async Task<AccountView> AddAsync(TestDatabase database, string name, string email, string? externalId)
    {
        var request = new CreateAccountRequest { Name = name, Kind = "person", Email = email, ExternalId = externalId };
        return (await database.Get<AccountService>().CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), request)).Value;
    }
}
