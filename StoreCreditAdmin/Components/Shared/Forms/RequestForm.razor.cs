using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;

namespace StoreCreditAdmin.Components.Shared.Forms;

/// <summary>Fields register with it by name; it knows the refusal, shows it where it belongs and moves the focus there.</summary>
public sealed partial class RequestForm(IJSRuntime script, ILogger<RequestForm> logger) : ComponentBase
{
    private readonly Dictionary<string, string> inputIds = [];
    private int refusalsShown;

    [Parameter, EditorRequired]
    public Submission Submission { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment FormFields { get; set; } = null!;

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Parameter]
    public string SubmitText { get; set; } = "Save";

    [Parameter]
    public string BusyText { get; set; } = "Saving …";

    [Parameter]
    public string CancelText { get; set; } = "Cancel";

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public ButtonStyle Look { get; set; } = ButtonStyle.Primary;

    /// <summary>False on pages, where the heading has the focus.</summary>
    [Parameter]
    public bool FocusesFirstField { get; set; } = true;

    /// <summary>Makes ids of inputs unlike those of any other form on the page.</summary>
    internal string Prefix { get; } = $"f{Guid.NewGuid().ToString("N")[..8]}";

    private string GeneralRefusalId => $"{Prefix}-refusal";

    private Refusal? GeneralRefusal =>
        Submission.Refusal is { } refusal && (refusal.Field is null || !inputIds.ContainsKey(refusal.Field)) ? refusal : null;

    internal void Register(string field, string inputId) => inputIds[field] = inputId;

    internal void Unregister(string field) => inputIds.Remove(field);

    internal string? ErrorOf(string field) => Submission.Refusal?.Field == field ? Submission.Refusal.Message : null;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && FocusesFirstField)
        {
            // The first as people see it: fields register in the order in which they are built, those within other components last.
            await script.InvokeVoidAsync("storeCredit.focusFirstField", Prefix);
        }

        if (refusalsShown != Submission.Refusals)
        {
            refusalsShown = Submission.Refusals;
            if (Submission.Refusal is { } refusal)
            {
                await FocusAsync(refusal.Field is not null && inputIds.TryGetValue(refusal.Field, out var id) ? id : GeneralRefusalId);
            }
        }
    }

    private ValueTask FocusAsync(string id) => script.InvokeVoidAsync("storeCredit.focus", id);

    private async Task SubmitAsync()
    {
        if (Submission.Busy || Disabled)
        {
            return;
        }

        try
        {
            await OnSubmit.InvokeAsync();
        }
        catch (AccessDeniedException exception)
        {
            Submission.Refuse(exception.Refusal);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A form's request failed.");
            Submission.Fail();
        }
    }
}
