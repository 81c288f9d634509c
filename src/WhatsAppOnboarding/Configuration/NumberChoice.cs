namespace WhatsAppOnboarding;

/// <summary>
/// Which of the numbers that a person granted at Meta are connected. A grant is often wider than what the person picked there: a business token lists
/// every WABA that was ever shared with the app.
/// </summary>
public enum NumberChoice
{
    /// <summary>
    /// What Meta's window named: that number, or all numbers of that WABA; the rest of the grant is left alone. Where no window named anything, as by redirect, a
    /// grant with one WABA is connected whole, and one with several asks, as <see cref="Ask"/> does.
    /// </summary>
    Chosen = 0,

    /// <summary>All of them.</summary>
    All = 1,

    /// <summary>When there is more than one, the person is asked; until then nothing is connected and the app is subscribed to nothing.</summary>
    Ask = 2,
}
