namespace WhatsAppOnboarding.Stores;

/// <summary>How many calls of a kind may be made to one number in a rolling window.</summary>
/// <param name="Kind">The stable name of the kind.</param>
/// <param name="Limit">How many.</param>
/// <param name="Window">In which time.</param>
public sealed record NumberCallLimit(string Kind, int Limit, TimeSpan Window)
{
    /// <summary>Ten registrations in 72 hours, which is Meta's own limit.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration</remarks>
    public static NumberCallLimit Register { get; } = new("register", 10, TimeSpan.FromHours(72));

    /// <summary>Five verification codes in 12 hours.</summary>
    public static NumberCallLimit RequestCode { get; } = new("request_code", 5, TimeSpan.FromHours(12));

    /// <summary>Ten tries of a verification code in 12 hours.</summary>
    public static NumberCallLimit VerifyCode { get; } = new("verify_code", 10, TimeSpan.FromHours(12));

    /// <summary>The longest of these windows: what is older may be forgotten.</summary>
    internal static TimeSpan Longest => Register.Window;
}
