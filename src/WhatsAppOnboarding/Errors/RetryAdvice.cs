namespace WhatsAppOnboarding;

/// <summary>Whether, and when, doing the same again may help.</summary>
public enum RetryAdvice
{
    /// <summary>It never helps.</summary>
    Never,

    /// <summary>At once, by whoever did it: what to do differently, if anything, is the next step of the text.</summary>
    StartAgain,

    /// <summary>The same again, after a wait.</summary>
    Later,

    /// <summary>Not before somebody has put something right elsewhere: the operator of the service, an administrator, or the customer at Meta.</summary>
    AfterFix,
}
