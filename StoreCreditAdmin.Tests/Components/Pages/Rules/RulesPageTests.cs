using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Rules;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Rules;

/// <summary>Rules as a manager keeps them.</summary>
public sealed class RulesPageTests
{
    [Fact]
    public async Task The_page_shows_the_five_methods_each_with_its_rule_or_a_way_to_add_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.AddAsync("first-order", new() { Mode = RuleModes.PerAmount, Every = "30", Give = "3" });
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5" }, currency: "EUR", enabled: false);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);

        var page = Show(desk);

        Assert.Equal(["First order", "Every order", "Registration", "Order history", "Spend history"], page.FindAll(".rule-card h3").Select(one => one.TextContent));
        Assert.Equal("Gives 3.00 USD for every 30.00 USD of the customer's first paid order.", Card(page, "First order").QuerySelector(".rule-sentence")!.TextContent);
        Assert.Equal("Type Promotion Currency USD Version 1", PageSearch.Words(Card(page, "First order").QuerySelector(".rule-facts")!));
        Assert.StartsWith("Orders in other currencies than EUR earn nothing by it.", Card(page, "Every order").QuerySelector(".form-note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([true, false], page.FindAll(".rule-card input[role=switch]").Select(one => one.HasAttribute("checked")));
        Assert.Equal(3, page.FindAll("button").Count(button => button.GetAttribute("aria-label")?.StartsWith("Add rule: ", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task The_module_is_switched_off_after_a_question_and_on_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var light = desk.Services.GetRequiredService<ModuleLight>();
        var page = Show(desk);

        page.Find(".module-switch input").Change(false);
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Cancel").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".dialog-text")));
        Assert.True(await IsOnAsync(database));
        Assert.True(page.Find(".module-switch input").HasAttribute("checked"));

        page.Find(".module-switch input").Change(false);
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Switch off").Click();
        page.WaitForAssertion(() => Assert.Equal("Store credit is off", page.Find(".module-switch span").TextContent));
        Assert.False(await IsOnAsync(database));
        Assert.False(light.On);
        Assert.Contains("not made up for later", page.Find("#module-meaning").TextContent, StringComparison.Ordinal);

        page.Find(".module-switch input").Change(true);
        page.WaitForAssertion(() => Assert.Equal("Store credit is on", page.Find(".module-switch span").TextContent));
        Assert.True(await IsOnAsync(database));
    }

    [Fact]
    public async Task A_rule_is_switched_off_at_once_and_on_after_its_cost_was_offered()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5" }, enabled: false);
        await earning.PayAsync("1", "40");
        await earning.PayAsync("2", "60");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk);

        page.Labelled("Every order is on").Change(true);
        page.WaitForElement(".dry-run");
        await page.Find(".dry-run form").SubmitAsync();
        page.WaitForElement(".dry-run .order-figures");
        Assert.Equal(["Cost 10.00 USD", "Customers 1", "Orders 2 of 2"], page.FindAll(".dry-run .order-figures > div").Select(PageSearch.Words));
        page.ButtonNamed("Switch on").Closest("form")!.Submit();
        page.WaitForAssertion(() => Assert.Equal("Every order is on.", desk.LastToast));
        Assert.True((await RulesAsync(database)).Single().Enabled);

        page.WaitForAssertion(() => Assert.True(page.Labelled("Every order is on").HasAttribute("checked")));
        page.Labelled("Every order is on").Change(false);
        page.WaitForAssertion(() => Assert.Equal("Every order is off.", desk.LastToast));
        Assert.False((await RulesAsync(database)).Single().Enabled);
    }

    [Fact]
    public async Task A_rule_is_deleted_by_its_bin_after_a_question()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new EarningDesk(database).AddAsync("registration", new() { Amount = "5" });
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk);

        page.ButtonNamed("Delete Registration").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Delete").Click();

        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.GetAttribute("aria-label") == "Add rule: Registration"));
        Assert.Empty(await RulesAsync(database));
    }

    [Fact]
    public async Task Each_store_has_its_own_rules_and_the_chosen_store_stands_in_the_address()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddStoreAsync("tokyo", "Tokyo", "JPY", "Asia/Tokyo");
        await new EarningDesk(database).AddAsync("registration", new() { Amount = "5" });
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk);
        Assert.NotNull(Card(page, "Registration").QuerySelector(".rule-facts"));

        page.Find("#rules-store").Change("tokyo");

        Assert.EndsWith("rules?store=tokyo", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Null(Card(page, "Registration").QuerySelector(".rule-facts")));
        page.ButtonNamed("Add rule: Registration").Click();
        page.WaitForElement(".dialog-form, form");
        page.Labelled("Amount").Input("500");
        page.ButtonNamed("Add rule").Closest("form")!.Submit();
        page.WaitForAssertion(() => Assert.Equal("Gives 500 JPY when a customer registers.", Card(page, "Registration").QuerySelector(".rule-sentence")?.TextContent));
        Assert.Equal(["main", "tokyo"], (await RulesAsync(database)).Select(rule => rule.Store));
    }

    [Fact]
    public async Task The_page_opens_on_the_first_store_that_has_rules_and_stays_there_when_the_last_one_goes()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddStoreAsync("tokyo", "Tokyo", "JPY", "Asia/Tokyo");
        await database.AddStoreAsync("zagreb", "Zagreb", "EUR", "Europe/Zagreb");
        foreach (var store in (string[])["zagreb", "tokyo"])
        {
            await database.Get<RuleService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), new() { Store = store, Method = "registration", Config = new() { Amount = "5" } });
        }

        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk);
        Assert.Equal("tokyo", page.Find("#rules-store").GetAttribute("value"));

        page.ButtonNamed("Delete Registration").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Delete").Click();
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.GetAttribute("aria-label") == "Add rule: Registration"));
        Assert.Equal("tokyo", page.Find("#rules-store").GetAttribute("value"));

        page.Find("#rules-store").Change("main");
        page.WaitForAssertion(() => Assert.Equal("main", page.Find("#rules-store").GetAttribute("value")));
    }

    [Fact]
    public async Task A_dry_run_is_stopped_and_says_how_far_it_came()
    {
        var slow = new HeldReads("\"Orders\"");
        await using var database = await TestDatabase.CreateAsync(slow);
        var earning = new EarningDesk(database);
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5" }, enabled: false);
        await earning.PayAsync("1", "40");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk);
        page.Labelled("Every order is on").Change(true);
        page.WaitForElement(".dry-run");

        slow.Hold = true;
        var waiting = page.Find(".dry-run form").SubmitAsync();
        page.WaitForAssertion(() => page.ButtonNamed("Stop"));
        page.ButtonNamed("Stop").Click();
        await waiting;

        page.WaitForAssertion(() => Assert.Equal("Stopped after 0 of 0. Nothing was written.", page.Find(".dry-run .form-note").TextContent));
        Assert.Empty(page.FindAll(".dry-run .order-figures"));
        slow.Hold = false;
        await page.Find(".dry-run form").SubmitAsync();
        page.WaitForElement(".dry-run .order-figures");
    }

    [Fact]
    public async Task The_history_of_a_rule_has_who_when_and_what_each_version_gave()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        var rule = await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5" });
        await earning.PayAsync("1", "40");
        await earning.PayAsync("2", "40");
        await earning.ChangeAsync(rule, new() { Mode = RuleModes.Fixed, Amount = "6" });
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk);

        page.ButtonNamed("History of Every order").Click();

        page.WaitForElement(".rule-versions li");
        Assert.Equal(
            [
                "Version 2 gave nothing so far Gives 6.00 USD for each paid order. 2026-11-22 12:00 UTC by test · Promotion",
                "Version 1 gave credit 2 times Gives 5.00 USD for each paid order. 2026-11-22 12:00 UTC by test · Promotion",
            ],
            page.FindAll(".rule-versions li").Select(PageSearch.Words));
        Assert.Equal("true", page.ButtonNamed("History of Every order").GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task The_expiry_is_one_for_all_or_one_by_method_and_a_past_date_is_refused_at_its_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk);

        page.Labelled("Credit expires").Change("on-date");
        page.Labelled("Last good day").Change("2026-11-21");
        await page.Find(".form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The last good day is over. Choose 2026-11-22 or later.", page.ErrorAt("Credit expires")));
        page.Labelled("Credit expires").Change("after-days");
        page.Labelled("Number of days").Change("90");
        await page.Find(".form").SubmitAsync();
        page.WaitForAssertion(() => Assert.StartsWith("The expiry is saved.", desk.LastToast, StringComparison.Ordinal));
        page.Labelled("All store credits share the same expiry date rules").Change(false);
        Assert.Equal("90", page.FindAll("input[aria-label='Number of days']")[0].GetAttribute("value"));
        page.Labelled("Registration").Change("never");
        await page.Find(".form").SubmitAsync();

        page.WaitForAssertion(() => Assert.False(SavedExpiry(database).SameForAll));
        var saved = SavedExpiry(database);
        Assert.Equal(("never", 90), (saved.PerMethod!["registration"]!.Kind, saved.PerMethod["first-order"]!.Days!.Value));
    }

    [Fact]
    public async Task The_second_of_two_people_who_set_the_expiry_is_told_and_can_look_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk);
        await new EarningDesk(database).SetExpiryAsync(new ExpirySettings { Default = new() { Kind = "after-days", Days = 7 } });

        await page.Find(".form").SubmitAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Somebody else changed this meanwhile.", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
        page.ButtonNamed("Show what is there now").Click();

        page.WaitForAssertion(() => Assert.Equal("7", page.Labelled("Number of days").GetAttribute("value")));
    }

    private static ExpirySettings SavedExpiry(TestDatabase database) => database.Get<EarningSettingsService>().GetExpiryAsync(TestDatabase.Robot).GetAwaiter().GetResult();

    private static async Task<bool> IsOnAsync(TestDatabase database) => (await database.Get<EarningSettingsService>().GetModuleAsync(TestDatabase.Robot)).Enabled == true;

    private static Task<IReadOnlyList<RuleView>> RulesAsync(TestDatabase database) => database.Get<RuleService>().ListAsync(TestDatabase.Robot);

    private static IElement Card(IRenderedComponent<IComponent> page, string name) => page.FindAll(".rule-card").Single(card => card.QuerySelector("h3")!.TextContent == name);

    private static IRenderedComponent<IComponent> Show(StaffDesk desk)
    {
        var page = desk.Show<RulesPage>("rules");
        page.WaitForElement(".rule-cards");
        return page;
    }
}
