using Bunit;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Components.Pages.Webhooks;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Webhooks;

public sealed class WebhooksPageTests
{
    [Fact]
    public async Task A_webhook_is_added_its_secret_shown_once_tried_switched_off_and_removed()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Get<IOptions<WebhookOptions>>().Value.AllowPrivateAddresses = false;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<WebhooksPage>();
        page.WaitForElement(".state-empty");

        page.ButtonNamed("Add webhook").Click();
        page.WaitForElement("form");
        page.Labelled("Address").Change("https://127.0.0.1/");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("This address leads to this machine or into a private network, which is refused.", page.ErrorAt("Address")));
        page.Labelled("Address").Change("https://shop.example/in");
        await page.Find("form").SubmitAsync();
        var secret = page.WaitForElement(".secret code").TextContent;
        Assert.StartsWith("scw_", secret);
        page.ButtonNamed("I have copied it").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal));
        Assert.Equal(["https://shop.example/in", "On", "0", "0"], page.Row("https://shop.example/in")![..4]);

        page.ButtonNamed("Send test to https://shop.example/in").Click();
        page.WaitForAssertion(() => Assert.Equal("1", page.Row("https://shop.example/in")![2]));
        page.ButtonNamed("Switch off https://shop.example/in").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Switch off").Click();
        page.WaitForAssertion(() => Assert.Equal("Off", page.Row("https://shop.example/in")![1]));
        page.ButtonNamed("New secret for https://shop.example/in").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Make a new secret").Click();
        Assert.NotEqual(secret, page.WaitForElement(".secret code").TextContent);
        page.ButtonNamed("I have copied it").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".secret")));
        page.ButtonNamed("Remove https://shop.example/in").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Remove").Click();
        page.WaitForElement(".state-empty");
        Assert.Empty((await database.Get<WebhookService>().ListAsync(TestDatabase.Robot, new KeysetRequest())).Items);
    }
}
