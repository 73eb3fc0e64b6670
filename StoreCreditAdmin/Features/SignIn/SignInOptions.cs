namespace StoreCreditAdmin.Features.SignIn;

/// <summary>The section <c>SignIn</c> of the configuration.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Wrong passwords in a row until an account is locked.</summary>
    public const int AttemptsUntilLocked = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>How often an open page asks whether its sign-in still holds. Whatever it does is checked anyway.</summary>
    public TimeSpan RecheckEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many sign-ins one network address may try in a minute.</summary>
    public int AttemptsPerMinute { get; set; } = 30;
}
