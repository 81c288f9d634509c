namespace WhatsAppOnboarding;

/// <summary>Something noticed at Meta that does not stop anything but that somebody should know.</summary>
/// <param name="Code">A stable code: one of <see cref="FindingCodes"/>.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="Subject">What it is about, such as the name of a permission; never a secret.</param>
public sealed record Finding(string Code, DateTimeOffset At, string? Subject = null);

/// <summary>The codes of findings.</summary>
public static class FindingCodes
{
    /// <summary>A permission that the app asks for is not named by the token.</summary>
    public const string ScopeMissing = "scope_missing";

    /// <summary>The token is short-lived and could not be extended.</summary>
    public const string TokenShortLived = "token_short_lived";

    /// <summary>A newer grant did not show this number's WABA; whether the older token still reaches it is not known.</summary>
    public const string Check = "check";
}
