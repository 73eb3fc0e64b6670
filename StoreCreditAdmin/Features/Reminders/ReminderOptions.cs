namespace StoreCreditAdmin.Features.Reminders;

public sealed class ReminderOptions
{
    public const string Section = "Reminders";

    /// <summary>How many days before its last good day the owner is told of credit.</summary>
    public int DaysAhead { get; init; } = 3;
}
