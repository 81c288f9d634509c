using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// How something is done at Meta for a number: one request at a time, whatever node it is on; what Meta rations is counted first; and what comes of it is kept
/// only if the number is still the one with which it began, because a connect in between starts a new generation.
/// </summary>
internal sealed partial class NumberWork(
    NumberAuthority numbers, IGraphClient graph, NumberSealing tokens, MetaCalls budget, LibraryMetrics metrics, TimeProvider time, ILogger<NumberWork> logger)
{
    /// <summary>The number's token, if it can be used.</summary>
    public AccessToken? TokenOf(PhoneNumber number) => tokens.OpenUsable(number);

    /// <summary>Reads the number anew at Meta and notes what it says.</summary>
    public async Task<StepResult<ReadNumber>> ReadAsync(PhoneNumber number, CancellationToken deadline)
    {
        if (TokenOf(number) is not { } token)
            return new StepResult<ReadNumber>(ErrorCodes.TokenUnreadable);
        var read = await graph.RunAsync(NumberCalls.ReadNumber(token, number.PhoneNumberId), deadline).ConfigureAwait(false);
        if (!read.Succeeded)
            return new StepResult<ReadNumber>(read.Code, read.Error);

        var now = time.GetUtcNow();
        var decision = RegistrationDecisions.Of(number, read.Value, number.MayBeCoexistence());
        var write = await numbers.WriteAsync(
            number.AccountId,
            account => account.Find(number.PhoneNumberId) is { IsHeld: true } current && current.Generation == number.Generation
                && current.Refreshed(read.Value, decision, now) is var changed && changed != current ? [changed] : [],
            CancellationToken.None).ConfigureAwait(false);
        return new StepResult<ReadNumber>(new ReadNumber(number, write.After.Find(number.PhoneNumberId) ?? number, read.Value, decision));
    }

    /// <summary>Makes a call. When the deadline ends it, whether Meta did what was asked is not known.</summary>
    public Task<StepResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken deadline)
        where T : class => graph.RunAsync(call, deadline);

    /// <summary>Makes a call that Meta rations, if one is left; counted before it is made.</summary>
    public async Task<StepResult<GraphDone>> SendAsync(PhoneNumberId number, StepRow step, string limitCode, GraphCall<GraphDone> call, CancellationToken deadline) =>
        await budget.TakeAsync(number, step, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false)
            ? await graph.RunAsync(call, deadline).ConfigureAwait(false)
            : new StepResult<GraphDone>(limitCode);

    /// <summary>Only a person can say the PIN, or that it is to be registered all the same.</summary>
    public Task<StepResult<PhoneNumber>> AskAsync(PhoneNumber number, string code, DateTimeOffset now) => RunAsync(
        number,
        StepNames.Register,
        current => current.WithOpenStep(StepNames.Register, code, now),
        _ => Task.FromResult(new StepResult<GraphDone>(code)),
        (current, _) => current);

    /// <summary>Does a step in the number's turn.</summary>
    /// <param name="number">The number as it was read.</param>
    /// <param name="step">The step.</param>
    /// <param name="begin">The first change, in one commit with the turn and run again from the newest state as in every write; null when there is nothing to do after all.</param>
    /// <param name="send">What is done at Meta, for the number as it was taken.</param>
    /// <param name="end">The last change, in one commit with the turn's end.</param>
    /// <returns>The number as it is then, or why it is not done.</returns>
    public async Task<StepResult<PhoneNumber>> RunAsync<T>(
        PhoneNumber number,
        string step,
        Func<PhoneNumber, PhoneNumber?> begin,
        Func<PhoneNumber, Task<StepResult<T>>> send,
        Func<PhoneNumber, StepResult<T>, PhoneNumber> end)
        where T : class
    {
        var turn = await TakeAsync(number, step, begin).ConfigureAwait(false);
        if (!turn.Succeeded)
            return turn;
        var sent = await send(turn.Value).ConfigureAwait(false);
        var ended = await EndAsync(turn.Value, current => end(current, sent)).ConfigureAwait(false);
        metrics.StepEnded(step, sent.Code);
        var level = ErrorCatalogue.LevelOf(sent.Code);
        var (account, id) = (number.AccountId.ToString(), number.PhoneNumberId.ToString());
        object metaCode = sent.Error?.Code is { } said ? said : "-";
        var (result, trace) = (sent.Code ?? "ok", sent.Error?.TraceId ?? "-");
        LogEnded(level, account, step, id, result, metaCode, trace);
        return sent.Succeeded ? new StepResult<PhoneNumber>(ended) : new StepResult<PhoneNumber>(sent.Code, sent.Error);
    }

    private async Task<StepResult<PhoneNumber>> TakeAsync(PhoneNumber number, string step, Func<PhoneNumber, PhoneNumber?> begin)
    {
        var now = time.GetUtcNow();
        var mine = new RunningStep { Id = Guid.NewGuid(), Step = step, StartedAt = now };
        var write = await numbers.WriteAsync(
            number.AccountId,
            account => account.Find(number.PhoneNumberId) is { } current && IsFree(current) && begin(current) is { } begun ? [begun with { Running = mine }] : [],
            CancellationToken.None).ConfigureAwait(false);

        var after = write.After.Find(number.PhoneNumberId);
        return after switch
        {
            { Running: { } running } when running.Id == mine.Id => new StepResult<PhoneNumber>(after),
            { IsHeld: true, Running: { } running } when running.IsAlive(now) => new StepResult<PhoneNumber>(ErrorCodes.StepRunning),
            { IsHeld: true } when after.Generation == number.Generation => new StepResult<PhoneNumber>(ErrorCodes.StepNotOpen),
            _ => new StepResult<PhoneNumber>(ErrorCodes.NotConnected),
        };

        bool IsFree(PhoneNumber current) =>
            current.IsHeld && current.Generation == number.Generation && current.Running?.Id != mine.Id && current.Running?.IsAlive(now) != true;
    }

    /// <summary>Of a number that was disconnected meanwhile only what outlives that is changed; one that is gone is as it was taken.</summary>
    private async Task<PhoneNumber> EndAsync(PhoneNumber taken, Func<PhoneNumber, PhoneNumber> end)
    {
        var write = await numbers.WriteAsync(
            taken.AccountId,
            account => account.Find(taken.PhoneNumberId) is { Running: { } running } current && running.Id == taken.Running?.Id
                ? [Changed(current) with { Running = null }]
                : [],
            CancellationToken.None).ConfigureAwait(false);
        return write.After.Find(taken.PhoneNumberId) ?? taken;

        PhoneNumber Changed(PhoneNumber current)
        {
            if (current.Generation != taken.Generation)
                return current;
            var changed = end(current);
            return current.IsHeld ? changed : current with
            {
                Pins = changed.Pins,
                Syncs = changed.Syncs,
                OpenSteps = [.. current.OpenSteps.Where(open => open.Step is StepNames.Unsubscribe or StepNames.Deregister), .. changed.RegistrationRefused()],
            };
        }
    }

    [LoggerMessage(EventId = 1210, Message = "Account {Account}: {Step} for number {Number} ended as {Result} (Meta's code {Code}, fbtrace_id {TraceId})")]
    private partial void LogEnded(LogLevel level, string account, string step, string number, string result, object code, string traceId);
}

