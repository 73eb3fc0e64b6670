using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Mails;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A process that sends the mails of a database, as far as it matters: its own transport and its own sender.</summary>
internal sealed record MailSending(MailTransport Transport, MailPost Post, MailSender Sender) : IDisposable
{
    /// <param name="port">Null for the folder.</param>
    public static MailSending Of(TestDatabase database, int? port, int timeoutSeconds = 20, int perMinute = 1000)
    {
        var options = Options.Create(new MailOptions
        {
            Transport = port is null ? MailTransportKind.Folder : MailTransportKind.Smtp,
            Host = "127.0.0.1",
            Port = port ?? 25,
            StartTls = false,
            TimeoutSeconds = timeoutSeconds,
            PerMinute = perMinute,
        });
        var transport = new MailTransport(options, Path.GetDirectoryName(database.Path)!);
        var post = new MailPost(database.Get<IDbContextFactory<StoreCreditDbContext>>(), database.Get<WriterLock>(), database.Clock, transport);
        var sender = new MailSender(post, database.Get<MailTextLookup>(), new MailRenderer(), database.Get<StatementAttachments>(), transport, options, database.Clock, NullLogger<MailSender>.Instance);
        return new MailSending(transport, post, sender);
    }

    public void Dispose()
    {
        Sender.Dispose();
        Transport.Dispose();
    }
}
