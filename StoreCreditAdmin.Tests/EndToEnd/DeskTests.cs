using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>An agent's day in a real browser: one running application, and a user of its own for each test.</summary>
[Collection(EndToEndTests.Name)]
public sealed class DeskTests(Browser browser, DeskTests.App app) : IClassFixture<DeskTests.App>
{
    [Fact]
    public async Task A_user_is_found_by_part_of_an_address_and_credit_is_added_edited_invalidated_deleted_and_deducted()
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Marie Curie", "marie@radium.example");

        await page.GotoAsync("users");
        await Expect(page.GetByLabel("Find a user").Last).ToBeFocusedAsync();
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("radium");
        await Expect(page.GetByRole(AriaRole.Option)).ToContainTextAsync("Marie Curie");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Marie Curie");

        await page.AddCreditAsync("100", memo: "Late parcel");
        await Expect(page.Toast("100.00 USD added for Marie Curie.")).ToBeVisibleAsync();
        var link = page.RowWith("Late parcel").GetByRole(AriaRole.Link);
        await Expect(link).ToBeFocusedAsync();
        await Expect(page.Locator(".balance")).ToContainTextAsync("100.00");

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Store Credit 100.00 USD");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await page.Button("Edit").ClickAsync();
        await page.OpenDialog().GetByLabel("Memo").FillAsync("Late parcel, second complaint");
        await page.SubmitAsync("Save");
        await Expect(page.GetByText("Late parcel, second complaint")).ToBeVisibleAsync();

        await page.Button("Change amount").ClickAsync();
        await page.OpenDialog().GetByLabel("New amount").FillAsync("80");
        await Expect(page.OpenDialog().GetByText("−20.00 USD")).ToBeVisibleAsync();
        await page.ChooseReasonAsync("Correction");
        await page.SubmitAsync("Change amount");
        await Expect(page.GetByText("So 80.00 USD is left.")).ToBeVisibleAsync();

        await page.Button("Invalidate").ClickAsync();
        await Expect(page.OpenDialog().GetByLabel("Reason")).ToBeFocusedAsync();
        await Expect(page.OpenDialog().GetByText("80.00 USD is taken away from Marie Curie for good.")).ToBeVisibleAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Invalidate" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("Choose a reason.")).ToBeVisibleAsync();
        await page.ChooseReasonAsync("Duplicate");
        await page.SubmitAsync("Invalidate");
        await Expect(page.Locator(".badge", new() { HasText = "Invalidated" })).ToBeVisibleAsync();
        await Expect(page.Button("Delete")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Marie Curie" }).ClickAsync();
        await page.AddCreditAsync("5", "Goodwill", "By mistake");
        await page.RowWith("By mistake").GetByRole(AriaRole.Link).ClickAsync();
        await page.Button("Delete").ClickAsync();
        await page.SubmitAsync("Delete");
        await Expect(page.Toast("The credit of 5.00 USD is deleted.")).ToBeVisibleAsync();
        await Expect(page.RowWith("By mistake")).ToHaveCountAsync(0);

        await page.AddCreditAsync("30", "Promotion", "For June");
        await page.Button("Deduct credit").ClickAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("12.50");
        await Expect(page.OpenDialog().GetByText("17.50 USD")).ToBeVisibleAsync();
        await page.ChooseReasonAsync("Correction");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Deduct" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("12.50 USD was deducted from Marie Curie:")).ToBeVisibleAsync();
        await Expect(page.OpenDialog().GetByRole(AriaRole.Listitem)).ToContainTextAsync("from Promotion");
        await page.OpenDialog().GetByRole(AriaRole.Link, new() { Name = "Promotion" }).ClickAsync();
        await Expect(page.GetByText("So 17.50 USD is left.")).ToBeVisibleAsync();
        await page.Button("Edit").ClickAsync();
        await Expect(page.OpenDialog().GetByLabel("Memo")).ToBeFocusedAsync();
        await page.GoBackAsync();
        await Expect(page.Locator(".balance")).ToContainTextAsync("17.50");
        await Expect(page.OpenDialog()).ToBeHiddenAsync();
        await page.OpenAddCreditAsync();
    }

    [Fact]
    public async Task Contacts_are_allowed_and_a_hold_is_set_and_lifted_and_the_history_tells_it()
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Lovelace Engines", "office@engines.example", "Company");
        await page.AddCreditAsync("70");

