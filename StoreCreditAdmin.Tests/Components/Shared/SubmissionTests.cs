using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Tests.Components.Shared;

public sealed class SubmissionTests
{
    private readonly Submission submission = new();
    private readonly List<string> keys = [];

    [Fact]
    public async Task While_one_click_is_at_work_and_after_it_succeeded_further_clicks_ask_nothing()
    {
        var answer = new TaskCompletionSource<Result<Done>>();
        var first = submission.SendAsync(key => Ask(key, answer.Task));

        Assert.Null(await submission.SendAsync(key => Ask(key, answer.Task)));
        answer.SetResult(Done.Instance);
        Assert.True((await first)!.Value.IsOk);
        Assert.Null(await submission.SendAsync(key => Ask(key, answer.Task)));

        Assert.Single(keys);
    }

    [Fact]
    public async Task A_try_after_a_refusal_is_a_new_request()
    {
        await submission.SendAsync(key => Ask(key, Task.FromResult<Result<Done>>(new Refusal("no", "No."))));
        Assert.Equal(("No.", false), (submission.Refusal?.Message, submission.Busy));

        await submission.SendAsync(key => Ask(key, Task.FromResult<Result<Done>>(Done.Instance)));

        Assert.Null(submission.Refusal);
        Assert.Equal(2, keys.Distinct().Count());
    }

    [Fact]
    public async Task A_try_after_a_lost_answer_is_the_same_request()
    {
        await Assert.ThrowsAsync<IOException>(() => submission.SendAsync(key => Ask(key, Task.FromException<Result<Done>>(new IOException()))));
        submission.Fail();
        Assert.False(submission.Busy);

        await submission.SendAsync(key => Ask(key, Task.FromResult<Result<Done>>(Done.Instance)));

        Assert.Single(keys.Distinct());
    }

    private Task<Result<Done>> Ask(OperationKey key, Task<Result<Done>> answer)
    {
        keys.Add(key.Key);
        return answer;
    }
}
