using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// What is done at Meta for a number: registering it, verifying it by a code where that comes first, and asking for what it has in the WhatsApp Business app.
/// Nothing is ever repeated by itself. Whether it may be done is decided by whoever calls this.
/// </summary>
internal sealed class NumberSteps(NumberWork work, NumberSealing pins, TimeProvider time)
{
    /// <summary>The steps of what is asked for of the app, in Meta's order.</summary>
    public static IReadOnlyList<string> Syncs { get; } = [.. StepTable.All.Where(step => step.IsTakenOnce).Select(step => step.Name)];

    /// <summary>Whether Meta's own words say that the number is in use in the app and with the API.</summary>
    public static bool IsConfirmedCoexistence(PhoneNumber number) => number.IsOnBizApp is true && number.PlatformType == PlatformType.CloudApi;

    /// <summary>Registers it: the PIN is stored before it is sent, and the request is counted before it is made.</summary>
    /// <param name="number">The number as it was read.</param>
    /// <param name="given">The PIN that a person gave; null for one that is kept, or a new one.</param>
    /// <param name="deadline">Ends the wait for Meta.</param>
    /// <returns>The number as it is now, or why it is not registered: the step is open then.</returns>
    public async Task<StepResult<PhoneNumber>> RegisterAsync(PhoneNumber number, TwoStepPin? given, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
            return new StepResult<PhoneNumber>(ErrorCodes.Pending);
        if (work.TokenOf(number) is not { } token)
            return new StepResult<PhoneNumber>(ErrorCodes.TokenUnreadable);

        var now = time.GetUtcNow();
        var choice = new PinChoice(pins, number, given, now);
        if (!choice.IsKnown && number.OpenSteps.Any(open => open is { Step: StepNames.Register, Code: ErrorCodes.PinNeeded }))
            return new StepResult<PhoneNumber>(ErrorCodes.PinNeeded);
        if (choice.NeedsPerson)
            return await work.AskAsync(number, ErrorCodes.PinNeeded, now).ConfigureAwait(false);

        RegistrationPin? used = null;
        NumberFacts? fresh = null;
        return await work.RunAsync(
            number, StepNames.Register, current => current.Registering(choice.Of(current.Pins), now), SendAsync, Ended).ConfigureAwait(false);

        async Task<StepResult<GraphDone>> SendAsync(PhoneNumber taken)
        {
            // Opened again from what is stored: a PIN that could not be read later must not be set.
            used = taken.Pins[0];
            if (pins.Open(taken, used) is not { } pin)
                return new StepResult<GraphDone>(ErrorCodes.PinUnknown);
            var sent = await work.SendAsync(
                number.PhoneNumberId, StepTable.Register, ErrorCodes.RegisterLimit, NumberCalls.Register(token, number.PhoneNumberId, pin), deadline).ConfigureAwait(false);

            // That it needs no registration in the app is believed only when the number itself says that it is there.
            if (sent.Succeeded || sent.Code is ErrorCodes.OnBusinessApp)
                fresh = (await work.SendAsync(NumberCalls.ReadNumber(token, number.PhoneNumberId), deadline).ConfigureAwait(false)).Value;
            return sent;
        }

        PhoneNumber Ended(PhoneNumber current, StepResult<GraphDone> sent)
        {
            if (sent.Succeeded)
                return current.Registered(used!, fresh, time.GetUtcNow());
            var open = sent.ToOpenStep(StepNames.Register, time.GetUtcNow());
            if (sent.Code is ErrorCodes.OnBusinessApp && fresh is { IsOnBizApp: true })
                return current.NotSent(number.Pins, open).Refreshed(fresh, RegistrationDecision.OnBusinessApp, time.GetUtcNow());

            // Only a limit that is not Meta's word is ours, and then nothing was sent.
            return sent is { Code: ErrorCodes.RegisterLimit, Error: null } ? current.NotSent(number.Pins, open) : current.NotRegistered(used!, open);
        }
    }