        await page.GetByRole(AriaRole.Link, new() { Name = "Contacts" }).ClickAsync();
        var allow = page.GetByRole(AriaRole.Switch, new() { Name = "Allow this contact to use Account Credit" });
        await Expect(allow).Not.ToBeCheckedAsync();
        await allow.ClickAsync();
        await Expect(page.Toast("Lovelace Engines may use Account Credit.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(allow).ToBeCheckedAsync();

        var card = await page.Locator(".card-number").TextContentAsync();
        await page.Button("Re-issue card number").ClickAsync();
        await page.SubmitAsync("Re-issue");
        await Expect(page.Locator(".card-number")).Not.ToHaveTextAsync(card!);

        await page.Button("Put on hold").ClickAsync();
        await page.ChooseReasonAsync("Overdue payment");
        await page.OpenDialog().GetByLabel("Note").FillAsync("Invoice 7 is open");
        await page.SubmitAsync("Put on hold");
        await Expect(page.Locator(".badge", new() { HasText = "On hold" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Overdue payment. Invoice 7 is open")).ToBeVisibleAsync();
        await page.Button("Lift hold").ClickAsync();
        await page.SubmitAsync("Lift hold");
        await Expect(page.Locator(".badge", new() { HasText = "On hold" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.RowWith("Hold lifted")).ToContainTextAsync("Max Manager");
        await Expect(page.RowWith("Put on hold")).ToContainTextAsync("Invoice 7 is open");
        await Expect(page.RowWith("may use credit no → yes")).ToBeVisibleAsync();
        await page.GetByLabel("Kind").SelectOptionAsync("issue");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("tab=history&kind=issue"));
        await page.GetByLabel("View").SelectOptionAsync("customer");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("Added");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("View")).ToHaveValueAsync("customer");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("Added");
    }

    [Fact]
    public async Task A_user_is_renamed_found_by_the_new_name_and_the_history_keeps_the_old_one()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Ada Byron", "ada@countess.example");

        await page.Button("Rename").ClickAsync();
        await Expect(page.OpenDialog().GetByLabel("Name")).ToHaveValueAsync("Ada Byron");
        await page.OpenDialog().GetByLabel("Name").FillAsync(" ");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("Write a name.")).ToBeVisibleAsync();
        await page.OpenDialog().GetByLabel("Name").FillAsync("Ada Lovelace");
        await page.SubmitAsync("Rename");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ada Lovelace");
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.RowWith("Ada Byron → Ada Lovelace")).ToBeVisibleAsync();
        await page.GotoAsync("users?q=lovelace%20countess");
        await Expect(page.RowWith("Ada Lovelace")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Twenty_clicks_in_a_fifth_of_a_second_make_one_credit()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Quick Fingers", "quick@fingers.example");
        await page.OpenAddCreditAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("7");
        await page.Keyboard.PressAsync("Tab");

        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Add credit" }).EvaluateAsync(
            """
            button => new Promise(done => {
              let left = 20;
              const timer = setInterval(() => {
                button.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
                if (--left === 0) { clearInterval(timer); done(); }
              }, 10);
            })
            """);

        await Expect(page.OpenDialog()).ToBeHiddenAsync();
        await Expect(page.Locator(".balance")).ToContainTextAsync("7.00");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task In_a_culture_of_commas_amounts_are_typed_and_read_with_commas_and_a_point_is_never_taken_for_one()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "users", locale: "de-DE");
        await using var context = page.Context;
        await page.AddUserAsync("Emmy Noether", "emmy@ring.example");
        await page.OpenAddCreditAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("1,000.50");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Add credit" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("'1,000.50' is not an amount. Write it as 1.000,50.")).ToBeVisibleAsync();
        await Expect(page.OpenDialog().GetByLabel("Amount")).ToBeFocusedAsync();

        await page.OpenDialog().GetByLabel("Amount").FillAsync("1.000,50");
        await page.SubmitAsync("Add credit");

        await Expect(page.Locator(".balance")).ToContainTextAsync("1.000,50");
        await page.Locator("tbody a").ClickAsync();
        await page.Button("Change amount").ClickAsync();
        await Expect(page.OpenDialog().GetByLabel("New amount")).ToHaveValueAsync("1000,50");
    }

