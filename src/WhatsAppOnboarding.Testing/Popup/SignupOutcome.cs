namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>What a signup ended with.</summary>
internal sealed record SignupOutcome(IReadOnlyList<EmulatedWaba> Wabas, EmulatedNumber? Number, DateTimeOffset At)
{
    public EmulatedWaba? Waba => Wabas.Count > 0 ? Wabas[0] : null;
}
