namespace WhatsAppOnboarding;

/// <content>Why a setup or reconnect link cannot be used.</content>
public static partial class ErrorCodes
{
    /// <summary>
    /// There is no such link: its address is not whole, it was removed with its account, or it ended more than 30 days ago. Which of these is not told apart.
    /// </summary>
    public const string LinkUnknown = "link_unknown";

    /// <summary>The link's time is over.</summary>
    public const string LinkExpired = "link_expired";

    /// <summary>The link was taken back.</summary>
    public const string LinkRevoked = "link_revoked";

    /// <summary>The link has connected something, and does so once.</summary>
    public const string LinkUsed = "link_used";

    /// <summary>Another browser pressed the link's button first.</summary>
    public const string LinkInUse = "link_in_use";

    /// <summary>The browser did not send the cookie that the link's page gave it.</summary>
    public const string CookiesNeeded = "cookies_needed";
}
