using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Disconnect;

/// <summary>
/// What a disconnect changes in an account. Which numbers it means is decided once, from the first state it sees: when it is applied again,
/// a number that was connected anew meanwhile has another generation and is left alone.
/// </summary>
internal sealed class DisconnectChange(DisconnectScope scope, DateTimeOffset now)
{
    private Dictionary<PhoneNumberId, Guid>? _targets;

    public DisconnectScope Scope => scope;

    private Dictionary<PhoneNumberId, Guid> Targets => _targets ?? [];

    /// <summary>The numbers meant that are disconnected now; one that was connected anew meanwhile is not.</summary>
    public PhoneNumberId[] DoneIn(AccountPhoneNumbers account) =>
        [.. account.Numbers.Where(number => !number.IsHeld && IsTarget(number)).Select(number => number.PhoneNumberId)];

    public IReadOnlyCollection<PhoneNumber> Apply(AccountPhoneNumbers account)
    {
        _targets ??= account.Numbers
            .Where(number => number.IsHeld && scope.Covers(number))
            .ToDictionary(number => number.PhoneNumberId, number => number.Generation);

        return
        [
            .. account.Numbers
                .Where(number => number.IsHeld && IsTarget(number))
                .Select(number => number.Disconnected(DisconnectReasons.Requested, now, tokenKeptUntil: now + DisconnectFlow.TokenKept)),
        ];
    }

    private bool IsTarget(PhoneNumber number) => Targets.TryGetValue(number.PhoneNumberId, out var generation) && generation == number.Generation;
}