    [Fact]
    public async Task Script_typed_into_any_text_is_shown_as_text()
    {
        const string Script = "<script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">";
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Bobby " + Script, "bobby@tables.example");
        await page.OpenAddCreditAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("9");
        await page.OpenDialog().GetByLabel("Memo").FillAsync("Memo " + Script);
        await page.OpenDialog().GetByLabel("Name").FillAsync("Name " + Script[..50]);
        await page.OpenDialog().GetByLabel("Note to the customer").FillAsync("Note " + Script);
        await page.SubmitAsync("Add credit");
        await Expect(page.RowWith("Memo " + Script)).ToBeVisibleAsync();

        await page.Locator("tbody a").ClickAsync();
        await Expect(page.GetByText("Note " + Script)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Bobby" }).ClickAsync();
        await page.Button("Put on hold").ClickAsync();
        await page.ChooseReasonAsync("Fraud");
        await page.OpenDialog().GetByLabel("Note").FillAsync("Why " + Script);
        await page.SubmitAsync("Put on hold");
        await Expect(page.GetByText("Why " + Script).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.RowWith("Why " + Script)).ToBeVisibleAsync();

        Assert.NotEqual("broken", await page.TitleAsync());
        Assert.Equal(0, await page.Locator("img[src=x]").CountAsync());
    }

    [Fact]
    public async Task What_a_role_may_not_do_is_not_offered()
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "users");
        await page.AddUserAsync("Grace Hopper", "grace@cobol.example");
        await page.AddCreditAsync("15");
        var user = page.Url;
        await page.Context.CloseAsync();

        page = await browser.OpenAsAsync(Roles.Accountant, app.Running, new Uri(user).AbsolutePath[1..]);
        await using var context = page.Context;
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".app-content button:not([aria-label])")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("n");
        await page.Locator("tbody a").ClickAsync();
        await Expect(page.GetByText("So 15.00 USD is left.")).ToBeVisibleAsync();
        await Expect(page.Locator(".app-content button:not([aria-label])")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_unknown_user_and_an_unknown_credit_say_so()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, $"users/{Guid.NewGuid()}");
        await using var context = page.Context;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No such user");
        await page.GotoAsync($"credits/{Guid.NewGuid()}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No such credit");
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(400, true)]
    public async Task Every_page_and_every_open_dialog_of_the_desk_is_accessible_and_no_wider_than_the_screen(int width, bool dark)
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "users", width);
        await using var context = page.Context;
        if (dark)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        }

        await page.AddUserAsync($"Alan Turing of the room with {width} dots and a name as long as names can be", $"alan{width}@bletchley.example");
        await page.Locator(".app-content").ClickAsync(new() { Position = new() { X = 1, Y = 1 } });
        await page.AddCreditAsync("12", "Gift Card", new string('m', 200));
        await page.AddCreditAsync("1234567.89", "Promotion");
        await CheckAsync(page);
        await CheckDialogAsync(page, "Deduct credit");
        await CheckDialogAsync(page, "Rename");
        await CheckDialogAsync(page, "Put on hold");
        await page.OpenAddCreditAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Add credit" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("Enter an amount.")).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToBeHiddenAsync();
        await Expect(page.Locator("button", new() { HasText = "Add store credit" })).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.RowWith("Issued")).ToHaveCountAsync(2);
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Contacts" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Switch)).ToBeVisibleAsync();
        await CheckAsync(page);
        foreach (var button in new[] { "Add contact", "Edit Alan Turing of the room with " + width + " dots and a name as long as names can be", "Re-issue card number" })
        {
            await CheckDialogAsync(page, button);
        }

        await page.Button("Put on hold").ClickAsync();
        await page.ChooseReasonAsync("Fraud");
        await page.SubmitAsync("Put on hold");
        await CheckDialogAsync(page, "Lift hold");
        await page.GetByRole(AriaRole.Link, new() { Name = "Store credit", Exact = true }).ClickAsync();
        await page.Locator("tbody a").First.ClickAsync();
        await Expect(page.GetByText("is left.")).ToBeVisibleAsync();
        await CheckAsync(page);
        foreach (var button in new[] { "Edit", "Change amount", "Invalidate", "Delete" })
        {
            await CheckDialogAsync(page, button);
        }

        await page.GotoAsync("users");
        await Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await CheckAsync(page);
        await CheckDialogAsync(page, "Add user");
        await page.GetByRole(AriaRole.Combobox).FillAsync("bletchley");
        await Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await CheckAsync(page);
    }

    private static async Task CheckDialogAsync(IPage page, string button)
    {
        await page.Button(button).ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToBeHiddenAsync();
    }

    private static async Task CheckAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.getAnimations().every(one => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity)");
        await page.AssertAccessibleAsync();
        Assert.True(await page.EvaluateAsync<bool>(
            "() => [document.documentElement, document.querySelector('.rz-body')].every(one => one.scrollWidth <= one.clientWidth + 1)"), "The page is wider than the screen.");
    }

    public sealed class App : IAsyncLifetime
    {
        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync() => Running = await RunningApp.StartAsync();

        public async Task DisposeAsync() => await Running.DisposeAsync();
    }
}
