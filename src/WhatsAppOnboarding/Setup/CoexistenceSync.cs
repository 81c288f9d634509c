using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// Asks for what a number has in the WhatsApp Business app. Meta takes each request once, within a day of the signup, so it is recorded before it is
/// sent; only what Meta definitely refused may be asked for again.
/// </summary>
internal sealed partial class CoexistenceSync(StepCalls calls, NumberTurns turns, TokenProtection tokens, TimeProvider time, ILogger<CoexistenceSync> logger)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>The steps, in Meta's order.</summary>
    public static IReadOnlyList<string> Steps { get; } = [StepNames.SyncContacts, StepNames.SyncHistory];

    /// <summary>Whether Meta's own words say that the number is in use in the app and with the API.</summary>
    public static bool IsConfirmed(PhoneNumber number) => number.IsOnBizApp is true && number.PlatformType == PlatformType.CloudApi;

    public async Task<StepResult<PhoneNumber>> RunAsync(PhoneNumber number, string step, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
            return new StepResult<PhoneNumber>(ErrorCodes.Pending);
        if (tokens.OpenUsable(number) is not { } token)
            return new StepResult<PhoneNumber>(ErrorCodes.TokenUnreadable);
        if (number.Syncs.FirstOrDefault(sync => sync.Step == step) is { } earlier)
            return new StepResult<PhoneNumber>(earlier.RequestId is null ? ErrorCodes.SyncOver : ErrorCodes.StepNotOpen);

        var now = time.GetUtcNow();
        var isOver = now - number.ConnectedAt >= Window;
        var turn = await turns.TakeAsync(number, step, current => current.Syncing(step, now, isOver)).ConfigureAwait(false);
        if (!turn.Succeeded)
            return turn;

        var sent = isOver
            ? new StepResult<AppDataRequest>(ErrorCodes.SyncOver)
            : await SendAsync(token, number.PhoneNumberId, step, deadline).ConfigureAwait(false);
        var ended = await turns.EndAsync(turn.Value, current => Ended(current, step, sent)).ConfigureAwait(false);
        Log.Ended(logger, number.AccountId.ToString(), number.PhoneNumberId.ToString(), step, sent.Code ?? "ok");
        return sent.Succeeded ? new StepResult<PhoneNumber>(ended) : new StepResult<PhoneNumber>(sent.Code, sent.Error);
    }

    private Task<StepResult<AppDataRequest>> SendAsync(AccessToken token, PhoneNumberId number, string step, CancellationToken deadline) =>
        calls.SendAsync(NumberCalls.SyncAppData(token, number, step == StepNames.SyncHistory ? AppDataKind.History : AppDataKind.Contacts), deadline);

    private PhoneNumber Ended(PhoneNumber current, string step, StepResult<AppDataRequest> sent) => sent.Succeeded
        ? current.Synced(step, sent.Value.RequestId)
        : current.NotSynced(sent.ToOpenStep(step, time.GetUtcNow()), sent.IsRefused || sent.Error?.Kind is GraphErrorKind.Throttled);

    private static partial class Log
    {
        [LoggerMessage(1212, LogLevel.Information, "Account {Account}: {Step} for number {Number} ended as {Result}")]
        public static partial void Ended(ILogger logger, string account, string number, string step, string result);
    }
}
