using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>What the person granted, as the token itself proves it.</summary>
/// <param name="Token">The fresh token.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="IsShortLived">Whether it is a person's token that ends within a day, so that it should be extended.</param>
/// <param name="GrantedBy">Whose token it is when it is a person's: a keyed hash (<see cref="PhoneNumber.GrantedBy"/>).</param>
/// <param name="Wabas">The WABAs that the token names, newest first; empty when it names none.</param>
/// <param name="InspectedAt">When Meta said so.</param>
/// <param name="Findings">What was noticed.</param>
internal sealed record Grant(
    AccessToken Token,
    DateTimeOffset? ExpiresAt,
    bool IsShortLived,
    string? GrantedBy,
    IReadOnlyList<WabaId> Wabas,
    DateTimeOffset InspectedAt,
    IReadOnlyList<Finding> Findings);
