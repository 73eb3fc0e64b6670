using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Pages.Catalogue;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Expiry;

namespace StoreCreditAdmin.Components.Pages.Credits;

/// <summary>Asks for the new day and the reason, shows how far it is, and says what was done and what not. Whoever leaves the page cancels the rest.</summary>
public sealed partial class ExtendForm(ExpiryExtension extension, CurrentCaller currentCaller) : ComponentBase, IDisposable
{
    private const string ByDays = "days";
    private const string ToDate = "date";

    private static readonly SelectField.Choice[] Ways = [new(ByDays, "Add days to each"), new(ToDate, "One date for all")];

    private readonly Submission submission = new();
    private CancellationTokenSource? running;
    private ExtensionProgress progress = new(0, 0);
    private ExtensionReport? report;
    private string? way = ByDays;
    private string? days = "60";
    private DateOnly? date;
    private string? reason;

    [Parameter, EditorRequired]
    public ExpiringFilter Filter { get; set; } = null!;

    [Parameter, EditorRequired]
    public ExpiringList Page { get; set; } = null!;

    /// <summary>Told when it begins and when it ends.</summary>
    [Parameter, EditorRequired]
    public EventCallback<bool> Working { get; set; }

    [Parameter, EditorRequired]
    public EventCallback Done { get; set; }

    public void Dispose() => running?.Cancel();

    private async Task ExtendAsync()
    {
        if (way == ByDays && WholeNumber.Read(days) is null)
        {
            submission.Refuse(new Refusal("invalid-request", "Write a whole number of days.", "days"));
            return;
        }

        var caller = await currentCaller.GetAsync();
        var request = new ExtensionRequest { Days = way == ByDays ? WholeNumber.Read(days) : null, Date = way == ToDate ? date : null, Reason = reason, Seen = Page.Totals };
        using var mine = running = new CancellationTokenSource();
        (progress, report) = (new ExtensionProgress(Page.Credits, 0), null);
        await Working.InvokeAsync(true);
        try
        {
            var shown = new Progress<ExtensionProgress>(now =>
            {
                progress = now;
                StateHasChanged();
            });
            var extended = await submission.SendAsync(_ => Task.Run(() => extension.ExtendAsync(caller, Filter, request, shown, mine.Token)));
            report = extended is { IsOk: true, Value: var done } ? done : null;
        }
        finally
        {
            running = null;
            await Working.InvokeAsync(false);
        }

        if (report is not null)
        {
            submission.Reset();
        }

        await Done.InvokeAsync();
    }
}
