namespace WhatsAppOnboarding;

/// <summary>The names under which this library's traces and metrics are collected.</summary>
/// <remarks>Give them to <c>AddSource</c> and <c>AddMeter</c>. No span and no measurement ever holds a token, a code, a message or a telephone number.</remarks>
public static class WhatsAppOnboardingDiagnostics
{
    /// <summary>The activity source: <c>WhatsAppOnboarding</c>.</summary>
    public const string SourceName = "WhatsAppOnboarding";

    /// <summary>The meter: <c>WhatsAppOnboarding</c>.</summary>
    public const string MeterName = "WhatsAppOnboarding";
}
