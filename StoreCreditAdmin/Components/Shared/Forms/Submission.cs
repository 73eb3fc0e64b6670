using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Components.Shared.Forms;

/// <summary>
/// What a form has asked of a service: once, whatever number of clicks. Every try after a refusal is a new request; a try after a lost answer is the same one.
/// </summary>
public sealed class Submission
{
    private static readonly Refusal AnswerLost = new("failed", "Something went wrong. It has been logged. Try again; what was done already is not done twice.");

    private OperationKey key = OperationKey.ForForm();

    /// <summary>True from the click until a refusal, and for good after success: what was done once is not done again by the same form.</summary>
    public bool Busy { get; private set; }

    public Refusal? Refusal { get; private set; }

    /// <summary>Counts refusals, so that the form moves the focus to each new one.</summary>
    public int Refusals { get; private set; }

    /// <returns>The answer; null when an earlier click is still at work or was answered.</returns>
    public async Task<Result<T>?> SendAsync<T>(Func<OperationKey, Task<Result<T>>> send)
    {
        if (Busy)
        {
            return null;
        }

        Busy = true;
        Refusal = null;
        try
        {
            var answer = await send(key);
            if (!answer.IsOk)
            {
                Refuse(answer.Refusal);
            }

            return answer;
        }
        catch
        {
            Busy = false;
            throw;
        }
    }

    /// <summary>Says no before asking, as for an amount that is no number.</summary>
    public void Refuse(Refusal refusal)
    {
        Refusal = refusal;
        Refusals++;
        key = OperationKey.ForForm();
        Busy = false;
    }

    /// <summary>Says that the answer was lost. The next try is the same request, so that it takes effect once.</summary>
    public void Fail()
    {
        Refusal = AnswerLost;
        Busy = false;
    }

    /// <summary>Makes the form ready for another request.</summary>
    public void Reset()
    {
        Refusal = null;
        key = OperationKey.ForForm();
        Busy = false;
    }
}