    /// <summary>Has Meta send a code.</summary>
    public Task<StepResult<PhoneNumber>> RequestCodeAsync(PhoneNumber number, bool byCall, string language, CancellationToken deadline) =>
        VerifyAsync(
            number, StepTable.RequestCode, token => NumberCalls.RequestCode(token, number.PhoneNumberId, byCall, language), RegistrationTransitions.NeedsCode, deadline);

    /// <summary>Hands the code in, and registers the number if everything speaks for it. The registration that fails then, or waits for a person, is a step of its own.</summary>
    public async Task<StepResult<PhoneNumber>> VerifyCodeAsync(PhoneNumber number, string code, CancellationToken deadline)
    {
        var verified = await VerifyAsync(
            number, StepTable.VerifyCode, token => NumberCalls.VerifyCode(token, number.PhoneNumberId, code), RegistrationTransitions.Verified, deadline).ConfigureAwait(false);
        if (!verified.Succeeded)
            return verified;

        var read = await work.ReadAsync(verified.Value, deadline).ConfigureAwait(false);
        if (read.Value is { Decision: RegistrationDecision.Register, Number: var ready })
        {
            await (RegistrationDecisions.Of(ready, ready.MayBeCoexistence()) is RegistrationDecision.Register
                ? RegisterAsync(ready, null, deadline)
                : work.AskAsync(ready, RegistrationDecisions.WhyAsk(ready), time.GetUtcNow())).ConfigureAwait(false);
        }

        return verified;
    }

    /// <summary>
    /// Asks for what it has in the WhatsApp Business app. Meta takes each request once, within a day of the signup, so it is recorded before it is sent; only what
    /// Meta definitely refused may be asked for again.
    /// </summary>
    public async Task<StepResult<PhoneNumber>> SyncAsync(PhoneNumber number, string step, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
            return new StepResult<PhoneNumber>(ErrorCodes.Pending);
        if (work.TokenOf(number) is not { } token)
            return new StepResult<PhoneNumber>(ErrorCodes.TokenUnreadable);
        if (number.Syncs.FirstOrDefault(sync => sync.Step == step) is { } earlier)
            return new StepResult<PhoneNumber>(earlier.RequestId is null && number.IsOpen(step) ? ErrorCodes.SyncOver : ErrorCodes.StepNotOpen);

        var now = time.GetUtcNow();
        var isOver = now - number.ConnectedAt >= StepTable.TakenWithin;
        return await work.RunAsync(
            number,
            step,
            current => current.Syncing(step, now, isOver),
            _ => isOver ? Task.FromResult(new StepResult<AppDataRequest>(ErrorCodes.SyncOver)) : work.SendAsync(CallOf(token, number.PhoneNumberId, step), deadline),
            (current, sent) => SyncEnded(current, step, sent)).ConfigureAwait(false);
    }

    /// <summary>The steps that were to be done at once and that nobody has begun, or whose end nobody knows.</summary>
    public static IEnumerable<string> LeftOf(PhoneNumber number) => number.OpenSteps
        .Where(open => open.Code is ErrorCodes.Pending && (open.Step is StepNames.Register || (Syncs.Contains(open.Step) && number.Syncs.All(sync => sync.Step != open.Step))))
        .Select(open => open.Step);

    /// <summary>Does what somebody else was to do for the number, and died: once, and only if it certainly was not begun. A registration whose end is not known is the person's to order again.</summary>
    public async Task FinishAsync(PhoneNumber number, string step, CancellationToken deadline)
    {
        var read = await work.ReadAsync(number, deadline).ConfigureAwait(false);
        if (!read.Succeeded || read.Value.Number is not { IsHeld: true } fresh || !fresh.IsOpen(step))
            return;
        if (step is not StepNames.Register)
            await (IsConfirmedCoexistence(fresh) ? SyncAsync(fresh, step, deadline) : Task.CompletedTask).ConfigureAwait(false);
        else if (fresh.Running is null && read.Value.Decision is RegistrationDecision.Register)
            await RegisterAsync(fresh, null, deadline).ConfigureAwait(false);
        else
            await work.AskAsync(fresh, fresh.Running is null ? RegistrationDecisions.WhyAsk(fresh) : ErrorCodes.MetaTimeout, time.GetUtcNow()).ConfigureAwait(false);
    }

