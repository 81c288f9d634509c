using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.PhoneNumbers;

namespace WhatsAppOnboarding.Disconnect;

/// <summary>
/// What a disconnect changes in an account. Which numbers it means is decided once, from the first state it sees: when it is applied again,
/// a number that was connected anew meanwhile has another generation and is left alone.
/// </summary>
internal sealed class DisconnectChange(DisconnectScope scope, DateTimeOffset now)
{
    private Dictionary<PhoneNumberId, Guid>? _targets;

    public DisconnectScope Scope => scope;

    /// <summary>The numbers meant, each with the generation meant.</summary>
    public IReadOnlyDictionary<PhoneNumberId, Guid> Targets => _targets ?? [];

    public IReadOnlyCollection<PhoneNumber> Apply(AccountPhoneNumbers account)
    {
        _targets ??= account.Numbers
            .Where(number => number.IsHeld && scope.Covers(number))
            .ToDictionary(number => number.PhoneNumberId, number => number.Generation);

        return
        [
            .. account.Numbers
                .Where(number => number.IsHeld && Targets.TryGetValue(number.PhoneNumberId, out var generation) && generation == number.Generation)
                .Select(Disconnect),
        ];
    }

    private PhoneNumber Disconnect(PhoneNumber number) => number with
    {
        State = NumberState.Inactive,
        DisconnectedAt = now,
        DisconnectReason = DisconnectFlow.Requested,
        TokenKeptUntil = now + DisconnectFlow.TokenKept,
        OpenSteps = [new OpenStep(StepNames.Unsubscribe, ErrorCodes.Pending, now)],
    };
}
