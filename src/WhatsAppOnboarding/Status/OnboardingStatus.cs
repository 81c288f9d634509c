using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>An account's connection, computed from evidence. Holds no token.</summary>
public sealed record OnboardingStatus
{
    /// <summary>Always true; for front ends that look at it.</summary>
    public bool Success { get; init; } = true;

    /// <summary>Whether at least one number is connected, by what was proved.</summary>
    public required bool Connected { get; init; }

    /// <summary>The derived WABA id; null when no number is held.</summary>
    public string? WabaId { get; init; }

    /// <summary>All numbers, held ones first, newest connect first.</summary>
    public required IReadOnlyList<PhoneNumberView> PhoneNumbers { get; init; }
}

/// <summary>One number in an account's status.</summary>
public sealed record PhoneNumberView
{
    /// <summary>The same as <see cref="PhoneNumberId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The number's id at Meta.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>The WABA's id at Meta.</summary>
    public required string WabaId { get; init; }

    /// <summary>The telephone number as Meta displays it. Text from outside.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary>The name customers see. Text from outside.</summary>
    public string? VerifiedName { get; init; }

    /// <summary>What became of Meta's review of that name, in Meta's word such as <c>APPROVED</c> or <c>DECLINED</c>; null when Meta did not say.</summary>
    public string? NameStatus { get; init; }

    /// <summary>The name that was asked for instead; null when there is none. Text from outside.</summary>
    public string? NewDisplayName { get; init; }

    /// <summary>What became of Meta's review of <see cref="NewDisplayName"/>, in Meta's word; null when Meta did not say.</summary>
    public string? NewNameStatus { get; init; }

    /// <summary>Whether the account holds the number (active or paused).</summary>
    public required bool IsActive { get; init; }

    /// <summary><c>active</c>, <c>paused</c>, <c>inactive</c>, or <c>reconnect_needed</c> when the token can no longer be read, has ended or was refused by Meta.</summary>
    public required string State { get; init; }

    /// <summary>What the state means, in a sentence; of a number that is not held, why it is not connected any more.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next.</summary>
    public required string Action { get; init; }

    /// <summary>
    /// Whether everything that makes a number usable was proved: token, access, subscription; and Meta's own words on the number say that it can be used. What keeps it from being so is
    /// among <see cref="Reasons"/>.
    /// </summary>
    public required bool Connected { get; init; }

    /// <summary>Whether what customers write arrives, as far as that is known.</summary>
    public Readiness CanReceive { get; init; } = NotRead;

    /// <summary>Whether messages can be sent, as far as that is known.</summary>
    public Readiness CanSend { get; init; } = NotRead;

    /// <summary>All that keeps the number from receiving or sending, soon will, or is to be known of it, the weightiest first.</summary>
    public IReadOnlyList<Readiness> Reasons { get; init; } = [];

    /// <summary>When Meta last showed both the number and the subscription; null when that is not known.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Quality as last listed, such as <c>GREEN</c>; <c>unknown</c> when Meta did not say.</summary>
    public required string QualityRating { get; init; }

    /// <summary>Meta's state of the number as last listed, such as <c>CONNECTED</c>.</summary>
    public required string MetaStatus { get; init; }

    /// <summary>Whether another account holds the number, too.</summary>
    public required bool Shared { get; init; }

    /// <summary>When the number was last connected.</summary>
    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>When the number was first connected.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it became inactive.</summary>
    public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>Why it became inactive: a code.</summary>
    public string? DisconnectReason { get; init; }

    /// <summary>Who made it inactive at Meta, if Meta said: <c>USER</c> or <c>SYSTEM</c>.</summary>
    public string? DisconnectInitiator { get; init; }

    /// <summary>When the token ends; null for never or not known.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>What was proved, and when.</summary>
    public required NumberEvidence Evidence { get; init; }

    /// <summary>Whether a PIN is kept that a person who may can read.</summary>
    public required bool PinStored { get; init; }

    /// <summary>
    /// How many registrations of the number Meta was asked for in the last 72 hours, by whoever holds it, and how many it takes; only of a number whose registration or verification is open, or for
    /// which a PIN is kept.
    /// </summary>
    public StepBudget? Registration { get; init; }

    /// <summary>Whether the number stays in the WhatsApp Business app beside the API; null when Meta did not say.</summary>
    public bool? Coexistence { get; init; }

    /// <summary>What is still to be done, with its reason and next step.</summary>
    public required IReadOnlyList<OpenStep> OpenSteps { get; init; }

    /// <summary>What was noticed.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What Meta said by itself of the number or its WABA: the newest of each kind, newest first.</summary>
    public required IReadOnlyList<MetaNotice> Notices { get; init; }

    private static Readiness NotRead { get; } = new() { Answer = Readiness.Unknown, Message = "", Action = "", Evidence = "" };
}
