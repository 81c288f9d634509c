using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Testing;

/// <summary>A verification code as it came to the phone.</summary>
public sealed record EmulatedVerificationCode
{
    /// <summary>The code, six digits.</summary>
    [JsonIgnore]
    public string Code { get; init; } = "";

    /// <summary>SMS or VOICE.</summary>
    public required string Method { get; init; }

    /// <summary>The language asked for.</summary>
    public required string Language { get; init; }

    /// <summary>When it came, by the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How it came; never the code.</summary>
    public override string ToString() => $"Verification code by {Method} at {At:O}";
}
