using System.ComponentModel.DataAnnotations;

namespace StoreCreditAdmin.Features.Mails;

public enum MailTransportKind
{
    /// <summary>Each mail is a file, so that nothing leaves the machine before somebody says how.</summary>
    Folder,
    Smtp,
}

public sealed class MailOptions
{
    public const string Section = "Mail";

    public MailTransportKind Transport { get; init; }

    /// <summary>Where the files go; beside the database file when empty.</summary>
    public string? Folder { get; init; }

    /// <summary>The address that mails come from.</summary>
    [Required, EmailAddress]
    public string From { get; init; } = "store-credit@localhost.localdomain";

    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>Whether to ask for an encrypted connection, and to send nothing without one.</summary>
    public bool StartTls { get; init; } = true;

    public string? User { get; init; }

    public string? Password { get; init; }

    [Range(1, 600)]
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>The most mails that go out in a minute.</summary>
    [Range(1, 1_000_000)]
    public int PerMinute { get; init; } = 600;
}
