using Radzen;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>Short messages at the edge of the page that go by themselves. A new one takes the place of the one before.</summary>
public sealed class Toasts(NotificationService notifications)
{
    private const double LifetimeMilliseconds = 6000;

    public void Done(string message) => Show(NotificationSeverity.Success, message);

    /// <summary>For a refusal that has no form to stand in.</summary>
    public void Refused(string message) => Show(NotificationSeverity.Error, message);

    private void Show(NotificationSeverity severity, string message)
    {
        notifications.Messages.Clear();
        notifications.Notify(new NotificationMessage { Severity = severity, Summary = message, Duration = LifetimeMilliseconds, CloseOnClick = true });
    }
}
