using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>A mail that could not be handed over.</summary>
/// <param name="forGood">Whether another try would meet the same answer, as of an address that there is not.</param>
public sealed class MailRefusedException(string message, bool forGood, Exception? inner = null) : Exception(message, inner)
{
    public bool ForGood => forGood;
}

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">As a reader saves it, in plain letters.</param>
public sealed record MailAttachment(string Name, string ContentType, byte[] Content);

/// <summary>Hands mails over: to a mail server, or to a folder of <c>.eml</c> files.</summary>
public sealed class MailTransport : IDisposable
{
    private static readonly IdnMapping Hosts = new();

    private readonly MailOptions options;
    private SmtpClient? smtp;

    /// <param name="databaseFolder">Where the files go when nothing else is said.</param>
    public MailTransport(IOptions<MailOptions> options, string databaseFolder)
    {
        this.options = options.Value;
        Folder = Path.GetFullPath(string.IsNullOrWhiteSpace(this.options.Folder) ? "mail" : this.options.Folder, databaseFolder);
    }

    public string Folder { get; }

    /// <summary>Where mails go, for people to read.</summary>
    public string Where => options.Transport == MailTransportKind.Folder
        ? $"Files in {Folder}"
        : $"{options.Host}:{options.Port}{(options.StartTls ? ", encrypted" : "")}";

    public bool IsFolder => options.Transport == MailTransportKind.Folder;

    /// <summary>Handing the same mail to a folder twice leaves one file.</summary>
    public bool IsRepeatable => IsFolder;

    public TimeSpan Timeout => TimeSpan.FromSeconds(options.TimeoutSeconds);

    /// <exception cref="MailRefusedException">It could not be handed over.</exception>
    public async Task SendAsync(Guid id, string address, string name, string fromName, RenderedMail mail, MailAttachment? attachment, CancellationToken cancellationToken)
    {
        using var message = Compose(id, address, name, fromName, mail, attachment);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            if (IsFolder)
            {
                await WriteAsync(id, message, limit.Token);
            }
            else
            {
                await (smtp ??= Connect()).SendMailAsync(message, CancellationToken.None).WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client would go on waiting for the server's answer; the next mail gets another connection.
            smtp?.SendAsyncCancel();
            smtp = null;
            throw new MailRefusedException($"The mail server did not answer within {options.TimeoutSeconds} seconds.", forGood: false);
        }
        catch (SmtpException exception)
        {
            var cause = exception.InnerException is null ? exception.Message : $"{exception.Message} {exception.InnerException.Message}";
            throw new MailRefusedException(cause, IsForGood(exception.StatusCode), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailRefusedException(exception.Message, forGood: false, exception);
        }
    }

    public void Dispose()
    {
        smtp?.Dispose();
    }

    /// <summary>5xx answers of RFC 5321, section 4.2.1, but for those that say how this program signs in.</summary>
    private static bool IsForGood(SmtpStatusCode code) => (int)code is >= 500 and < 600 and not 530 and not 534 and not 535 and not 538;

    private SmtpClient Connect() => new(options.Host, options.Port)
    {
        EnableSsl = options.StartTls,
        DeliveryFormat = SmtpDeliveryFormat.SevenBit,
        Credentials = string.IsNullOrEmpty(options.User) ? null : new NetworkCredential(options.User, options.Password),
    };

    private MailMessage Compose(Guid id, string address, string name, string fromName, RenderedMail mail, MailAttachment? attachment)
    {
        var to = AddressOf(address, Clean(name));
        var message = new MailMessage
        {
            From = new MailAddress(options.From, Clean(fromName), Encoding.UTF8),
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(to);
        message.Headers.Add("Message-ID", $"<{id:N}@{message.From.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", mail.Language);
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        if (attachment is not null)
        {
            message.Attachments.Add(new Attachment(new MemoryStream(attachment.Content), attachment.Name, attachment.ContentType));
        }

        return message;
    }

    /// <summary>The address and nothing besides: what reads as a name and another address is none. A host in another script is written in plain letters.</summary>
    private static MailAddress AddressOf(string address, string name)
    {
        try
        {
            var read = new MailAddress(address);
            return read.Address != address ? throw new MailRefusedException("The address is none that mail can be sent to.", forGood: true)
                : !Ascii.IsValid(read.User) ? throw new MailRefusedException("The address has letters before the @ that not every mail server takes. Write to another one.", forGood: true)
                : new MailAddress($"{read.User}@{Hosts.GetAscii(read.Host)}", name, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new MailRefusedException("The address is none that mail can be sent to.", forGood: true, exception);
        }
    }

    /// <summary>A name is one line and holds nothing that a header could be made of.</summary>
    private static string Clean(string name) => new([.. name.Where(letter => !char.IsControl(letter))]);

    /// <summary>
    /// Under the mail's own name, and seen by nobody before it is whole. The file begins with lines of X-Sender and X-Receiver, the envelope, as a mail server that
    /// picks up files expects them; readers of mail pass over them.
    /// </summary>
    private async Task WriteAsync(Guid id, MailMessage message, CancellationToken cancellationToken)
    {
        var unfinished = Directory.CreateDirectory(Path.Combine(Folder, ".unfinished", id.ToString("N")));
        try
        {
            using var pickup = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = unfinished.FullName };
            await pickup.SendMailAsync(message, cancellationToken);
            File.Move(unfinished.EnumerateFiles("*.eml").Single().FullName, Path.Combine(Folder, $"{id:N}.eml"), overwrite: true);
        }
        finally
        {
            unfinished.Delete(recursive: true);
        }
    }
}
