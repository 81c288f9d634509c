using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Has the authority follow what Meta says of a number or WABA, before handlers see it: for every account that holds the WABA, whether or not it
/// receives events of it; and what traffic says of a number, for those that receive it. Accounts side by side, for each in the order of the delivery, so that none waits for another.
/// </summary>
internal sealed partial class DeliveryNotices(IServiceScopeFactory scopes, IOptionsMonitor<WhatsAppOnboardingOptions> options, ILogger<DeliveryNotices> logger)
{
    private const int AccountsAtOnce = 16;

    /// <summary>Whether it could follow in everything.</summary>
    public Task<bool> RunAsync(IReadOnlyList<WebhookItem> items, RoutedDelivery routing, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var news = News(items, routing, receivedAt);
        return news.Count == 0 ? Task.FromResult(true) : FollowAllAsync(news.ToLookup(one => one.Account, one => one.Item), receivedAt, cancellationToken);
    }

    /// <summary>Most of what comes says nothing new of a number, and is nothing to follow.</summary>
    private static List<(AccountId Account, WebhookItem Item)> News(IReadOnlyList<WebhookItem> items, RoutedDelivery routing, DateTimeOffset receivedAt)
    {
        var news = new List<(AccountId, WebhookItem)>();
        foreach (var item in items)
        {
            if (item.Change is { Known.IsFollowed: true, RoutedWaba: { } waba })
                news.AddRange(routing.Holders.AccountsOf(waba).Select(account => (account, item)));
        }

        foreach (var one in routing.Items)
        {
            if (one.Receiver is { } receiver && !ReferenceEquals(receiver.After(one.Item, receivedAt), receiver))
                news.Add((one.AccountId, one.Item));
        }

        return news;
    }

    private async Task<bool> FollowAllAsync(ILookup<AccountId, WebhookItem> byAccount, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
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
                    foreach (var item in account.Where(item => item.Change.Known is { IsFollowed: true }))
                    {
                        if (!await FollowAsync(account.Key, item.Change.Field, () => follower.ApplyAsync(account.Key, item.Change.RoutedWaba!.Value, item.Content!, item.Change.EntryTime, receivedAt, own.Token)).ConfigureAwait(false))
                            Interlocked.Increment(ref missed);
                    }

                    // All of it in one write. What could not be written shows again with what comes next, so that Meta need not bring it again.
                    WebhookItem[] traffic = [.. account.Where(item => item.Change.Known is not { IsFollowed: true })];
                    if (traffic.Length > 0)
                        await FollowAsync(account.Key, traffic[0].Change.Field, () => follower.NoteAsync(account.Key, number => traffic.Aggregate(number, (after, item) => after.After(item, receivedAt)), own.Token)).ConfigureAwait(false);
                }).ConfigureAwait(false);
            return missed == 0;
        }
    }

    private async Task<bool> FollowAsync(AccountId account, string field, Func<Task> follow)
    {
        try
        {
            await follow().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            LogNotFollowed(exception, field, account.ToString());
            return false;
        }
    }

    [LoggerMessage(1512, LogLevel.Error, "The authority could not follow {Field} for account {Account}; it will come again")]
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

    /// <summary>Applies what traffic says to the account's numbers, in one write; a change that leaves a number as it is writes nothing.</summary>
    Task NoteAsync(AccountId account, Func<PhoneNumber, PhoneNumber> change, CancellationToken cancellationToken);
}
