using System.Collections.Concurrent;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Disconnect;

/// <summary>
/// Unsubscribes the app from the WABAs of disconnected numbers and wipes their tokens. Takes up whatever an earlier disconnect left open.
/// </summary>
internal sealed class WabaLeaving(NumberAuthority numbers, TokenProtection protection, WabaSubscription subscription, TimeProvider time)
{
    private const int WabasAtOnce = 8;

    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(20);

    /// <summary>The WABAs that stay open, each with the code of why.</summary>
    public async Task<IReadOnlyDictionary<WabaId, string>> RunAsync(AccountPhoneNumbers account, DisconnectScope scope)
    {
        var open = new ConcurrentDictionary<WabaId, string>();
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        await Parallel.ForEachAsync(
            account.Numbers.Where(number => IsLeaving(number) && scope.Covers(number)).GroupBy(number => number.WabaId),
            new ParallelOptions { MaxDegreeOfParallelism = WabasAtOnce },
            async (waba, _) =>
            {
                var left = await LeaveAsync(waba.Key, [.. waba], deadline.Token).ConfigureAwait(false);
                if (!left.Succeeded)
                    open[waba.Key] = left.Code;
                await RecordAsync(account.Reference.AccountId, [.. waba], left).ConfigureAwait(false);
            }).ConfigureAwait(false);
        return open;
    }

    private static bool IsLeaving(PhoneNumber number) => number is { IsHeld: false, Token: not null };

    private async Task<StepResult<GraphDone>> LeaveAsync(WabaId waba, IReadOnlyList<PhoneNumber> leaving, CancellationToken deadline)
    {
        var now = time.GetUtcNow();
        if (leaving.All(number => number.IsOverdue(now)))
            return new StepResult<GraphDone>(new GraphDone());

        AccessToken[] tokens =
        [
            .. leaving
                .Where(number => !number.IsOverdue(now))
                .OrderByDescending(number => number.ConnectSequence)
                .Select(protection.Open)
                .OfType<AccessToken>()
                .DistinctBy(token => token.Reveal()),
        ];
        var released = await subscription.ReleaseAsync(waba, tokens, deadline).ConfigureAwait(false);

        // A token that is dead can do nothing more. Any other no may be for a while, so the step stays open until its time is over.
        return released.Error?.Kind is GraphErrorKind.TokenInvalid ? new StepResult<GraphDone>(new GraphDone()) : released;
    }

    private async Task RecordAsync(AccountId account, IReadOnlyList<PhoneNumber> leaving, StepResult<GraphDone> left) => await numbers.WriteAsync(
        account,
        now => [.. leaving
            .Select(number => now.Find(number.PhoneNumberId) is { } current && current.Generation == number.Generation && IsLeaving(current) ? current : null)
            .OfType<PhoneNumber>()
            .Select(number => left.Succeeded
                ? number.WithoutToken()
                : number.WithOpenStep(left.ToOpenStep(StepNames.Unsubscribe, time.GetUtcNow())))],
        CancellationToken.None).ConfigureAwait(false);
}
