using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Components.Pages.Checkout;

/// <summary>Closes with an <see cref="Outcome"/> where all were released; what could not be stays on the screen until the person closes it.</summary>
public sealed partial class ReleaseDialog(CheckoutService checkout, CurrentCaller currentCaller, Dialogs dialogs) : ComponentBase, IDisposable
{
    private readonly Submission submission = new();
    private string? reason;
    private string? note;
    private int done;
    private int released;
    private bool closed;
    private List<(OpenAuthorization Authorization, string Message)>? failures;

    [Parameter, EditorRequired]
    public IReadOnlyList<OpenAuthorization> Authorizations { get; set; } = [];

    private string Consequence =>
        Authorizations is [var one]
            ? $"{MoneyFormat.Text(one.Held, one.Currency)} that is held for {Lowered(one.Purpose)} goes back to {one.AccountName}. The shop can no longer capture it."
            : $"{HeldInAll}, held for {Authorizations.Count} orders or invoices, go back to their accounts. The shop can no longer capture them.";

    private string HeldInAll => string.Join(", ", Authorizations
        .GroupBy(one => one.Currency)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => MoneyFormat.Text(group.First().Held with { Minor = group.Sum(one => one.Held.Minor) }, group.Key)));

    /// <summary>A dialog that is closed while it works does not go on unseen.</summary>
    public void Dispose() => closed = true;

    private async Task ReleaseAsync()
    {
        var caller = await currentCaller.GetAsync();
        var request = new ReleaseRequest { Reason = reason, Note = note };
        var failed = new List<(OpenAuthorization, string)>();
        var answer = await submission.SendAsync(async key =>
        {
            foreach (var one in Authorizations)
            {
                if (closed)
                {
                    break;
                }

                var freed = await checkout.ReleaseAsync(caller, key with { Key = $"{key.Key}:{one.Code}" }, one.Code, request);
                if (freed.Refusal is { Field: not null } refusal)
                {
                    return refusal;
                }

                if (freed.Refusal is { } reasonWhy)
                {
                    failed.Add((one, reasonWhy.Message));
                }

                (done, released) = (done + 1, released + (freed.IsOk ? 1 : 0));
                StateHasChanged();
            }

            return (Result<Done>)Done.Instance;
        });
        if (answer is not { IsOk: true })
        {
            done = released = 0;
        }
        else if (failed.Count == 0)
        {
            dialogs.Close(new Outcome(released));
        }
        else
        {
            failures = failed;
        }
    }

    private static string Lowered(string purpose) => char.ToLowerInvariant(purpose[0]) + purpose[1..];

    public sealed record Outcome(int Released);
}
