using Microsoft.Playwright;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>What an agent does at the desk, in a browser.</summary>
internal static class DeskSteps
{
    public static ILocator OpenDialog(this IPage page) => page.GetByRole(AriaRole.Dialog);

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Toast(this IPage page, string text) => page.Locator(".rz-notification").GetByText(text);

    /// <summary>The cells of the grid's row that holds a text.</summary>
    public static ILocator RowWith(this IPage page, string text) => page.Locator("tbody tr").Filter(new() { HasText = text });

    /// <summary>Does something over until it holds.</summary>
    public static async Task UntilItHoldsAsync(Func<Task> step)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await step();
                return;
            }
            catch (PlaywrightException) when (tries < 10)
            {
            }
        }
    }

    /// <summary>Adds a user and stands on the user's page. Names and addresses are unlike any other test's.</summary>
    public static async Task AddUserAsync(this IPage page, string name, string email, string kind = "Person")
    {
        await page.Button("Add user n").Or(page.Button("Add user")).First.ClickAsync();
        await page.OpenDialog().GetByLabel("Name").FillAsync(name);
        await page.OpenDialog().GetByLabel("Kind").SelectOptionAsync(new SelectOptionValue { Label = kind });
        await page.OpenDialog().GetByLabel("E-mail").FillAsync(email);
        await page.SubmitAsync("Add user");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
    }

    /// <summary>Adds credit from the user's page, opening the form by its key.</summary>
    public static async Task AddCreditAsync(this IPage page, string amount, string type = "Store Credit", string memo = "")
    {
        await page.OpenAddCreditAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync(amount);
        await page.OpenDialog().GetByLabel("Type").SelectOptionAsync(new SelectOptionValue { Label = type });
        await page.OpenDialog().GetByLabel("Memo").FillAsync(memo);
        await page.SubmitAsync("Add credit");
    }

    public static async Task OpenAddCreditAsync(this IPage page)
    {
        await Expect(page.GetByText("Add store credit")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(page.OpenDialog().GetByLabel("Amount")).ToBeFocusedAsync();
    }

    /// <summary>Presses the dialog's button and waits until the dialog is gone.</summary>
    public static async Task SubmitAsync(this IPage page, string button)
    {
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Expect(page.OpenDialog()).ToBeHiddenAsync();
    }

    public static async Task ChooseReasonAsync(this IPage page, string reason, string label = "Reason") =>
        await page.OpenDialog().GetByLabel(label).SelectOptionAsync(new SelectOptionValue { Label = reason });

    /// <summary>Opens a dialog by its button, looks at the page with it and closes it.</summary>
    public static async Task CheckDialogAsync(this IPage page, string button)
    {
        await page.Button(button).ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToBeHiddenAsync();
    }

    /// <summary>The page is accessible and no wider than the screen.</summary>
    public static async Task CheckPageAsync(this IPage page)
    {
        await page.AssertAccessibleAsync();
        Assert.True(await page.EvaluateAsync<bool>(
            "() => [document.documentElement, document.querySelector('.rz-body')].every(one => one.scrollWidth <= one.clientWidth + 1)"), "The page is wider than the screen.");
    }
}
