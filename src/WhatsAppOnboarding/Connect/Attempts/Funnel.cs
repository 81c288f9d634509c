namespace WhatsAppOnboarding;

/// <summary>How far those came who began to connect: all of them, or those of one way, outcome or language. Holds nothing of an account.</summary>
public sealed record FunnelGroup
{
    /// <summary>What they have in common: <c>all</c>, <c>way</c>, <c>outcome</c> or <c>language</c>.</summary>
    public required string By { get; init; }

    /// <summary>
    /// Its value: <c>browser</c>, <c>api</c>, <c>popup</c>, <c>link</c> or <c>link_popup</c>; an outcome of an attempt, and where none came back what page or dialog reported, such as
    /// <c>cancelled</c>, or <c>went_silent</c>, <c>unanswered</c> or <c>under_way</c>; a language, such as <c>es</c>; empty for all.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>How many began.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// In order: <c>started</c>, <c>opened</c> (Meta's window or dialog), <c>code</c> (came back with one), <c>exchanged</c>, <c>inspected</c>, <c>listed</c>, <c>saved</c>,
    /// <c>registered</c> (or nothing was to be registered), <c>connected</c>.
    /// </summary>
    public required IReadOnlyList<FunnelStep> Steps { get; init; }
}

/// <summary>How many reached a step, and when.</summary>
public sealed record FunnelStep
{
    /// <summary>Which.</summary>
    public required string Step { get; init; }

    /// <summary>How many reached it.</summary>
    public required int Count { get; init; }

    /// <summary>Their share of those who began, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The seconds from the start until half of those who reached it had; null where nobody did.</summary>
    public double? MedianSeconds { get; init; }
}
