using System.Text.Json.Serialization;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>What an account may know of one of its attempts: how, when, which steps, which end. Holds no token and no code.</summary>
public sealed record AttemptView
{
    /// <summary>Every number that was to be connected is saved and every step is done.</summary>
    public const string Connected = "connected";

    /// <summary>Numbers are saved, and a step is open, a WABA of the grant could not be read, or Meta does not say that a number can be used: the status says which.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>More was granted than the person may have meant, and the person is to choose; nothing is connected yet.</summary>
    public const string Choose = "choose";

    /// <summary>Always true; for front ends that look at it.</summary>
    public bool Success { get; init; } = true;

    /// <summary>The attempt.</summary>
    public required Guid AttemptId { get; init; }

    /// <summary>How Meta's answer came: <c>browser</c>, <c>api</c>, <c>popup</c>, <c>choice</c>, or by a link <c>link</c> or <c>link_popup</c>.</summary>
    public required string Way { get; init; }

    /// <summary>When it was claimed.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><see cref="Connected"/>, <see cref="Incomplete"/>, <see cref="Choose"/>, or one of <see cref="ErrorCodes"/>; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>The outcome in a sentence; null while it runs.</summary>
    public string? Message { get; init; }

    /// <summary>What to do next; null while it runs.</summary>
    public string? Action { get; init; }

    /// <summary>Whether connecting again may help.</summary>
    public bool Retryable { get; init; }

    /// <summary>How many numbers it connected.</summary>
    public required int PhoneCount { get; init; }

    /// <summary>The numbers that it connected, as far as no later attempt connected them again.</summary>
    public IReadOnlyList<AttemptNumber> Phones { get; init; } = [];

    /// <summary>What was done so far, in the order in which it ended.</summary>
    public required IReadOnlyList<AttemptStep> Steps { get; init; }

    /// <summary>What can be chosen now; null when nothing can.</summary>
    public ChoiceView? Choice { get; init; }

    /// <summary>Whether the person is to be told of something good: numbers are saved, or can be chosen.</summary>
    internal static bool IsGood(string? code) => code is Choose || IsSaved(code);

    /// <summary>The attempt for who may know it: who came by a link is not told which numbers the account holds.</summary>
    internal AttemptView For(bool ofLink) => Choice is not { } choice ? this
        : ofLink ? this with { Choice = choice with { Numbers = [.. choice.Numbers.Select(number => number with { Held = null })] } }
        : ConnectWay.IsOfLink(Way) ? this with { Choice = null }
        : this;

    internal static bool IsSaved(string? code) => code is Connected or Incomplete;

    /// <summary>By the word of the authority, which knows an attempt's numbers by their generation; null when none is there.</summary>
    internal static (string Code, int PhoneCount)? OutcomeOf(AccountPhoneNumbers account, Guid generation)
    {
        var numbers = account.OfGeneration(generation);
        if (numbers.Length == 0)
            return null;
        var complete = Array.TrueForAll(numbers, number =>
            number.IsHeld
            && number.OpenSteps.Count == 0
            && number.Findings.All(finding => finding.Code != Finding.WabaUnread)
            && NumberStandings.Of(number).IsUsable is true);
        return (complete ? Connected : Incomplete, numbers.Length);
    }
}

/// <summary>A choice that waits to be made.</summary>
public sealed record ChoiceView
{
    /// <summary>When it is too late.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>What was granted, in Meta's order.</summary>
    public required IReadOnlyList<AttemptNumber> Numbers { get; init; }
}

/// <summary>A number that an attempt connected, or that can be chosen.</summary>
public sealed record AttemptNumber
{
    /// <summary>The number's id at Meta.</summary>
    public required string Id { get; init; }

    /// <summary>The telephone number as Meta displays it. Text from outside.</summary>
    public string? Display { get; init; }

    /// <summary>Of a number that can be chosen: the WABA's id at Meta.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WabaId { get; init; }

    /// <summary>Of a number that can be chosen: the name customers see; null when it has none. Text from outside.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Of a number that can be chosen: whether the account holds it now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Held { get; init; }

    /// <summary>Of a number that can be chosen: whether Meta's window named it, or its WABA and no number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Named { get; init; }
}
