using Bunit;
using Radzen;
using StoreCreditAdmin.Components.Layout;

namespace StoreCreditAdmin.Tests.Components;

public sealed class NavMenuTests : BunitContext
{
    public NavMenuTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
    }

    [Fact]
    public void It_leads_to_the_overview()
    {
        var menu = Render<NavMenu>();

        var link = menu.Find("nav[aria-label=Main] a");

        Assert.Equal("", link.GetAttribute("href"));
        link.QuerySelector(".rz-navigation-item-text")!.MarkupMatches("""<span class:ignore>Overview</span>""");
    }
}
