namespace WhatsAppOnboarding.Errors;

/// <summary>How a failure is told to a person.</summary>
/// <param name="Code">Stable; for programs.</param>
/// <param name="Message">What happened, in a plain sentence.</param>
/// <param name="Action">What to do next, in a plain sentence.</param>
/// <param name="Retryable">Whether the same thing may work when done again.</param>
/// <param name="HttpStatus">The status of an answer that carries it.</param>
public sealed record ErrorText(string Code, string Message, string Action, bool Retryable, int HttpStatus);