/// <summary>A number that was read anew, and what a person may have done for it as Meta describes it now.</summary>
/// <param name="Before">As it was kept before.</param>
/// <param name="Number">As it is kept now.</param>
/// <param name="Fresh">As Meta describes it; what is missing is unknown.</param>
/// <param name="Decision">What to do about its registration, by Meta's description alone.</param>
internal sealed record ReadNumber(PhoneNumber Before, PhoneNumber Number, NumberFacts Fresh, RegistrationDecision Decision)
{
    /// <summary>Whether a step may be done; if not, the code is null when it turns out to be done already, else why not.</summary>
    /// <param name="step">One that is asked for by its name, of a number and not of its WABA.</param>
    public (bool IsOpen, string? Code) Allows(StepRow step) => step switch
    {
        { Name: StepNames.Register } => AllowsRegister(),
        { Opens: StepNames.Verify } => AllowsVerify(),
        { IsTakenOnce: true } => (Fresh.IsOnBizApp is true && Fresh.PlatformType == PlatformType.CloudApi, ErrorCodes.StepNotOpen),
        _ => (false, ErrorCodes.StepNotOpen),
    };

    private (bool IsOpen, string? Code) AllowsRegister() => Decision switch
    {
        RegistrationDecision.Register or RegistrationDecision.AskPerson => (true, null),
        RegistrationDecision.Registered => (false, Before.IsOpen(StepNames.Register) ? null : ErrorCodes.StepNotOpen),
        RegistrationDecision.OnBusinessApp => (false, ErrorCodes.OnBusinessApp),
        RegistrationDecision.CodeNeeded => (Fresh.CodeVerificationStatus == CodeVerificationStatus.Verified, ErrorCodes.CodeNeeded),
        _ => (Before.IsOpen(StepNames.Register), ErrorCodes.RegistrationUnknown),
    };

    private (bool IsOpen, string? Code) AllowsVerify() => Decision switch
    {
        RegistrationDecision.OnBusinessApp => (false, ErrorCodes.OnBusinessApp),
        RegistrationDecision.Registered => (false, ErrorCodes.StepNotOpen),
        _ when Fresh.CodeVerificationStatus == CodeVerificationStatus.Verified && !Before.IsAskedForCode => (false, ErrorCodes.AlreadyVerified),
        RegistrationDecision.CodeNeeded or RegistrationDecision.AskPerson => (true, null),
        _ => (Before.IsOpen(StepNames.Verify), ErrorCodes.StepNotOpen),
    };
}
