namespace WhatsAppOnboarding;

/// <summary>Which of the numbers that a person granted at Meta are connected.</summary>
public enum NumberChoice
{
    /// <summary>All of them.</summary>
    All = 0,

    /// <summary>When there is more than one, the person is asked; until then nothing is connected and the app is subscribed to nothing.</summary>
    Ask = 1,
}
