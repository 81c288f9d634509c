using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>One number as a grant proved it, ready to be connected.</summary>
internal sealed record GrantedNumber
{
    public required NumberFacts Facts { get; init; }

    public required WabaId WabaId { get; init; }

    /// <summary>Its place in Meta's order of the grant, from 0.</summary>
    public required int Order { get; init; }

    public required Guid Generation { get; init; }

    public required SealedSecret Token { get; init; }

    public DateTimeOffset? TokenExpiresAt { get; init; }

    public string? GrantedBy { get; init; }

    public required DateTimeOffset InspectedAt { get; init; }

    public required DateTimeOffset ListedAt { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When the app was subscribed to the WABA by this grant; null when it was not.</summary>
    public DateTimeOffset? SubscribedAt { get; init; }

    /// <summary>Whether how the signup ended says that the number stays in the WhatsApp Business app; a hint, never a proof.</summary>
    public bool SaysCoexistence { get; init; }

    /// <summary>What the subscription left to be done.</summary>
    public IReadOnlyList<OpenStep> OpenSteps { get; init; } = [];

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
