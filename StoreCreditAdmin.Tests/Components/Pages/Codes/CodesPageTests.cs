using Bunit;
using StoreCreditAdmin.Components.Pages.Codes;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.PromoCodes;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Codes;

public sealed class CodesPageTests
{
    private static readonly AddPromoCodeRequest Welcome = new() { Code = "WELCOME5", Kind = "promo", Amount = "5", Currency = "USD", Type = "promotion" };

    [Fact]
    public async Task A_promo_code_is_added_after_what_was_wrong_is_said_at_its_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<CodesPage>("codes");
        Assert.Contains("No codes yet", page.WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);

        page.ButtonNamed("Add promo code").Click();
        page.WaitForElement("form");
        page.Labelled("Code").Change("two words");
        page.Labelled("Credit for the customer").Change("five");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.StartsWith("'five' is not an amount.", page.ErrorAt("Credit for the customer"), StringComparison.Ordinal));
        page.Labelled("Credit for the customer").Change("5.00");
        page.Labelled("Uses in all").Change("many");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Write a whole number above zero.", page.ErrorAt("Uses in all")));
        page.Labelled("Uses in all").Change("100");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Write a code of 1 to 50 letters", page.ErrorAt("Code"), StringComparison.Ordinal));
        page.Labelled("Code").Change("WELCOME5");
        page.Labelled("Valid from").Change("2026-12-31");
        page.Labelled("Valid to").Change("2026-12-01");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The last day cannot be before the first.", page.ErrorAt("Valid to")));
        page.Labelled("Valid to").Change("2027-01-31");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(
            ["WELCOME5 Promo", "Not yet valid", "5.00 USD Promotion", "from 2026-12-31 to 2027-01-31", "Once each, 100 in all", "0"], page.Row("WELCOME5")![..6]));
        Assert.Equal("WELCOME5 added.", desk.LastToast);
    }

    [Fact]
    public async Task A_referral_code_names_its_referrer_and_what_both_got()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var referrer = await database.AddAccountAsync("Grace Hopper");
        await feed.CustomerAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<CodesPage>("codes");
        page.WaitForElement(".state-empty");

        page.ButtonNamed("Add referral code").Click();
        page.WaitForElement("form");
        page.Labelled("Referrer").Input("Grace");
        page.WaitForElement("li.header-result").Click();
        page.WaitForElement(".amount-input");
        page.Labelled("Code").Change("FRIEND");
        page.Labelled("Credit for the customer").Change("5");
        page.Labelled("Credit for the referrer").Change("3");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("3.00 USD to Grace Hopper", page.Row("FRIEND")?[2], StringComparison.Ordinal));
        var order = ShopFeed.Order("R-1", "10.00", payments: ShopFeed.Card("10.00"));
        order["referralCode"] = "friend";
        await feed.PaidAsync(order);

        var after = desk.Show<CodesPage>("codes?q=frie&kind=referral&state=usable");
        after.WaitForAssertion(() => Assert.Equal(("1", "5.00 USD 3.00 USD to the referrer"), (after.Row("FRIEND")![5], after.Row("FRIEND")![6])));
        Assert.Equal("codes/FRIEND", after.Find("tbody td:nth-child(6) a").GetAttribute("href"));

        var uses = desk.Show<CodeUsesPage>("codes/FRIEND", ("Code", "FRIEND"));
        uses.WaitForAssertion(() => Assert.Equal(["R-1", "Ada Byron", "5.00 USD", "3.00 USD"], uses.FindAll("tbody td").Skip(1).Select(PageSearch.Words)));
        Assert.Equal(referrer.PublicId, (await database.Get<PromoCodeQueries>().GetAsync(TestDatabase.Robot, "friend"))!.Code.ReferrerAccountId);
    }

    [Fact]
    public async Task A_code_is_taken_out_of_use_after_a_question()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Get<PromoCodeService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), Welcome);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<CodesPage>("codes");
        page.WaitForElement("table");

        page.ButtonNamed("Deactivate WELCOME5").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Deactivate").Click();
        page.WaitForAssertion(() => Assert.Equal("Inactive", page.Row("WELCOME5")![1]));
        page.ButtonNamed("Activate WELCOME5").Click();

        page.WaitForAssertion(() => Assert.Equal("Can be used", page.Row("WELCOME5")![1]));
    }

    [Fact]
    public async Task The_second_of_two_managers_who_edit_one_code_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Get<PromoCodeService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), Welcome);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<CodesPage>("codes");
        page.WaitForElement("table");
        page.ButtonNamed("Edit WELCOME5").Click();
        page.WaitForElement("form");

        _ = (await database.Get<PromoCodeService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "WELCOME5", new() { Amount = "8" })).Value;
        page.Labelled("Credit for the customer").Change("6");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Somebody else changed this meanwhile.", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
        page.ButtonNamed("Cancel").Click();
        page.WaitForAssertion(() => Assert.Equal("8.00 USD Promotion", page.Row("WELCOME5")![2]));
    }

    [Fact]
    public async Task A_code_that_is_not_there_or_not_used_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Get<PromoCodeService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), Welcome);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);

        Assert.Contains("There is no such code", desk.Show<CodeUsesPage>("codes/NOPE", ("Code", "NOPE")).WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
        Assert.Contains("Not used yet", desk.Show<CodeUsesPage>("codes/welcome5", ("Code", "welcome5")).WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
    }
}
