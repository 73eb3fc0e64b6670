using System.Net.Http.Json;
using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>Invoices in a real browser, reported by a billing system over HTTP.</summary>
[Collection(EndToEndTests.Name)]
public sealed class InvoiceTests(Browser browser, InvoiceTests.App app) : IClassFixture<InvoiceTests.App>
{
    [Fact]
    public async Task An_agent_finds_an_invoice_applies_credit_in_part_and_whole_takes_a_payment_out_and_marks_it_paid()
    {
        var customer = await app.CustomerAsync("Hedy Lamarr", "100.00");
        await app.ReportAsync("HL-1", customer, "60.00", "self-storage");
        await app.ReportAsync("HL-2", customer, "30.00");
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "invoices");
        await using var context = page.Context;

        await page.GetByLabel("Invoice number or customer").FillAsync("Lamarr");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".invoices-table tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".totals tbody tr")).ToContainTextAsync("60.00");
        await page.GetByLabel("Kind").SelectOptionAsync("self-storage");
        await Expect(page.Locator(".invoices-table tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "HL-1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Invoice HL-1");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("p");
        await Expect(page.OpenDialog().GetByLabel("Amount")).ToHaveValueAsync("60.00");
        await page.OpenDialog().GetByLabel("Amount").FillAsync("25.50");
        await Expect(page.OpenDialog().GetByText("34.50 USD")).ToBeVisibleAsync();
        await page.SubmitAsync("Apply credit");
        await Expect(page.Toast("25.50 USD was paid with credit.")).ToBeVisibleAsync();
        await Expect(page.Locator(".figure-due")).ToContainTextAsync("34.50");
        await page.Keyboard.PressAsync("p");
        await page.SubmitAsync("Apply credit");
        await Expect(page.GetByText("may be marked paid")).ToBeVisibleAsync();

        await page.Button("Void the payment of 25.50 USD").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Void payment" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("Say why the payment is voided.")).ToBeVisibleAsync();
        await page.OpenDialog().GetByLabel("Reason").FillAsync("Paid by transfer");
        await page.SubmitAsync("Void payment");
        await Expect(page.RowWith("25.50 went back")).ToBeVisibleAsync();
        await page.Button("Apply credit").ClickAsync();
        await page.SubmitAsync("Apply credit");
        await page.Button("Mark paid").ClickAsync();
        await Expect(page.Toast("Invoice HL-1 is paid.")).ToBeVisibleAsync();
        await Expect(page.Locator(".page-title .badge")).ToHaveTextAsync("Paid");

        await page.Locator(".payments-table tbody a").First.ClickAsync();
        await Expect(page.GetByText("of which 25.50 USD came back")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Invoices" }).First.ClickAsync();
        await page.GetByLabel("Status").SelectOptionAsync("covered");
        await Expect(page.RowWith("HL-2")).ToBeVisibleAsync();
        await Expect(page.RowWith("HL-1")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(400, true)]
    public async Task Both_pages_and_their_dialogs_are_accessible_and_no_wider_than_the_screen(int width, bool dark)
    {
        var customer = await app.CustomerAsync($"Ida Rhodes of the company with {width} desks and a name as long as names can be", "90.00");
        await app.ReportAsync($"INVOICE/WITH/A/LONG/NUMBER/{width}/0123456789/0123456789/0123456789", customer, "1234567.89");
        await app.ReportAsync($"JP-{width}", customer, "5000", "valet", "JPY");
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "invoices", width);
        await using var context = page.Context;
        if (dark)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        }

        await Expect(page.RowWith($"JP-{width}")).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = $"NUMBER/{width}" }).ClickAsync();
        await Expect(page.Locator(".payments-table")).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.Button("Void the payment of 90.00 USD").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.OpenDialog().GetByLabel("Reason").FillAsync("Asked for");
        await page.SubmitAsync("Void payment");
        await page.Button("Apply credit").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("abc");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Apply credit" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("is not an amount")).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToBeHiddenAsync();
        await page.GotoAsync("invoices?q=nobody-at-all");
        await Expect(page.GetByText("No invoice matches")).ToBeVisibleAsync();
        await CheckAsync(page);
    }

    private static async Task CheckAsync(IPage page)
    {
        await page.AssertAccessibleAsync();
        Assert.True(await page.EvaluateAsync<bool>(
            "() => [document.documentElement, document.querySelector('.rz-body')].every(one => one.scrollWidth <= one.clientWidth + 1)"), "The page is wider than the screen.");
    }

    public sealed class App : IAsyncLifetime
    {
        private int sent;
        private string key = "";

        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Running = await RunningApp.StartAsync();
            key = await Running.CreateApiKeyAsync("credits,events");
        }

        public async Task DisposeAsync() => await Running.DisposeAsync();

        /// <summary>A new customer with credit in dollars, by external id.</summary>
        public async Task<string> CustomerAsync(string name, string credit)
        {
            var externalId = "inv-" + Guid.NewGuid().ToString("N")[..8];
            await PostAsync("accounts", new { externalId, name, kind = "person" });
            await PostAsync($"accounts/ext:{externalId}/credits", new { amount = new { amount = credit, currency = "USD" }, type = "store-credit" });
            return externalId;
        }

        public Task ReportAsync(string number, string customer, string total, string kind = "user", string currency = "USD") => PostAsync("events", new
        {
            id = $"e2e-invoice-{Interlocked.Increment(ref sent)}-{number}",
            type = "invoice.created",
            occurredAt = "2026-11-22T10:00:00Z",
            data = new { invoice = new { number, accountExternalId = customer, kind, total = new { amount = total, currency }, issuedOn = "2026-11-01", dueOn = "2026-12-01" } },
        });

        private async Task PostAsync(string path, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/" + path) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new("Bearer", key);
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await Running.Client.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }
}
