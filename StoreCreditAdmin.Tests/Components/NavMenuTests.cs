using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Layout;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Tests.Components;

public sealed class NavMenuTests : BunitContext
{
    [Theory]
    [InlineData(Roles.Agent, "Dashboard, Users, Credits, Orders, Invoices, Open authorizations, Simulate, Shortfalls")]
    [InlineData(Roles.Manager, "Dashboard, Users, Credits, Orders, Invoices, Open authorizations, Simulate, Shortfalls, Messages, Liability, Statements, Journal, Rules, Types, Reasons, Codes, Import")]
    [InlineData(Roles.Accountant, "Dashboard, Users, Credits, Orders, Invoices, Open authorizations, Simulate, Shortfalls, Liability, Statements, Journal, Audit")]
    [InlineData(Roles.Administrator, "Dashboard, Users, Credits, Orders, Invoices, Open authorizations, Simulate, Shortfalls, Messages, Liability, Statements, Journal, Rules, Types, Reasons, Codes, Import, Staff, Stores, API keys, Webhooks, Jobs, Audit, System")]
    public void Each_role_sees_what_it_may_open(string role, string places)
    {
        Services.AddScoped<ModuleLight>();
        AddAuthorization().SetAuthorized("Eve").SetRoles(role);

        var links = Render<NavMenu>().FindAll("nav[aria-label=Main] a");

        Assert.Equal(places, string.Join(", ", links.Select(link => link.LastChild!.TextContent.Trim())));
    }

    [Fact]
    public void Of_places_that_lie_in_each_other_one_is_marked_as_open()
    {
        Services.AddScoped<ModuleLight>();
        AddAuthorization().SetAuthorized("Eve").SetRoles(Roles.Manager);
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("accounting/statements?run=1");

        var open = Render<NavMenu>().FindAll("nav[aria-label=Main] a.active");

        Assert.Equal(["accounting/statements"], open.Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void A_dot_says_whether_the_module_is_on_also_to_who_does_not_see_it()
    {
        var light = new ModuleLight();
        Services.AddSingleton(light);
        AddAuthorization().SetAuthorized("Eve").SetRoles(Roles.Manager);
        light.Set(true);
        var menu = Render<NavMenu>();
        Assert.Equal("(store credit is on)", menu.Find("a[href=rules] .visually-hidden").TextContent);

        light.Set(false);

        menu.WaitForAssertion(() => Assert.Equal("(store credit is off)", menu.Find("a[href=rules] .visually-hidden").TextContent));
        Assert.Single(menu.FindAll(".status-dot"));
        Assert.Empty(menu.FindAll(".status-dot-on"));
    }
}
