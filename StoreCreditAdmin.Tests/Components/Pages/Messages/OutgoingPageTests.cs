using Bunit;
using StoreCreditAdmin.Components.Pages.Messages;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Messages;

public sealed class OutgoingPageTests
{
    [Fact]
    public async Task An_address_that_makes_no_sense_shows_the_first_page()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SendAsync("balance.changed");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);

        var page = desk.Show<OutgoingPage>("messages/outgoing?page=first");

        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
    }

    [Fact]
    public async Task A_message_that_was_given_up_is_named_found_read_and_sent_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.Say(500, "<b>broken</b>");
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync("card-refund.requested", "A/1", body: new { note = "<script>alert(1)</script> 王" });
        for (var tries = 0; tries < 12; tries++)
        {
            await database.SendDueAsync();
            database.Clock.Now += TimeSpan.FromHours(8);
        }

        await database.SendAsync("balance.changed");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<OutgoingPage>("messages/outgoing?state=dead");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.Contains("The receiver answered 500: <b>broken</b>", page.Find(".message-error").TextContent);
        Assert.Equal("orders/A%2F1", page.Find("tbody a").GetAttribute("href"));
        page.ButtonNamed("What it says: Card refund requested, A/1").Click();
        Assert.Contains("\"note\": \"<script>alert(1)</script> 王\"", page.Find("pre").TextContent);

        receiver.Answer = Receiver.Say(200);
        page.ButtonNamed("Send again: Card refund requested, A/1").Click();
        page.WaitForElement(".state-empty");
        Assert.Equal("The message is on its way.", desk.LastToast);
        receiver.Rest();
        await database.SendDueAsync();
        Assert.Equal(["balance.changed", "card-refund.requested"], receiver.Rest().Select(one => one.Kind).Order());
    }

    [Fact]
    public async Task Given_up_messages_are_named_above_the_list_of_all()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddWebhookAsync("https://no-such-host.invalid/");
        await database.SendAsync();
        for (var tries = 0; tries < 12; tries++)
        {
            await database.SendDueAsync();
            database.Clock.Now += TimeSpan.FromHours(8);
        }

        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<OutgoingPage>("messages/outgoing");

        Assert.Contains("1 message was given up.", page.WaitForElement(".message-notice").TextContent);
        Assert.Equal("messages/outgoing?state=dead", page.Find(".message-notice a").GetAttribute("href"));
    }

    [Fact]
    public async Task Where_nothing_was_sent_the_page_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<OutgoingPage>("messages/outgoing");

        Assert.Contains("No messages", page.WaitForElement(".state-empty").TextContent);
    }
}
