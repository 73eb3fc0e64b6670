using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Accounting;

namespace StoreCreditAdmin.Components.Pages.Accounting;

/// <summary>The reports of what the shop owes and what became of it. The report and its question are in the address.</summary>
public sealed partial class LiabilityPage(NavigationManager navigation) : AddressedPage(navigation, "/accounting")
{
    private const string LiabilityName = "liability";
    private const string RollForwardName = "roll-forward";
    private const string BreakageName = "breakage";
    private const string UsageName = "usage";
    private const string GivenName = "given";

    private static readonly TabLinks.Tab[] Tabs =
    [
        new(LiabilityName, "Outstanding"),
        new(RollForwardName, "Roll-forward"),
        new(BreakageName, "Breakage"),
        new(UsageName, "Usage by orders"),
        new(GivenName, "Given by staff"),
    ];

    private string tab = LiabilityName;
    private ReportRequest report = new();

    protected override void ReadAddress(string query)
    {
        tab = Tabs.FirstOrDefault(one => one.Name == Address["tab"], Tabs[0]).Name;
        report = ReportRequest.Parse(query);
    }
}
