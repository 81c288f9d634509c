using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// What the word of a Facebook user changes: only numbers whose token is that person's, and never a token of a system user; and even there it is a hint
/// that Meta is asked about.
/// </summary>
internal sealed partial class Grantors(
    NumberAuthority numbers, NoticeFollower follower, IOptionsMonitor<WhatsAppOnboardingOptions> options, ILogger<Grantors> logger)
{
    private const int AccountsAtOnce = 16;

    /// <summary>Has the person's access looked at in every account that holds it.</summary>
    public Task DoubtAsync(SignedRequestContent request) => EachAsync(request, (_, _) => Task.CompletedTask);

    /// <summary>The same, and then forgets that it was this person.</summary>
    public Task ForgetAsync(SignedRequestContent request) => EachAsync(request, (account, hashes) => ForgetAsync(account, hashes, request));

    private async Task EachAsync(SignedRequestContent request, Func<AccountId, string[], Task> then)
    {
        var hashes = HashesOf(request.UserId);
        var granted = await numbers.FindGrantedByAsync(hashes, CancellationToken.None).ConfigureAwait(false);
        var notice = new MetaNotice { Kind = MetaNotice.AccessKind, Event = MetaEvents.Deauthorized, At = request.IssuedAt, StopsSending = true };
        var failures = new ConcurrentBag<Exception>();
        await Parallel.ForEachAsync(
            granted.Where(number => IsMeant(number, request)).GroupBy(number => number.AccountId),
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce },
            async (account, _) =>
            {
                try
                {
                    LogDoubted(account.Key.ToString(), account.Count());
                    await follower.HoldAsync(
                        account.Key, read => read.Numbers.Where(number => number.IsHeld && IsOf(number, hashes, request)), notice, CancellationToken.None).ConfigureAwait(false);
                    await then(account.Key, hashes).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    // One account's trouble keeps nothing from the others.
                    failures.Add(exception);
                }
            }).ConfigureAwait(false);
        if (!failures.IsEmpty)
            throw new AggregateException(failures);
    }

    private string[] HashesOf(string user) =>
        [.. new[] { options.CurrentValue.AppSecret, options.CurrentValue.PreviousAppSecret }.OfType<string>().Select(secret => GrantorHash.Of(user, secret))];

    /// <summary>What was connected after the request was made is a new grant, which an old request that comes again says nothing of.</summary>
    private static bool IsMeant(PhoneNumber number, SignedRequestContent request) =>
        number.ConnectedAt <= request.IssuedAt + SignedRequest.ClockSlack;

    private static bool IsOf(PhoneNumber number, string[] hashes, SignedRequestContent request) =>
        number.GrantedBy is { } hash && hashes.Contains(hash) && IsMeant(number, request);

    private async Task ForgetAsync(AccountId account, string[] hashes, SignedRequestContent request) => await numbers.WriteAsync(
        account,
        now => [.. now.Numbers.Where(number => IsOf(number, hashes, request)).Select(number => number.WithoutGrantor())],
        CancellationToken.None).ConfigureAwait(false);

    [LoggerMessage(1611, LogLevel.Warning, "Account {Account}: the person who granted access to {Count} numbers may have taken it back; Meta is asked")]
    private partial void LogDoubted(string account, int count);
}
