using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>What must hold of every number that is saved.</summary>
internal static class NumberRules
{
    public static void Require(PhoneNumber number, AccountId account)
    {
        if (number.AccountId != account)
            throw new InvalidOperationException("A change of one account may not write a number of another.");
        if (Violation(number) is { } violation)
            throw new InvalidOperationException($"The number {number.PhoneNumberId} cannot be saved: {violation}");
    }

    public static string? Violation(PhoneNumber number) => number switch
    {
        { IsHeld: true, Token: null } => "a held number has a token.",
        { IsHeld: true, DisconnectedAt: not null } => "a held number has no time of disconnect.",
        { IsHeld: true, TokenKeptUntil: not null } => "only a disconnected number keeps its token for a purpose.",
        { IsHeld: false, DisconnectedAt: null } => "a disconnected number says when it was disconnected.",
        { IsHeld: false, Token: not null, TokenKeptUntil: null } => "a disconnected number keeps its token only for a purpose and a time.",
        _ => null,
    };
}
