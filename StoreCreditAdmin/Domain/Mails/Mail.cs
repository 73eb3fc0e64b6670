using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Domain.Mails;

public enum MailState
{
    /// <summary>Goes out at its next try.</summary>
    Waiting,

    /// <summary>Being handed over by a process, until a time at which that process is taken for dead.</summary>
    Sending,
    Sent,

    /// <summary>The process died while it handed the mail over. It may have gone out, so only a person sends it again.</summary>
    Unsure,

    /// <summary>Given up: refused for good, or after the last try. A person may send it again.</summary>
    Dead,
}

/// <summary>One mail to one address, written in the transaction of what it tells of and sent from there.</summary>
public sealed class Mail
{
    public const int MaxOccasionLength = 200;
    public const int MaxAddressLength = 254;
    public const int MaxSubjectLength = 200;

    private Mail()
    {
    }

    /// <param name="occasion">What it tells of; an address gets one mail of an occasion.</param>
    /// <param name="fields">JSON of what the template's fields stand for.</param>
    public Mail(Guid publicId, MailKind kind, string occasion, Account account, string address, string name, string fields, DateTimeOffset createdAt)
    {
        PublicId = publicId;
        Kind = kind;
        CanWait = kind == MailKind.MonthlyStatement;
        Occasion = occasion;
        Account = account;
        AccountId = account.Id;
        Address = address;
        AddressKey = Contact.EmailKeyOf(address);
        Name = name;
        Fields = fields;
        CreatedAt = createdAt;
        NextTryAt = createdAt;
    }

    public long Id { get; private set; }

    /// <summary>The mail's Message-ID is made of it, so that a receiver sees two for one.</summary>
    public Guid PublicId { get; private set; }

    public MailKind Kind { get; private set; }

    /// <summary>Whether it goes out only while no mail is due that tells of what has just happened.</summary>
    public bool CanWait { get; private set; }

    public string Occasion { get; private set; } = "";

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    public string Address { get; private set; } = "";

    public string AddressKey { get; private set; } = "";

    /// <summary>Of whom it is addressed to.</summary>
    public string Name { get; private set; } = "";

    public string Fields { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public MailState State { get; private set; }

    /// <summary>As it went out, or was tried, last.</summary>
    public string? Subject { get; private set; }

    /// <summary>Since it was written, or last sent again by hand.</summary>
    public int Tries { get; private set; }

    public DateTimeOffset NextTryAt { get; private set; }

    public DateTimeOffset? LastTryAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public string? LastError { get; private set; }

    /// <param name="until">When a process that has not said what came of it is taken for dead.</param>
    public void Begin(DateTimeOffset until)
    {
        State = MailState.Sending;
        NextTryAt = until;
    }

    public void Succeed(string subject, DateTimeOffset at)
    {
        Tried(subject, at);
        State = MailState.Sent;
        SentAt = at;
        LastError = null;
    }

    /// <param name="forGood">Whether another try would meet the same answer.</param>
    public void Fail(string? subject, string error, bool forGood, DateTimeOffset at)
    {
        Tried(subject, at);
        LastError = Shortened(error);
        var delay = forGood ? null : OutboxDelivery.DelayAfter(Tries);
        State = delay is null ? MailState.Dead : MailState.Waiting;
        NextTryAt = at + (delay ?? TimeSpan.Zero);
    }

    /// <param name="repeatable">Whether handing it over twice leaves it there once.</param>
    public void LeftBehind(bool repeatable, DateTimeOffset at)
    {
        State = repeatable ? MailState.Waiting : MailState.Unsure;
        LastError = repeatable ? null : "The program ended while this was being sent. It may have arrived.";
        NextTryAt = at;
    }

    public void SendAgain(DateTimeOffset at)
    {
        State = MailState.Waiting;
        Tries = 0;
        NextTryAt = at;
    }

    private void Tried(string? subject, DateTimeOffset at)
    {
        Tries++;
        LastTryAt = at;
        Subject = subject is { Length: > MaxSubjectLength } ? subject[..MaxSubjectLength] : subject;
    }

    private static string Shortened(string error) => error.Length <= OutboxDelivery.MaxErrorLength ? error : error[..OutboxDelivery.MaxErrorLength];
}
