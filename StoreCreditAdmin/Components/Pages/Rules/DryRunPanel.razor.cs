using System.Globalization;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Components.Pages.Rules;

public sealed partial class DryRunPanel(RuleDryRun dryRun, CurrentCaller currentCaller, TimeProvider clock) : ComponentBase, IDisposable
{
    private readonly Submission submission = new();
    private CancellationTokenSource? running;
    private DryRunProgress progress;
    private DryRunView? result;
    private string? tried;
    private string? said;
    private DateOnly? from;
    private DateOnly? to;

    /// <summary>Reads the rule as it is typed now.</summary>
    [Parameter, EditorRequired]
    public Func<Result<SaveRuleRequest>> Draft { get; set; } = null!;

    [Parameter, EditorRequired]
    public StoreView Store { get; set; } = null!;

    private bool IsRegistration => Draft() is { IsOk: true, Value: var draft } && draft.Method == EarningNames.Of(EarningMethod.Registration);

    public void Dispose() => running?.Cancel();

    /// <summary>Begins with the last year.</summary>
    protected override void OnInitialized()
    {
        to = new StoreBook([Store]).DateIn(Store.Code, clock.GetUtcNow());
        from = to.Value.AddYears(-1).AddDays(1);
    }

    private async Task RunAsync()
    {
        var draft = Draft();
        if (!draft.IsOk)
        {
            submission.Refuse(new Refusal(draft.Refusal.Code, $"Complete the rule first. {draft.Refusal.Message}"));
            return;
        }

        using var mine = running = new CancellationTokenSource();
        submission.Reset();
        (progress, result, said) = (default, null, null);
        var told = new Progress<DryRunProgress>(now =>
        {
            progress = now;
            StateHasChanged();
        });
        try
        {
            var caller = await currentCaller.GetAsync();
            var answer = await Task.Run(() => dryRun.RunAsync(caller, DryRunRequest.Of(draft.Value, from, to), told, mine.Token), mine.Token);
            if (answer.IsOk)
            {
                result = answer.Value;
                tried = EarningTexts.SentenceOf(EarningNames.Method(result.Method)!.Value, draft.Value.Config!, result.Currency);
            }
            else if (answer.Refusal.Field is null or "from" or "to")
            {
                submission.Refuse(answer.Refusal);
            }
            else
            {
                submission.Refuse(new Refusal(answer.Refusal.Code, $"Complete the rule first. {answer.Refusal.Message}"));
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            said = $"Stopped after {Number(progress.Read)} of {Number(progress.Total)}. Nothing was written.";
        }
        finally
        {
            running = null;
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
