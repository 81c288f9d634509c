using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>What an account may know of one of its attempts: how, when, which steps, which end. Holds no token and no code.</summary>
public sealed record AttemptView
{
    /// <summary>Always true; for front ends that look at it.</summary>
    public bool Success { get; init; } = true;

    /// <summary>The attempt.</summary>
    public required Guid AttemptId { get; init; }

    /// <summary>How Meta's answer came: <c>browser</c>, <c>api</c>, <c>popup</c>, or <c>choice</c>.</summary>
    public required string Way { get; init; }

    /// <summary>When it was claimed.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>One of <see cref="ConnectOutcomes"/> or a code of the error catalogue; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>The outcome in a sentence; null while it runs.</summary>
    public string? Message { get; init; }

    /// <summary>What to do next; null while it runs and when there is nothing to do.</summary>
    public string? Action { get; init; }

    /// <summary>Whether connecting again may help.</summary>
    public bool Retryable { get; init; }

    /// <summary>How many numbers it connected.</summary>
    public required int PhoneCount { get; init; }

    /// <summary>The numbers that it connected, as far as no later attempt connected them again.</summary>
    public IReadOnlyList<ConnectedPhone> Phones { get; init; } = [];

    /// <summary>What was done so far, in the order in which it ended.</summary>
    public required IReadOnlyList<AttemptStep> Steps { get; init; }

    /// <summary>What can be chosen now; null when nothing can.</summary>
    public ChoiceView? Choice { get; init; }
}

/// <summary>A number that an attempt connected.</summary>
/// <param name="Id">The number's id at Meta.</param>
/// <param name="Display">The telephone number as Meta displays it. Text from outside.</param>
public sealed record ConnectedPhone(string Id, string? Display);

/// <summary>A choice that waits to be made.</summary>
/// <param name="Until">When it is too late.</param>
/// <param name="Numbers">What was granted, in Meta's order.</param>
public sealed record ChoiceView(DateTimeOffset Until, IReadOnlyList<ChoiceNumber> Numbers);

/// <summary>A number that can be chosen.</summary>
/// <param name="Id">The number's id at Meta.</param>
/// <param name="WabaId">The WABA's id at Meta.</param>
/// <param name="Display">The telephone number as Meta displays it. Text from outside.</param>
/// <param name="Name">The name customers see. Text from outside.</param>
/// <param name="Held">Whether the account holds the number now.</param>
public sealed record ChoiceNumber(string Id, string WabaId, string? Display, string? Name, bool Held);
