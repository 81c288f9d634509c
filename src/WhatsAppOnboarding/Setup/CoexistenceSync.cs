using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// Asks for what a number has in the WhatsApp Business app. Meta takes each request once, within a day of the signup, so it is recorded before it is
/// sent; only what Meta definitely refused may be asked for again.
/// </summary>
internal sealed class CoexistenceSync(NumberWork work, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>The steps, in Meta's order.</summary>
    public static IReadOnlyList<string> Steps { get; } = [.. StepTable.All.Where(step => step.IsTakenOnce).Select(step => step.Name)];

    /// <summary>Whether Meta's own words say that the number is in use in the app and with the API.</summary>
    public static bool IsConfirmed(PhoneNumber number) => number.IsOnBizApp is true && number.PlatformType == PlatformType.CloudApi;

    public async Task<StepResult<PhoneNumber>> RunAsync(PhoneNumber number, string step, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
            return new StepResult<PhoneNumber>(ErrorCodes.Pending);
        if (work.TokenOf(number) is not { } token)
            return new StepResult<PhoneNumber>(ErrorCodes.TokenUnreadable);
        if (number.Syncs.FirstOrDefault(sync => sync.Step == step) is { } earlier)
            return new StepResult<PhoneNumber>(earlier.RequestId is null ? ErrorCodes.SyncOver : ErrorCodes.StepNotOpen);

        var now = time.GetUtcNow();
        var isOver = now - number.ConnectedAt >= Window;
        return await work.RunAsync(
            number,
            step,
            current => current.Syncing(step, now, isOver),
            _ => isOver ? Task.FromResult(new StepResult<AppDataRequest>(ErrorCodes.SyncOver)) : work.SendAsync(CallOf(token, number.PhoneNumberId, step), deadline),
            (current, sent) => Ended(current, step, sent)).ConfigureAwait(false);
    }

    private static GraphCall<AppDataRequest> CallOf(AccessToken token, PhoneNumberId number, string step) =>
        NumberCalls.SyncAppData(token, number, step == StepNames.SyncHistory ? AppDataKind.History : AppDataKind.Contacts);

    private PhoneNumber Ended(PhoneNumber current, string step, StepResult<AppDataRequest> sent) => sent.Succeeded
        ? current.Synced(step, sent.Value.RequestId)
        : current.NotSynced(sent.ToOpenStep(step, time.GetUtcNow()), sent.IsRefused || sent.Error?.Kind is GraphErrorKind.Throttled);
}
