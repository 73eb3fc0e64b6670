using Bunit;
using Bunit.TestDoubles;
using StoreCreditAdmin.Components.Layout;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Tests.Components;

public sealed class NavMenuTests : BunitContext
{
    [Theory]
    [InlineData(Roles.Agent, "Users, Credits, Orders, Invoices, Open authorizations, Simulate")]
    [InlineData(Roles.Manager, "Users, Credits, Orders, Invoices, Open authorizations, Simulate, Messages, Types, Reasons, Import")]
    [InlineData(Roles.Accountant, "Users, Credits, Orders, Invoices, Open authorizations, Simulate, Audit")]
    [InlineData(Roles.Administrator, "Users, Credits, Orders, Invoices, Open authorizations, Simulate, Messages, Types, Reasons, Import, Staff, Stores, API keys, Webhooks, Audit, System")]
    public void Each_role_sees_what_it_may_open(string role, string places)
    {
        AddAuthorization().SetAuthorized("Eve").SetRoles(role);

        var links = Render<NavMenu>().FindAll("nav[aria-label=Main] a");

        Assert.Equal(places, string.Join(", ", links.Select(link => link.LastChild!.TextContent.Trim())));
    }
}
