using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Checkout;

namespace StoreCreditAdmin.Components.Pages.Checkout;

public sealed partial class OpenAuthorizationsTable(Dialogs dialogs, Toasts toasts) : ComponentBase
{
    private readonly HashSet<string> chosen = [];

    [Parameter, EditorRequired]
    public OpenAuthorizationPage Page { get; set; } = null!;

    [Parameter, EditorRequired]
    public string? Sort { get; set; }

    [Parameter, EditorRequired]
    public EventCallback Released { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    /// <summary>Only what is on the screen can be selected: nobody releases what they do not see.</summary>
    protected override void OnParametersSet() => chosen.IntersectWith(Page.Items.Select(one => one.Code));

    private static string? LinkOf(OpenAuthorization one) =>
        one is { OrderNumber: { } order, OrderIsKnown: true } ? OrderAddress.Of(order)
        : one.InvoiceNumber is { } invoice ? InvoiceAddress.Of(invoice)
        : null;

    private void Choose(OpenAuthorization one, ChangeEventArgs change)
    {
        if (change.Value is true)
        {
            chosen.Add(one.Code);
        }
        else
        {
            chosen.Remove(one.Code);
        }
    }

    private void ChooseAll(ChangeEventArgs change)
    {
        chosen.Clear();
        if (change.Value is true)
        {
            chosen.UnionWith(Page.Items.Select(one => one.Code));
        }
    }

    private Task ReleaseChosenAsync() => ReleaseAsync([.. Page.Items.Where(one => chosen.Contains(one.Code))]);

    private async Task ReleaseAsync(IReadOnlyList<OpenAuthorization> ones)
    {
        var parameters = new Dictionary<string, object?> { [nameof(ReleaseDialog.Authorizations)] = ones };
        var title = ones.Count == 1 ? "Release what is held" : $"Release {ones.Count} authorizations";
        if (await dialogs.OpenAsync<ReleaseDialog, ReleaseDialog.Outcome>(title, parameters) is { } outcome)
        {
            toasts.Done(outcome.Released == 1 ? "1 authorization is released." : $"{outcome.Released} authorizations are released.");
        }

        // After a cancelled dialog too: some may have been released before it was closed.
        await Released.InvokeAsync();
    }
}
