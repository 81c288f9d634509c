using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding.Disconnect;

/// <summary>
/// Unsubscribes the app from the WABAs of disconnected numbers and wipes their tokens. Takes up whatever an earlier disconnect left open.
/// </summary>
internal sealed class WabaLeaving(IPhoneNumberStore numbers, TokenProtection protection, WabaSubscription subscription, TimeProvider time)
{
    /// <summary>The WABAs that stay open, each with the code of why.</summary>
    public async Task<IReadOnlyDictionary<WabaId, string>> RunAsync(AccountPhoneNumbers account, DisconnectScope scope)
    {
        var open = new Dictionary<WabaId, string>();
        foreach (var waba in account.Numbers.Where(number => IsLeaving(number) && scope.Covers(number)).GroupBy(number => number.WabaId))
        {
            var left = await LeaveAsync(waba.Key, [.. waba]).ConfigureAwait(false);
            if (!left.Succeeded)
                open[waba.Key] = left.Code;
            await RecordAsync(account.Reference.AccountId, [.. waba], left).ConfigureAwait(false);
        }

        return open;
    }

    private static bool IsLeaving(PhoneNumber number) => number is { IsHeld: false, Token: not null };

    private async Task<StepResult<GraphDone>> LeaveAsync(WabaId waba, IReadOnlyList<PhoneNumber> leaving)
    {
        var now = time.GetUtcNow();
        if (leaving.All(number => number.IsOverdue(now)))
            return new StepResult<GraphDone>(new GraphDone());

        var token = leaving
            .Where(number => !number.IsOverdue(now))
            .OrderByDescending(number => number.ConnectSequence)
            .Select(protection.Open)
            .FirstOrDefault(opened => opened is not null);
        var released = await subscription.ReleaseAsync(waba, token, CancellationToken.None).ConfigureAwait(false);

        // A token that opens nothing any more can do nothing more either.
        return released.Error?.Kind is GraphErrorKind.TokenInvalid or GraphErrorKind.PermissionMissing or GraphErrorKind.NotFound
            ? new StepResult<GraphDone>(new GraphDone())
            : released;
    }

    private async Task RecordAsync(AccountId account, IReadOnlyList<PhoneNumber> leaving, StepResult<GraphDone> left) => await numbers.WriteAsync(
        account,
        now => [.. leaving
            .Select(number => now.Find(number.PhoneNumberId) is { } current && current.Generation == number.Generation && IsLeaving(current) ? current : null)
            .OfType<PhoneNumber>()
            .Select(number => left.Succeeded
                ? number.WithoutOpenStep(StepNames.Unsubscribe) with { Token = null, TokenKeptUntil = null }
                : number.WithOpenStep(left.ToOpenStep(StepNames.Unsubscribe, time.GetUtcNow())))],
        CancellationToken.None).ConfigureAwait(false);
}
