namespace StoreCreditAdmin.Features.Messages;

/// <summary>The section <c>Messages</c> of the configuration.</summary>
public sealed class MessageOptions
{
    public const string Section = "Messages";

    /// <summary>How many days a message stays that was delivered or that nobody was there to get.</summary>
    public int KeepDays { get; set; } = 30;

    /// <summary>How many days one stays that was given up.</summary>
    public int KeepDeadDays { get; set; } = 180;
}
