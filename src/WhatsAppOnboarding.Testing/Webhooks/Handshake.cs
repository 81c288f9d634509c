namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>What a callback made of the challenge.</summary>
internal enum Handshake
{
    Passed,
    Refused,
    WrongChallenge,
}
