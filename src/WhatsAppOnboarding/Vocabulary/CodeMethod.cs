namespace WhatsAppOnboarding;

/// <summary>How a verification code comes.</summary>
public enum CodeMethod
{
    /// <summary>As a text message.</summary>
    Sms = 0,

    /// <summary>By a call; for numbers that take no text messages.</summary>
    Voice = 1,
}
