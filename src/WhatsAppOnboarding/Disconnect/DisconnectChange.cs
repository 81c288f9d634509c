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

    /// <summary>The numbers meant that are disconnected now; one that was connected anew meanwhile is not.</summary>
    public PhoneNumber[] DoneIn(AccountPhoneNumbers account) => [.. account.Numbers.Where(number => !number.IsHeld && IsTarget(number))];

    public IReadOnlyCollection<PhoneNumber> Apply(AccountPhoneNumbers account)
    {
        _targets ??= account.Numbers
            .Where(number => number.IsHeld && scope.Covers(number))
            .ToDictionary(number => number.PhoneNumberId, number => number.Generation);
        return
        [
            .. account.Numbers
                .Where(number => number.IsHeld && IsTarget(number))
                .Select(number => number.Disconnected(DisconnectReasons.Requested, now, tokenKeptUntil: now + LeavingTransitions.TokenKept))
                .Select(number => scope.Deregister ? number.ToDeregister(now) : number),
        ];
    }

    /// <summary>
    /// What became of it, as the account stands then: of the numbers that this call disconnected, and of what an earlier one left to be done.
    /// </summary>
    public DisconnectResult ResultIn(AccountPhoneNumbers account, IReadOnlyDictionary<WabaId, string?> left)
    {
        var done = DoneIn(account);
        PhoneNumber[] inactive = [.. account.Numbers.Where(number => !number.IsHeld && scope.Covers(number))];
        var registered = inactive
            .Select(number => (number.PhoneNumberId, Open: number.OpenSteps.FirstOrDefault(open => open.Step is StepNames.Deregister)))
            .Where(pair => pair.Open is not null)
            .ToDictionary(pair => pair.PhoneNumberId, pair => pair.Open!.Code);
        return new DisconnectResult
        {
            Disconnected = [.. done.Select(number => number.PhoneNumberId)],
            Unsubscribed = [.. left.Where(entry => entry.Value is null).Select(entry => entry.Key)],
            Open = left.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!),
            Deregistered = scope.Deregister ? [.. done.Select(number => number.PhoneNumberId).Where(number => !registered.ContainsKey(number))] : [],
            NotDeregistered = registered,
            NextTryAt = inactive.SelectMany(number => number.OpenSteps.Select(open => NumberSchedule.NextTryOf(number, open))).Min(),
            TokenKept = [.. inactive.Where(number => number.Token is not null).Select(number => number.PhoneNumberId)],
            PinStored = [.. inactive.Where(number => number.Pins.Count > 0).Select(number => number.PhoneNumberId)],
        };
    }

    private bool IsTarget(PhoneNumber number) =>
        _targets is not null && _targets.TryGetValue(number.PhoneNumberId, out var generation) && generation == number.Generation;
}
