namespace WhatsAppOnboarding;

/// <summary>Whether a number can receive or send now; and where it cannot, where that is not known, or where it may end: why, who must act and where.</summary>
/// <remarks>Of several reasons the weightiest is named; <see cref="PhoneNumberView.Reasons"/> has all. Not known is never the good answer.</remarks>
public sealed record Readiness
{
    /// <summary>The answer that all that is known speaks for.</summary>
    public const string Yes = "yes";

    /// <summary>The answer where something stands against it.</summary>
    public const string No = "no";

    /// <summary>The answer where nobody knows: try it, and do not rely on it.</summary>
    public const string Unknown = "unknown";

    /// <summary><see cref="Yes"/>, <see cref="No"/> or <see cref="Unknown"/>; of one of several reasons the worse of what it means for receiving and sending.</summary>
    public required string Answer { get; init; }

    /// <summary>The stable code of why; null where nothing is the matter. docs/numbers.md has them all.</summary>
    public string? Reason { get; init; }

    /// <summary>In words: how it stands, or why it does not.</summary>
    public required string Message { get; init; }

    /// <summary>In words: what to do next.</summary>
    public required string Action { get; init; }

    /// <summary>Who must act: <c>account</c> (its administrator), <c>operator</c> (of this service) or <c>meta</c>; null where nobody must.</summary>
    public string? Who { get; init; }

    /// <summary>Where to act: an address at Meta, or the path of the host's own onboarding page; null where nowhere.</summary>
    public string? Link { get; init; }

    /// <summary>
    /// What it rests on: <c>token</c>, <c>listing</c>, <c>subscription</c>, <c>registration</c>, <c>meta_status</c> (Meta's words on the number), <c>notice</c> (what Meta said by itself),
    /// <c>health</c>, <c>send</c> (the last message), <c>webhook</c> (what came in), <c>disconnect</c>.
    /// </summary>
    public required string Evidence { get; init; }

    /// <summary>When that was seen; null when it never was.</summary>
    public DateTimeOffset? At { get; init; }
}
