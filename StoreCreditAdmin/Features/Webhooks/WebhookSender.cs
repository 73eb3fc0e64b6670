using System.Text;
using System.Text.Json;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Webhooks;

/// <summary>
/// Sends what is due, to each webhook on its own and one message after the other, so that a slow receiver keeps nobody else waiting. Looks every second; as a job
/// it sends what is due by the clock before it ends, to receivers that answer.
/// </summary>
internal sealed partial class WebhookSender(DeliveryQueue queue, WebhookClient client, WebhookSecrets secrets, TimeProvider clock, ILogger<WebhookSender> logger)
    : BackgroundService, IDueJob
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A job waits no longer for receivers, and for one that did not answer meanwhile not again. Their messages go on being sent.</summary>
    private static readonly TimeSpan JobPatience = TimeSpan.FromSeconds(5);

    private readonly Guid me = Guid.NewGuid();
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly Dictionary<int, Task<Sent>> sending = [];
    private readonly HashSet<Task<Sent>> slow = [];

    public string Name => "webhooks";

    public string Title => "Send messages";

    public string Purpose => "Sends what is due to webhooks. Messages go out within a second by themselves; this sends what is left.";

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => queue.NextDueAsync(cancellationToken);

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var tries = 0;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(JobPatience);
        try
        {
            tries = await SendDueAsync(waitsForSlow: false, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            lock (gate)
            {
                slow.UnionWith(sending.Values);
            }
        }

        return JobReport.Of(tries, "1 message was sent or tried.", "{0} messages were sent or tried.");
    }

    /// <summary>Sends all that is due and waits until it was tried.</summary>
    public Task SendDueAsync(CancellationToken cancellationToken) => SendDueAsync(waitsForSlow: true, cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!stopping.IsCancellationRequested)
        {
            await stopping.CancelAsync();
        }

        await base.StopAsync(cancellationToken);
        Task[] last;
        lock (gate)
        {
            last = [.. sending.Values];
        }

        await Task.WhenAll(last).WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        if (!stopping.IsCancellationRequested)
        {
            stopping.Cancel();
        }

        stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                try
                {
                    await StartDueAsync(withSlow: true, stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogRoundFailed(exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    /// <returns>How many messages were tried.</returns>
    private async Task<int> SendDueAsync(bool waitsForSlow, CancellationToken cancellationToken)
    {
        var tries = 0;
        while (await StartDueAsync(waitsForSlow, cancellationToken) is { Count: > 0 } started)
        {
            var sent = await Task.WhenAll(started).WaitAsync(cancellationToken);
            tries += sent.Sum(one => one.Tries);
            if (sent.Any(one => !one.ToTheEnd))
            {
                break;
            }
        }

        return tries;
    }

    /// <returns>The sending to each webhook that has something due, begun now or before; without those that a job waited for in vain, where they are not to be.</returns>
    private async Task<IReadOnlyList<Task<Sent>>> StartDueAsync(bool withSlow, CancellationToken cancellationToken)
    {
        var due = await queue.DueWebhooksAsync(me, cancellationToken);
        lock (gate)
        {
            foreach (var (webhook, ended) in sending.Where(one => one.Value.IsCompleted).ToList())
            {
                sending.Remove(webhook);
                slow.Remove(ended);
            }

            foreach (var webhook in due.Where(webhook => !stopping.IsCancellationRequested && !sending.ContainsKey(webhook)))
            {
                sending[webhook] = Task.Run(() => SendAllAsync(webhook, stopping.Token), CancellationToken.None);
            }

            return [.. due.Where(sending.ContainsKey).Select(webhook => sending[webhook]).Where(one => withSlow || !slow.Contains(one))];
        }
    }

    /// <summary>Sends to one webhook until nothing more is due.</summary>
    private async Task<Sent> SendAllAsync(int webhook, CancellationToken stop)
    {
        Attempt? last = null;
        var tries = 0;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var due = await queue.NextAsync(webhook, me, last);
                last = null;
                if (due is null)
                {
                    return new Sent(true, tries);
                }

                tries++;
                last = new Attempt(due.Id, await SendAsync(due, stop));
            }

            await queue.LeaveAsync(webhook, me, last);
            return new Sent(true, tries);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await queue.LeaveAsync(webhook, me, last);
            return new Sent(true, tries);
        }
        catch (Exception exception)
        {
            LogFailed(exception, webhook);
            return new Sent(false, tries);
        }
    }

    /// <returns>What went wrong; null when the receiver took it.</returns>
    private async Task<string?> SendAsync(DueDelivery due, CancellationToken stop)
    {
        var keys = due.ProtectedSecrets.Select(secrets.Read).OfType<string>().ToList();
        if (keys.Count == 0)
        {
            return "The secret cannot be read, since the keys beside the database are not those that protected it. Make a new secret.";
        }

        var body = Encoding.UTF8.GetBytes(BodyOf(due));
        return await client.PostAsync(new Uri(due.Url), due.MessageId, due.Kind, body, WebhookSignature.Of(clock.GetUtcNow(), body, keys), stop);
    }

    /// <summary>The same at every try.</summary>
    private static string BodyOf(DueDelivery due)
    {
        using var data = JsonDocument.Parse(due.Body);
        return JsonSerializer.Serialize(new Envelope(due.MessageId, due.Kind, due.CreatedAt, due.Sequence, data.RootElement), WireJson.Options);
    }

    [LoggerMessage(LogLevel.Error, "Looking for messages to send failed; the next round tries again")]
    private partial void LogRoundFailed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Sending to webhook {Webhook} failed; the next round tries again")]
    private partial void LogFailed(Exception exception, int webhook);

    /// <param name="ToTheEnd">False when it could not be, for reasons that are ours.</param>
    private sealed record Sent(bool ToTheEnd, int Tries);

    /// <param name="Sequence">Rises with time, so that a receiver knows which of two messages is the later one.</param>
    private sealed record Envelope(Guid Id, string Kind, DateTimeOffset CreatedAt, long Sequence, JsonElement Data);
}
