using Microsoft.AspNetCore.Components;
using Radzen;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>
/// Opens dialogs that all look and close alike: by their buttons or by Escape, never by a click beside them. One at a time: the second click of a double click opens nothing.
/// </summary>
public sealed class Dialogs(DialogService dialogs)
{
    private bool isOpen;

    /// <summary>Opens a dialog and waits until it closes.</summary>
    /// <returns>What it closed with: null when it was cancelled, or not opened since another is.</returns>
    public async Task<TResult?> OpenAsync<TDialog, TResult>(string title, Dictionary<string, object?> parameters, string width = "34rem")
        where TDialog : ComponentBase
        where TResult : class =>
        await OpenOneAsync<TDialog>(title, parameters, width) as TResult;

    /// <param name="question">The whole consequence in a sentence or two.</param>
    /// <param name="action">What the button that does it says: a verb, such as Delete.</param>
    public async Task<bool> ConfirmAsync(string title, string question, string action, ButtonStyle look = ButtonStyle.Danger)
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(ConfirmDialog.Question)] = question,
            [nameof(ConfirmDialog.Action)] = action,
            [nameof(ConfirmDialog.Look)] = look,
        };
        return await OpenOneAsync<ConfirmDialog>(title, parameters, "28rem") is true;
    }

    public void Close(object? result = null) => dialogs.Close(result);

    private async Task<object?> OpenOneAsync<TDialog>(string title, Dictionary<string, object?> parameters, string width)
        where TDialog : ComponentBase
    {
        if (isOpen)
        {
            return null;
        }

        isOpen = true;
        try
        {
            return await dialogs.OpenAsync<TDialog>(title, parameters!, Options(width));
        }
        finally
        {
            isOpen = false;
        }
    }

    private static DialogOptions Options(string width) => new()
    {
        Width = $"min({width}, calc(100vw - 1rem))",
        CssClass = "app-dialog",
        CloseDialogOnOverlayClick = false,
        CloseDialogOnEsc = true,
        // The form inside focuses its first field at once; the library would do it half a second late, under the person's fingers.
        AutoFocusFirstElement = false,
    };
}
