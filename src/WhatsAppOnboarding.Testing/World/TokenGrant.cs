namespace WhatsAppOnboarding.Testing.World;

/// <summary>What a person granted at the consent screen; a code and its tokens carry it.</summary>
internal sealed record TokenGrant(
    EmulatedTokenKind Kind,
    string UserId,
    string? ClientBusinessId,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> WabaIds,
    IReadOnlyList<string> BusinessIds);
