namespace WhatsAppOnboarding;

/// <summary>A PIN that is kept of a number.</summary>
public sealed record KeptPin
{
    /// <summary>The PIN.</summary>
    public required TwoStepPin Pin { get; init; }

    /// <summary>Whether Meta took it; if not, it may be the number's PIN or not.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>PINs stored before, newest first, while it is not known which one Meta took.</summary>
    public IReadOnlyList<TwoStepPin> Earlier { get; init; } = [];
}
