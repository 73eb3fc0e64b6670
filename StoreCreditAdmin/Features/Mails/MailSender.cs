using HandlebarsDotNet;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Sends the mails that are due, one after the other and no more in a minute than is allowed. Looks every second; as a job it sends what is due by the clock.</summary>
internal sealed partial class MailSender(
    MailPost post,
    MailTextLookup texts,
    MailRenderer renderer,
    StatementAttachments statements,
    MailTransport transport,
    IOptions<MailOptions> options,
    TimeProvider clock,
    ILogger<MailSender> logger)
    : BackgroundService, IDueJob
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly Queue<long> sentAt = [];

    public string Name => "mails";

    public string Title => "Send e-mails";

    public string Purpose => "Sends the e-mails to customers that are due. They go out within a second by themselves; this sends what is left.";

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => post.NextDueAsync(cancellationToken);

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken) =>
        JobReport.Of(await SendDueAsync(cancellationToken), "1 e-mail was sent or tried.", "{0} e-mails were sent or tried.");

    /// <returns>How many mails were tried.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var tries = 0;
            MailAttempt? last = null;
            while (MayGoOn() && !cancellationToken.IsCancellationRequested && await post.NextAsync(last) is { } due)
            {
                last = null;
                last = await TryAsync(due, cancellationToken);
                sentAt.Enqueue(clock.GetTimestamp());
                tries++;
            }

            if (last is not null && (cancellationToken.IsCancellationRequested || !MayGoOn()))
            {
                await post.NextAsync(last, takesNext: false);
            }

            return tries;
        }
        finally
        {
            one.Release();
        }
    }

    public override void Dispose()
    {
        one.Dispose();
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
                    if (await post.IsDueAsync(stoppingToken))
                    {
                        await SendDueAsync(stoppingToken);
                    }
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

    private bool MayGoOn()
    {
        while (sentAt.TryPeek(out var first) && clock.GetElapsedTime(first) >= TimeSpan.FromMinutes(1))
        {
            sentAt.Dequeue();
        }

        return sentAt.Count < options.Value.PerMinute;
    }

    private async Task<MailAttempt> TryAsync(DueMail due, CancellationToken stop)
    {
        RenderedMail? mail = null;
        try
        {
            var fields = MailFields.Read(due.Fields);
            MailAttachment? attachment = null;
            if (fields.Statement is not null)
            {
                (fields, attachment) = await statements.MakeAsync(due.AccountId, fields);
            }

            mail = renderer.Render(await texts.OfAsync(due.Kind, fields), fields);
            await transport.SendAsync(due.PublicId, due.Address, due.Name, fields.Store.Name, mail, attachment, CancellationToken.None);
            return new MailAttempt(due.Id, mail.Subject);
        }
        catch (MailRefusedException exception)
        {
            return new MailAttempt(due.Id, mail?.Subject, exception.Message, exception.ForGood);
        }
        catch (StatementException exception)
        {
            return new MailAttempt(due.Id, null, "The statement could not be made. Verify the ledger. " + exception.Message);
        }
        catch (HandlebarsException exception)
        {
            return new MailAttempt(due.Id, null, "The text is broken: " + exception.Message);
        }
        catch (Exception exception)
        {
            LogFailed(exception, due.Id);
            return new MailAttempt(due.Id, mail?.Subject, "The mail could not be made. It has been logged.");
        }
    }

    [LoggerMessage(LogLevel.Error, "Looking for mails to send failed; the next round tries again")]
    private partial void LogRoundFailed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Sending mail {Mail} failed")]
    private partial void LogFailed(Exception exception, long mail);
}
