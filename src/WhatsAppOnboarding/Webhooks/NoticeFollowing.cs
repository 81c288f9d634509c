using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.MetaNotices;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Has the authority follow what Meta says of a number or WABA, before handlers see it: for every account that holds the WABA, whether or not it
/// receives events of it.
/// </summary>
internal sealed partial class NoticeFollowing(IServiceScopeFactory scopes, ILogger<NoticeFollowing> logger)
{
    /// <summary>Whether it could follow in everything.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<WebhookItem> items, Holders holders, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var followed = true;
        foreach (var item in items)
        {
            if (item.Change.RoutedWaba is not { } waba || !NoticeFollower.Concerns(item.Change.Field))
                continue;
            foreach (var account in holders.AccountsOf(waba))
                followed &= await FollowAsync(account, waba, item, receivedAt, cancellationToken).ConfigureAwait(false);
        }

        return followed;
    }

    private async Task<bool> FollowAsync(AccountId account, WabaId waba, WebhookItem item, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await scope.ServiceProvider.GetRequiredService<NoticeFollower>()
                    .ApplyAsync(account, waba, item.Content, item.Change.EntryTime ?? receivedAt, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception exception)
        {
            Log.NotFollowed(logger, exception, item.Change.Field, account.ToString());
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1512, LogLevel.Error, "The authority could not follow {Field} for account {Account}; Meta will bring it again")]
        public static partial void NotFollowed(ILogger logger, Exception exception, string field, string account);
    }
}
