using Bunit;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Pages.Rules;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Rules;

/// <summary>A rule as a manager types it.</summary>
public sealed class RuleDialogTests
{
    [Fact]
    public async Task The_sentence_and_the_example_follow_what_is_typed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk, "Add rule: First order");
        Assert.Contains("Once the amounts are filled in", Preview(page), StringComparison.Ordinal);

        page.Labelled("Gives").Change("per-amount");
        page.Labelled("Amount").Input("3");
        page.Labelled("For every").Input("30");
        Assert.Equal(
            "Gives 3.00 USD for every 30.00 USD of the customer's first paid order. An order of 95.00 USD earns 9.00 USD, one of 29.99 USD nothing. "
            + "An order is worth what its goods cost after discounts, without shipping and tax, and without what credit or gift cards pay.",
            Preview(page));
        page.Labelled("For every").Input("3O");
        Assert.Contains("Once the amounts are filled in", Preview(page), StringComparison.Ordinal);
        page.Labelled("For every").Input("1,000");
        page.Labelled("Currency").Change("JPY");
        Assert.StartsWith("Gives 3 JPY for every 1,000 JPY", Preview(page), StringComparison.Ordinal);
        Assert.Contains("Orders in other currencies than JPY earn nothing by this rule", page.Find(".rz-dialog form .form-note").TextContent, StringComparison.Ordinal);
        await page.Find(".rz-dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("The rule for First order is added.", desk.LastToast));
        var rule = await RuleAsync(database);
        Assert.Equal(("JPY", "promotion", "3", "1000", true), (rule.Currency, rule.Type, rule.Config.Give, rule.Config.Every, rule.Enabled));
    }

    [Theory]
    [InlineData("First order", "", "Enter an amount.")]
    [InlineData("First order", "0", "The amount must be more than zero.")]
    [InlineData("First order", "-5", "The amount must be more than zero.")]
    [InlineData("First order", "5.001", "USD has 2 decimals. Write at most 2 digits after the point.")]
    [InlineData("Registration", "five", "'five' is not an amount. Write it as 1,000.50.")]
    public async Task An_amount_that_makes_no_sense_is_refused_at_its_field(string method, string amount, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk, "Add rule: " + method);

        page.Labelled("Amount").Input(amount);
        await page.Find(".rz-dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(sentence, page.ErrorAt("Amount")));
        Assert.Empty(await database.Get<RuleService>().ListAsync(TestDatabase.Robot));
    }

    [Fact]
    public async Task Every_nothing_is_refused_at_its_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk, "Add rule: Spend history");

        page.Labelled("Amount").Input("8");
        page.Labelled("For every").Input("0");
        await page.Find(".rz-dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("The amount must be more than zero.", page.ErrorAt("For every")));
    }

    [Fact]
    public async Task Steps_rise_number_at_most_five_and_are_added_and_removed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk, "Add rule: Order history");

        for (var step = 1; step <= 5; step++)
        {
            page.Labelled($"Step {step}: number of orders").Input($"{step * 2}");
            page.Labelled($"Step {step}: gives").Input($"{step}");
            if (step < 5)
            {
                page.ButtonNamed("addAdd step").Click();
            }
        }

        Assert.True(page.ButtonNamed("addAdd step").HasAttribute("disabled"));
        Assert.StartsWith("Gives 1.00 USD with the 2nd paid order, 2.00 USD with the 4th", Preview(page), StringComparison.Ordinal);
        page.Labelled("Step 2: number of orders").Input("2");
        await page.Find(".rz-dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Each step must be higher than the one before.", page.ErrorAt("Step 2: number of orders")));
        page.Labelled("Step 2: number of orders").Input("1");
        await page.Find(".rz-dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Each step must be higher than the one before.", page.ErrorAt("Step 2: number of orders")));
        page.Labelled("Step 3: gives").Input("0");
        page.Labelled("Step 2: number of orders").Input("3");
        await page.Find(".rz-dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The amount must be more than zero.", page.ErrorAt("Step 3: gives")));
        page.ButtonNamed("Remove step 3").Click();
        Assert.Equal("8", page.Labelled("Step 3: number of orders").GetAttribute("value"));
        await page.Find(".rz-dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("The rule for Order history is added.", desk.LastToast));
        Assert.Equal([("2", "1.00"), ("3", "2.00"), ("8", "4.00"), ("10", "5.00")], (await RuleAsync(database)).Config.Steps!.Select(step => (step.At, step.Give)));
    }

    [Fact]
    public async Task An_edit_makes_a_version_and_the_second_of_two_editors_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        var rule = await earning.AddAsync("order-placed", new() { Mode = RuleModes.PerAmount, Every = "20", Give = "1", MinimumSpend = "50" });
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk, "Edit Every order");
        Assert.Equal(["1.00", "20.00", "50.00"], new[] { "Amount", "For every", "Minimum spend" }.Select(label => page.Labelled(label).GetAttribute("value")));

        page.Labelled("Minimum spend").Input("");
        await page.Find(".rz-dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Every order is saved as version 2.", desk.LastToast));
        Assert.Null((await RuleAsync(database)).Config.MinimumSpend);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".rz-dialog form")));

        page.ButtonNamed("Edit Every order").Click();
        page.WaitForElement(".rz-dialog form");
        await earning.ChangeAsync(rule with { Version = 2 }, new() { Mode = RuleModes.Fixed, Amount = "9" });
        page.Labelled("Amount").Input("2");
        await page.Find(".rz-dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Somebody else changed this meanwhile.", page.Find(".rz-dialog form [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("9.00", (await RuleAsync(database)).Config.Amount);
    }

    [Fact]
    public async Task A_dry_run_tries_what_is_typed_and_says_what_is_wrong_at_its_place()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.PayAsync("1", "95");
        await earning.PayAsync("2", "40", currency: "EUR");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk, "Add rule: Every order");

        await page.Find(".dry-run form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Complete the rule first. Enter an amount.", page.Find(".dry-run [role=alert]").TextContent));
        page.Labelled("Amount").Input("5");
        page.Labelled("From").Change("2026-11-23");
        await page.Find(".dry-run form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The period ends before it starts. Choose a later last day.", page.ErrorAt("To")));
        page.Labelled("From").Change("2026-10-01");
        await page.Find(".dry-run form").SubmitAsync();

        page.WaitForElement(".dry-run .order-figures");
        Assert.Equal(["Cost 5.00 USD", "Customers 1", "Orders 1 of 2"], page.FindAll(".dry-run .order-figures > div").Select(PageSearch.Words));
        Assert.StartsWith("Gives 5.00 USD for each paid order. From 2026-10-01 to 2026-11-22", PageSearch.Words(page.Find(".dry-run-tried")), StringComparison.Ordinal);
        Assert.Equal("1 order was in another currency and would have earned nothing.", page.Find(".dry-run .form-note").TextContent);
        Assert.Equal(["2026-10 0 0.00", "2026-11 1 5.00"], page.FindAll(".dry-run-tables table")[0].QuerySelectorAll("tbody tr").Select(PageSearch.Words));
        Assert.Equal("Ada Byron 5.00", PageSearch.Words(page.FindAll(".dry-run-tables table")[1].QuerySelector("tbody tr")!));
        Assert.Empty(await database.Get<RuleService>().ListAsync(TestDatabase.Robot));
    }

    private static string Preview(IRenderedComponent<IComponent> page) => PageSearch.Words(page.Find(".rule-preview"));

    private static async Task<RuleView> RuleAsync(TestDatabase database) => (await database.Get<RuleService>().ListAsync(TestDatabase.Robot)).Single();

    private static IRenderedComponent<IComponent> Open(StaffDesk desk, string button)
    {
        var page = desk.Show<RulesPage>("rules");
        page.WaitForElement(".rule-cards");
        page.ButtonNamed(button).Click();
        page.WaitForElement(".rz-dialog form");
        return page;
    }
}
