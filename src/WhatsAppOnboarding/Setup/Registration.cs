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

        var turn = await turns.TakeAsync(number, StepNames.Register, current => current.Registering(choice.Of(current.Pins), now)).ConfigureAwait(false);
        if (!turn.Succeeded)
            return turn;
        var taken = turn.Value;

        // Opened again from what is stored: a PIN that could not be read later must not be set.
        if (pins.Open(taken, taken.Pins[0]) is not { } pin)
            return await EndAsync(taken, new StepResult<GraphDone>(ErrorCodes.PinUnknown), null).ConfigureAwait(false);
        if (!await budget.TakeAsync(number.PhoneNumberId, NumberCallLimit.Register, now, CancellationToken.None).ConfigureAwait(false))
            return await EndUnsentAsync(taken, number.Pins).ConfigureAwait(false);

        var sent = await calls.SendAsync(NumberCalls.Register(token, number.PhoneNumberId, pin), deadline).ConfigureAwait(false);
        var fresh = sent.Succeeded
            ? (await calls.SendAsync(NumberCalls.ReadNumber(token, number.PhoneNumberId), deadline).ConfigureAwait(false)).Value
            : null;
        return await EndAsync(taken, sent, fresh).ConfigureAwait(false);
    }

    private async Task<StepResult<PhoneNumber>> AskAsync(PhoneNumber number, DateTimeOffset now)
    {
        var turn = await turns.TakeAsync(
            number, StepNames.Register, current => current.WithOpenStep(StepNames.Register, ErrorCodes.PinNeeded, now)).ConfigureAwait(false);
        if (!turn.Succeeded)
            return turn;
        await turns.EndAsync(turn.Value, current => current).ConfigureAwait(false);
        return new StepResult<PhoneNumber>(ErrorCodes.PinNeeded);
    }

    private async Task<StepResult<PhoneNumber>> EndUnsentAsync(PhoneNumber taken, IReadOnlyList<RegistrationPin> before)
    {
        var limited = new OpenStep { Step = StepNames.Register, Code = ErrorCodes.RegisterLimit, Since = time.GetUtcNow() };
        await turns.EndAsync(taken, current => current.NotSent(before, limited)).ConfigureAwait(false);
        Log.Ended(logger, taken.AccountId.ToString(), taken.PhoneNumberId.ToString(), ErrorCodes.RegisterLimit);
        return new StepResult<PhoneNumber>(ErrorCodes.RegisterLimit);
    }

    private async Task<StepResult<PhoneNumber>> EndAsync(PhoneNumber taken, StepResult<GraphDone> sent, NumberFacts? fresh)
    {
        var now = time.GetUtcNow();
        var used = taken.Pins[0];
        var ended = await turns.EndAsync(
            taken, current => sent.Succeeded ? current.Registered(used, fresh, now) : current.NotRegistered(used, sent.ToOpenStep(StepNames.Register, now))).ConfigureAwait(false);
        Log.Ended(logger, taken.AccountId.ToString(), taken.PhoneNumberId.ToString(), sent.Code ?? "ok");
        return sent.Succeeded ? new StepResult<PhoneNumber>(ended) : new StepResult<PhoneNumber>(sent.Code, sent.Error);
    }

    private static partial class Log
    {
        [LoggerMessage(1210, LogLevel.Information, "Account {Account}: registering number {Number} ended as {Result}")]
        public static partial void Ended(ILogger logger, string account, string number, string result);
    }
}
