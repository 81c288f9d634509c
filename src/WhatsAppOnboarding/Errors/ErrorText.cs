namespace WhatsAppOnboarding;

/// <summary>How a failure is told to a person, in one language.</summary>
/// <param name="Code">Stable; for programs.</param>
/// <param name="Message">What happened, in a plain sentence.</param>
/// <param name="Action">What to do next, in a plain sentence.</param>
/// <param name="Retry">Whether and when doing the same again may help.</param>
/// <param name="HttpStatus">The status of an answer that carries it.</param>
public sealed record ErrorText(string Code, string Message, string Action, RetryAdvice Retry, int HttpStatus)
{
    /// <summary>Whether the same thing may work when done again, at once or after a wait.</summary>
    public bool Retryable => Retry is RetryAdvice.StartAgain or RetryAdvice.Later;
}
