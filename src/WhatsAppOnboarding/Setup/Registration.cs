using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// Registers a number, once: the PIN is stored before it is sent, the request is counted before it is made, and nothing is ever repeated by itself.
/// Whether the number may be registered is decided by whoever calls this.
/// </summary>
internal sealed partial class Registration(
    StepCalls calls, NumberTurns turns, MetaCalls budget, PinProtection pins, TokenProtection tokens, TimeProvider time, ILogger<Registration> logger)
{
    /// <param name="number">The number as it was read.</param>
    /// <param name="given">The PIN that a person gave; null for one that is kept, or a new one.</param>
    /// <param name="deadline">Ends the wait for Meta.</param>
    /// <returns>The number as it is now, or why it is not registered: the step is open then.</returns>
    public async Task<StepResult<PhoneNumber>> RunAsync(PhoneNumber number, TwoStepPin? given, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
            return new StepResult<PhoneNumber>(ErrorCodes.Pending);
        if (tokens.OpenUsable(number) is not { } token)
            return new StepResult<PhoneNumber>(ErrorCodes.TokenUnreadable);

        var now = time.GetUtcNow();
        var choice = new PinChoice(pins, number, given, now);
        if (!choice.IsKnown && number.OpenSteps.Any(open => open is { Step: StepNames.Register, Code: ErrorCodes.PinNeeded }))
            return new StepResult<PhoneNumber>(ErrorCodes.PinNeeded);
        if (choice.NeedsPerson)
            return await AskAsync(number, now).ConfigureAwait(false);

        var turn = await turns.TakeAsync(number, StepNames.Register, current => Begun(current, choice, now)).ConfigureAwait(false);
        if (!turn.Succeeded)
            return turn;
        var taken = turn.Value;

        // Opened again from what is stored: a PIN that could not be read later must not be set.
        if (pins.Open(taken, taken.Pins[0]) is not { } pin)
            return await EndAsync(taken, new StepResult<GraphDone>(ErrorCodes.PinUnknown), null).ConfigureAwait(false);
        if (!await budget.TakeAsync(number.PhoneNumberId, NumberCallLimit.Register, now, CancellationToken.None).ConfigureAwait(false))
            return await EndUnsentAsync(taken, number.Pins).ConfigureAwait(false);

        var sent = await calls.SendAsync(new RegisterNumber(token, number.PhoneNumberId, pin), deadline).ConfigureAwait(false);
        var fresh = sent.Succeeded
            ? (await calls.SendAsync(new ReadPhoneNumber(token, number.PhoneNumberId), deadline).ConfigureAwait(false)).Value
            : null;
        return await EndAsync(taken, sent, fresh).ConfigureAwait(false);
    }

    private static PhoneNumber Begun(PhoneNumber current, PinChoice choice, DateTimeOffset now)
    {
        var begun = current with { Pins = choice.Of(current.Pins) };
        return begun.IsOpen(StepNames.Register) ? begun : begun.WithOpenStep(new OpenStep(StepNames.Register, ErrorCodes.Pending, now));
    }

    private async Task<StepResult<PhoneNumber>> AskAsync(PhoneNumber number, DateTimeOffset now)
    {
        var turn = await turns.TakeAsync(
            number, StepNames.Register, current => current.WithOpenStep(new OpenStep(StepNames.Register, ErrorCodes.PinNeeded, now))).ConfigureAwait(false);
        if (!turn.Succeeded)
            return turn;
        await turns.EndAsync(turn.Value, current => current).ConfigureAwait(false);
        return new StepResult<PhoneNumber>(ErrorCodes.PinNeeded);
    }

    private async Task<StepResult<PhoneNumber>> EndUnsentAsync(PhoneNumber taken, IReadOnlyList<RegistrationPin> before)
    {
        var limited = new OpenStep(StepNames.Register, ErrorCodes.RegisterLimit, time.GetUtcNow());
        await turns.EndAsync(taken, current => current.WithOpenStep(limited) with { Pins = [.. current.Pins.Where(before.Contains)] }).ConfigureAwait(false);
        Log.Ended(logger, taken.AccountId.ToString(), taken.PhoneNumberId.ToString(), ErrorCodes.RegisterLimit);
        return new StepResult<PhoneNumber>(ErrorCodes.RegisterLimit);
    }

    private async Task<StepResult<PhoneNumber>> EndAsync(PhoneNumber taken, StepResult<GraphDone> sent, GraphPhoneNumber? fresh)
    {
        var now = time.GetUtcNow();
        var used = taken.Pins[0];
        var ended = await turns.EndAsync(
            taken, current => sent.Succeeded ? Registered(current, used, fresh, now) : NotRegistered(current, used, sent, now)).ConfigureAwait(false);
        Log.Ended(logger, taken.AccountId.ToString(), taken.PhoneNumberId.ToString(), sent.Code ?? "ok");
        return sent.Succeeded ? new StepResult<PhoneNumber>(ended) : new StepResult<PhoneNumber>(sent.Code, sent.Error);
    }

    private static PhoneNumber Registered(PhoneNumber number, RegistrationPin used, GraphPhoneNumber? fresh, DateTimeOffset now)
    {
        var seen = fresh is null ? number : number.With(fresh);
        return seen.WithoutRegistration() with
        {
            Pins = [Current(number, used) with { ConfirmedAt = now }],
            Evidence = number.Evidence with { RegisteredAt = now },
        };
    }

    private static PhoneNumber NotRegistered(PhoneNumber number, RegistrationPin used, StepResult<GraphDone> sent, DateTimeOffset now) => sent.Code switch
    {
        ErrorCodes.CodeNeeded => number.WithCodeNeeded(now),

        // It is certainly not the number's PIN.
        ErrorCodes.PinNeeded =>
            number.WithOpenStep(sent.ToOpenStep(StepNames.Register, now)) with { Pins = [.. number.Pins.Where(pin => pin.Sealed != used.Sealed)] },
        _ => number.WithOpenStep(sent.ToOpenStep(StepNames.Register, now)),
    };

    /// <summary>The PIN as it is now: it may have been read meanwhile.</summary>
    private static RegistrationPin Current(PhoneNumber number, RegistrationPin used) => number.Pins.FirstOrDefault(pin => pin.Sealed == used.Sealed) ?? used;

    private static partial class Log
    {
        [LoggerMessage(1210, LogLevel.Information, "Account {Account}: registering number {Number} ended as {Result}")]
        public static partial void Ended(ILogger logger, string account, string number, string result);
    }
}