    private async Task<StepResult<PhoneNumber>> VerifyAsync(
        PhoneNumber number, StepRow step, Func<AccessToken, GraphCall<GraphDone>> call, Func<PhoneNumber, DateTimeOffset, PhoneNumber> done, CancellationToken deadline)
    {
        if (work.TokenOf(number) is not { } token)
            return new StepResult<PhoneNumber>(ErrorCodes.TokenUnreadable);
        var now = time.GetUtcNow();
        return await work.RunAsync(
            number,
            step.Name,
            current => current.IsOpen(StepNames.Verify) ? current : current.NeedsCode(now),
            SendAsync,
            (current, sent) => sent.Succeeded ? done(current, time.GetUtcNow())
                : sent.Code is ErrorCodes.AlreadyVerified ? current.Verified(time.GetUtcNow())
                : current.NotVerified(sent.ToOpenStep(StepNames.Verify, time.GetUtcNow()))).ConfigureAwait(false);

        // The code by which Meta says that a number needs none says other things, too: only the number itself is believed.
        async Task<StepResult<GraphDone>> SendAsync(PhoneNumber taken)
        {
            var sent = await work.SendAsync(number.PhoneNumberId, step, ErrorCodes.CodeLimit, call(token), deadline).ConfigureAwait(false);
            if (sent.Code is not ErrorCodes.CodeNotSent || taken.IsAskedForCode)
                return sent;
            var fresh = await work.SendAsync(NumberCalls.ReadNumber(token, number.PhoneNumberId), deadline).ConfigureAwait(false);
            return fresh.Value?.CodeVerificationStatus == CodeVerificationStatus.Verified ? new StepResult<GraphDone>(ErrorCodes.AlreadyVerified, sent.Error) : sent;
        }
    }

    private static GraphCall<AppDataRequest> CallOf(AccessToken token, PhoneNumberId number, string step) =>
        NumberCalls.SyncAppData(token, number, step == StepNames.SyncHistory ? AppDataKind.History : AppDataKind.Contacts);

    private PhoneNumber SyncEnded(PhoneNumber current, string step, StepResult<AppDataRequest> sent) => sent.Succeeded
        ? current.Synced(step, sent.Value.RequestId)
        : current.NotSynced(sent.ToOpenStep(step, time.GetUtcNow()), sent.IsRefused || sent.Error?.Kind is GraphErrorKind.Throttled);
}

/// <summary>
/// Chooses the PIN to register with and puts it first among the number's PINs: the one that a person gave, else one that is kept, else a new one.
/// What is kept stays behind it, for it may be the right one after all.
/// </summary>
internal sealed class PinChoice(NumberSealing protection, PhoneNumber number, TwoStepPin? given, DateTimeOffset now)
{
    private readonly RegistrationPin _new = new()
    {
        Sealed = protection.Seal(given ?? TwoStepPin.Random(), number.AccountId, number.PhoneNumberId),
        StoredAt = now,
    };

    /// <summary>Whether there is a PIN other than one that would be made up.</summary>
    public bool IsKnown => given is not null || number.Pins.Any(Fits);

    /// <summary>Whether only a person can say the PIN: Meta told that it was changed, and nothing that is kept is newer.</summary>
    public bool NeedsPerson => !IsKnown && number.Notice(MetaNotice.PinKind) is not null;

    public IReadOnlyList<RegistrationPin> Of(IReadOnlyList<RegistrationPin> kept)
    {
        var chosen = kept.FirstOrDefault(Fits) ?? _new;
        return [chosen, .. kept.Where(pin => pin != chosen)];
    }

    private bool Fits(RegistrationPin kept) =>
        protection.Open(number, kept) is { } pin && (given is null ? !number.IsOutdated(kept) : pin.Reveal() == given.Reveal());
}
