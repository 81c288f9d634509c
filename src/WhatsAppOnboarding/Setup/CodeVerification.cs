using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>Verifies a number by a code that Meta sends to it; a number that is verified is then registered if nothing speaks against it.</summary>
internal sealed partial class CodeVerification(
    StepCalls calls, NumberTurns turns, NumberReading reading, Registration registration, MetaCalls budget, TokenProtection tokens, TimeProvider time,
    ILogger<CodeVerification> logger)
{
    /// <summary>Has Meta send a code.</summary>
    public Task<StepResult<PhoneNumber>> RequestAsync(PhoneNumber number, CodeMethod by, string language, CancellationToken deadline) =>
        RunAsync(number, NumberCallLimit.RequestCode, token => NumberCalls.RequestCode(token, number.PhoneNumberId, by, language), RegistrationTransitions.NeedsCode, deadline);

    /// <summary>Hands the code in, and registers the number if it can be. The registration that fails then is a step of its own.</summary>
    public async Task<StepResult<PhoneNumber>> VerifyAsync(PhoneNumber number, string code, CancellationToken deadline)
    {
        var verified = await RunAsync(
            number, NumberCallLimit.VerifyCode, token => NumberCalls.VerifyCode(token, number.PhoneNumberId, code), RegistrationTransitions.Verified, deadline).ConfigureAwait(false);
        if (!verified.Succeeded || tokens.OpenUsable(number) is not { } token)
            return verified;

        var read = await reading.RunAsync(verified.Value, token, deadline).ConfigureAwait(false);
        if (read.Value is { Decision: RegistrationDecision.Register })
            await registration.RunAsync(read.Value.Number, null, deadline).ConfigureAwait(false);
        return verified;
    }

    private async Task<StepResult<PhoneNumber>> RunAsync(
        PhoneNumber number, NumberCallLimit limit, Func<AccessToken, GraphCall<GraphDone>> call, Func<PhoneNumber, DateTimeOffset, PhoneNumber> done, CancellationToken deadline)
    {
        if (tokens.OpenUsable(number) is not { } token)
            return new StepResult<PhoneNumber>(ErrorCodes.TokenUnreadable);
        var now = time.GetUtcNow();
        var turn = await turns.TakeAsync(
            number, StepNames.Verify, current => current.IsOpen(StepNames.Verify) ? current : current.NeedsCode(now)).ConfigureAwait(false);
        if (!turn.Succeeded)
            return turn;

        var sent = await budget.TakeAsync(number.PhoneNumberId, limit, now, CancellationToken.None).ConfigureAwait(false)
            ? await calls.SendAsync(call(token), deadline).ConfigureAwait(false)
            : new StepResult<GraphDone>(ErrorCodes.CodeLimit);
        var ended = await turns.EndAsync(turn.Value, current => sent.Succeeded ? done(current, time.GetUtcNow()) : Failed(current, sent)).ConfigureAwait(false);
        Log.Ended(logger, number.AccountId.ToString(), number.PhoneNumberId.ToString(), limit.Kind, sent.Code ?? "ok");
        return sent.Succeeded ? new StepResult<PhoneNumber>(ended) : new StepResult<PhoneNumber>(sent.Code, sent.Error);
    }

    private PhoneNumber Failed(PhoneNumber number, StepResult<GraphDone> sent) => sent.Code is ErrorCodes.AlreadyVerified
        ? number.ReadyToRegister(time.GetUtcNow())
        : number.WithOpenStep(sent.ToOpenStep(StepNames.Verify, time.GetUtcNow()));

    private static partial class Log
    {
        [LoggerMessage(1211, LogLevel.Information, "Account {Account}: {Step} for number {Number} ended as {Result}")]
        public static partial void Ended(ILogger logger, string account, string number, string step, string result);
    }
}
