using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Has the authority follow what Meta says of a number or WABA, before handlers see it: for every account that holds the WABA, whether or not it
/// receives events of it. Accounts side by side, for each in the order of the delivery, so that none waits for another.
/// </summary>
internal sealed partial class DeliveryNotices(IServiceScopeFactory scopes, IOptionsMonitor<WhatsAppOnboardingOptions> options, ILogger<DeliveryNotices> logger)
{
    private const int AccountsAtOnce = 16;

    /// <summary>Whether it could follow in everything.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<WebhookItem> items, Holders holders, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        WebhookItem[] concerned = [.. items.Where(item => item.Change.RoutedWaba is not null && item.Change.Known is { IsFollowed: true })];
        if (concerned.Length == 0)
            return true;

        var byAccount = concerned
            .SelectMany(item => holders.AccountsOf(item.Change.RoutedWaba!.Value), (item, account) => (item, account))
            .ToLookup(one => one.account, one => one.item);

        // Half of the time at most, and of that so much for each that every account has its turn: one whose numbers cannot be written takes nothing from the others
        // or from handlers.
        var half = options.CurrentValue.Webhooks.DeliveryTimeout / 2;
        var turn = half / Math.Max(1, (byAccount.Count + AccountsAtOnce - 1) / AccountsAtOnce);
        using var share = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        share.CancelAfter(half);

        // One scope for the delivery: the time for checks at Meta is shared by all of it.
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var follower = scope.ServiceProvider.GetRequiredService<INoticeFollower>();
            var missed = 0;
            await Parallel.ForEachAsync(
                byAccount,
                new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce },
                async (account, _) =>
                {
                    using var own = CancellationTokenSource.CreateLinkedTokenSource(share.Token);
                    own.CancelAfter(turn);
                    foreach (var item in account)
                    {
                        if (!await FollowAsync(follower, account.Key, item, receivedAt, own.Token).ConfigureAwait(false))
                            Interlocked.Increment(ref missed);
                    }
                }).ConfigureAwait(false);
            return missed == 0;
        }
    }

    private async Task<bool> FollowAsync(INoticeFollower follower, AccountId account, WebhookItem item, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        try
        {
            await follower.ApplyAsync(account, item.Change.RoutedWaba!.Value, item.Content!, item.Change.EntryTime, receivedAt, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            LogNotFollowed(exception, item.Change.Field, account.ToString());
            return false;
        }
    }

    [LoggerMessage(1512, LogLevel.Error, "The authority could not follow {Field} for account {Account}; Meta will bring it again")]
    private partial void LogNotFollowed(Exception exception, string field, string account);
}

/// <summary>Makes what Meta says of a number or its WABA true in the authority.</summary>
internal interface INoticeFollower
{
    /// <summary>Applies it to the account's numbers of the WABA; the same event again changes nothing.</summary>
    /// <param name="account">The account.</param>
    /// <param name="waba">The WABA that the event is about.</param>
    /// <param name="content">What it says.</param>
    /// <param name="at">When it happened; null when Meta does not say.</param>
    /// <param name="receivedAt">When it arrived.</param>
    /// <param name="cancellationToken">Gives up before the commit, never half-way.</param>
    Task ApplyAsync(AccountId account, WabaId waba, EventContent content, DateTimeOffset? at, DateTimeOffset receivedAt, CancellationToken cancellationToken);
}
