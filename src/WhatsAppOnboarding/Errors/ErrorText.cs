using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding;

/// <summary>A stable code in words, in one language.</summary>
public sealed record ErrorText
{
    /// <summary>Stable; for programs: one of <see cref="ErrorCodes"/>, or <c>unknown</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, in a plain sentence.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next, in a plain sentence.</summary>
    public required string Action { get; init; }

    /// <summary>The status of an answer that carries it.</summary>
    public required int HttpStatus { get; init; }

    /// <summary>Whether the same thing may work when done again, at once or after a wait.</summary>
    public bool Retryable => Retry is RetryAdvice.StartAgain or RetryAdvice.Later;

    internal RetryAdvice Retry { get; init; }
}
