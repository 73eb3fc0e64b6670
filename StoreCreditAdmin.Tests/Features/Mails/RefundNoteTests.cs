using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Components.Pages.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>What the note of a refund with store credit says until the agent writes another.</summary>
public sealed class RefundNoteTests
{
    [Fact]
    public async Task D14_The_note_that_a_manager_wrote_stands_in_the_dialog_on_the_order_and_in_the_one_e_mail()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync();
        await feed.PaidAsync(ShopFeed.Order("7", "80.00", payments: ShopFeed.Card("80.00")));
        Assert.True((await SetAsync(database, await database.SignInNewAsync("Mona", Roles.Manager), "  Sorry about {{order.number}}, and {{order.number}} again\nYours  ")).IsOk);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<OrderPage>("orders/7", (nameof(OrderPage.Number), "7"));
        page.WaitForAssertion(() => page.ButtonNamed("Refund with store credit"));
        page.ButtonNamed("Refund with store credit").Click();
        page.WaitForElement("form");
        const string Note = "Sorry about 7, and 7 again\nYours";
        page.WaitForAssertion(() => Assert.Equal(Note, page.Find("form textarea").GetAttribute("value")));
        page.Labelled("Amount").Input("25");
        page.Find("input[type=checkbox]").Change(true);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Sorry about 7", page.Find(".refunds-table tbody tr .memo").TextContent, StringComparison.Ordinal));
        var order = await feed.ReadAsync("7");
        Assert.Equal(("80.00", Note), (order.Total.ToString(), Assert.Single(order.Refunds).Note));
        await using var db = database.Open();
        Assert.Equal(Note, MailFields.Read((await db.Mails.SingleAsync()).Fields).Credit.Note);
    }

    [Theory]
    [InlineData("Order {{order.total}}")]
    [InlineData("Order {{ order.number }}")]
    [InlineData("Order {{order.number")]
    [InlineData("Order }}")]
    [InlineData("A bell \a")]
    public async Task A_note_with_what_there_is_not_is_refused_at_its_field(string note)
    {
        await using var database = await TestDatabase.CreateAsync();

        var refused = await SetAsync(database, TestDatabase.Robot, note);

        Assert.Equal("refundNote", refused.Refusal?.Field);
        Assert.Equal("Refund for order 7", await database.Get<MailSettingsService>().GetRefundNoteAsync(TestDatabase.Robot, "7"));
    }

    [Fact]
    public async Task A_note_is_bounded_may_be_empty_is_audited_and_kept_from_two_who_write_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var settings = database.Get<MailSettingsService>();
        Assert.Equal("text-too-long", (await SetAsync(database, TestDatabase.Robot, new string('n', 501))).Refusal?.Code);
        Assert.True((await SetAsync(database, TestDatabase.Robot, new string('n', 500))).IsOk);
        Assert.Equal("changed-meanwhile", (await SetAsync(database, TestDatabase.Robot, "", version: 0)).Refusal?.Code);
        Assert.Equal("", (await SetAsync(database, TestDatabase.Robot, " ", version: 1)).Value.RefundNote);
        Assert.True((await settings.SetAsync(TestDatabase.Robot, OperationKey.ForForm(), new() { DaysAhead = 4 })).IsOk);

        Assert.Equal("", await settings.GetRefundNoteAsync(TestDatabase.Robot, "7"));
        await using var db = database.Open();
        var lines = await db.AuditEntries.Where(line => line.Action == "mails.set" && line.RefusalCode == null).OrderBy(line => line.Id).ToListAsync();
        Assert.Contains("\"refundNote\":\"Refund for order {{order.number}}\"", lines[0].OldValues, StringComparison.Ordinal);
        Assert.Contains("\"refundNote\":\"\"", lines[1].NewValues, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_read_it_and_do_not_write_it_and_accountants_have_no_use_for_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var settings = database.Get<MailSettingsService>();

        Assert.Equal("forbidden", (await SetAsync(database, await database.SignInNewAsync("Ann", Roles.Agent), "Mine")).Refusal?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await settings.GetRefundNoteAsync(await database.SignInNewAsync("Luca", Roles.Accountant), "7"));
    }

    private static Task<StoreCreditAdmin.Domain.Result<MailSwitches>> SetAsync(TestDatabase database, Caller caller, string note, int? version = null) =>
        database.Get<MailSettingsService>().SetAsync(caller, OperationKey.ForForm(), new() { RefundNote = note, Version = version });
}
