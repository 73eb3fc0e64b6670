using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Components.Pages.Staff;

/// <summary>What each role may do, in a line.</summary>
internal static class RoleTexts
{
    public static IReadOnlyList<SelectField.Choice> Choices { get; } = [.. Roles.All.Select(role => new SelectField.Choice(role, role))];

    public static string Of(string? role) => role switch
    {
        Roles.Agent => "Finds users; gives, changes and voids credit.",
        Roles.Manager => "All that an agent may, and holds, types, reasons and imports.",
        Roles.Accountant => "Sees everything and the audit, and changes nothing.",
        Roles.Administrator => "Everything, including staff, stores and API keys.",
        _ => "Choose what the person may do.",
    };
}
