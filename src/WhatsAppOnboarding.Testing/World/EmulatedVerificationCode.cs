namespace WhatsAppOnboarding.Testing;

/// <summary>A verification code as it came to the phone.</summary>
/// <param name="Code">The code, six digits.</param>
/// <param name="Method">SMS or VOICE.</param>
/// <param name="Language">The language asked for.</param>
/// <param name="At">When it came, by the emulator's clock.</param>
public sealed record EmulatedVerificationCode(string Code, string Method, string Language, DateTimeOffset At)
{
    /// <summary>How it came; never the code.</summary>
    public override string ToString() => $"Verification code by {Method} at {At:O}";
}
