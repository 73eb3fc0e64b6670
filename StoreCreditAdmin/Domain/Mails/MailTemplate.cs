namespace StoreCreditAdmin.Domain.Mails;

/// <summary>What a mail says in a language, as somebody saved it: numbered, never changed. The newest counts.</summary>
public sealed class MailTemplate
{
    public const int MaxSubjectLength = 200;
    public const int MaxBodyLength = 100_000;

    private MailTemplate()
    {
    }

    /// <param name="subject">Null together with the body where the language goes back to what it had when the product came.</param>
    internal MailTemplate(MailKind kind, string language, int number, string? subject, string? body, Actor actor, DateTimeOffset at)
    {
        Kind = kind;
        Language = language;
        Number = number;
        Subject = subject;
        Body = body;
        ActorName = actor.Name;
        At = at;
    }

    public MailKind Kind { get; private set; }

    /// <summary>A tag of <see cref="Domain.Language"/>.</summary>
    public string Language { get; private set; } = "";

    /// <summary>From 1, for each kind and language.</summary>
    public int Number { get; private set; }

    public string? Subject { get; private set; }

    public string? Body { get; private set; }

    public string ActorName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}
