using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// What follows of a restore of a backup: what it says of numbers counts only once Meta has proved it, which upkeep finds out; and what it was about to undo at Meta is undone
/// no more, because it may have been connected since.
/// </summary>
internal sealed partial class Restoration(
    NumberAuthority numbers, AttemptUndo undo, LinkRecords links, IGraphClient graph, NumberSealing protection, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<Restoration> logger)
{
    // As often as what is left at Meta is tried again.
    private static readonly TimeSpan RepeatedAtLeast = TimeSpan.FromHours(6);

    /// <summary>How many numbers are to be proved.</summary>
    public async Task<int> MarkAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var marked = await numbers.MarkUnprovedAsync(now, cancellationToken).ConfigureAwait(false);
        var revoked = await links.RevokeAllAsync(now, cancellationToken).ConfigureAwait(false);
        var forgotten = await undo.ForgetAsync(cancellationToken).ConfigureAwait(false);
        LogMarked(marked, forgotten, revoked);
        return marked;
    }

    /// <summary>Ends what the account's numbers that it holds no more were kept for. Only where Meta does not answer they wait, for it is to be known whether the app is left behind.</summary>
    public async Task<AccountPhoneNumbers> GiveUpAsync(AccountPhoneNumbers account, CancellationToken deadline)
    {
        foreach (var waba in account.Numbers.Where(IsLeft).GroupBy(number => number.WabaId).TakeWhile(_ => !deadline.IsCancellationRequested))
        {
            var isLeft = await IsLeftAsync(waba.Key, [.. waba], deadline).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var write = await numbers.WriteAsync(
                account.Reference.AccountId,
                read => [.. read.Numbers.Where(number => IsLeft(number) && number.WabaId == waba.Key)
                    .Select(number => isLeft is { } left || number.TokenKeptUntil <= now ? number.GivenUp(isLeft ?? false, now) : number.CheckEnded(isWhole: false, RepeatedAtLeast, now))],
                CancellationToken.None).ConfigureAwait(false);
            LogGivenUp(account.Reference.AccountId.ToString(), waba.Key.ToString(), isLeft);
            account = write.After;
        }

        return account;
    }

    /// <summary>Whether the app has left the WABA, or need not, because somebody holds a number of it; null when that is not known.</summary>
    private async Task<bool?> IsLeftAsync(WabaId waba, PhoneNumber[] leaving, CancellationToken deadline)
    {
        if ((await numbers.FindHeldAsync([waba], CancellationToken.None).ConfigureAwait(false)).Count > 0)
            return true;
        if (leaving.Select(protection.OpenUsable).OfType<AccessToken>().FirstOrDefault() is not { } token)
            return false;
        var apps = await graph.RunAsync(after => SubscriptionCalls.ListSubscribedApps(token, waba, after), deadline).ConfigureAwait(false);
        return apps.Value?.Any(app => app.AppId == options.CurrentValue.AppId) is true ? false
            : apps.Succeeded ? (apps.IsCutShort ? null : true)
            : apps.Error is { } error && error.Kind.MayPass() ? null
            : false;
    }

    private static bool IsLeft(PhoneNumber number) => number is { IsHeld: false, Token: not null, UnprovedSince: not null };

    [LoggerMessage(1623, LogLevel.Warning, "The stores were marked as restored from a backup: {Numbers} numbers stand still until Meta has proved them, {Attempts} attempts are ended, and {Links} links are taken back")]
    private partial void LogMarked(int numbers, int attempts, int links);

    [LoggerMessage(1624, LogLevel.Warning, "Account {Account}: the backup was about to leave WABA {Waba}; nothing is undone after a restore. Whether the app has left it: {IsLeft}")]
    private partial void LogGivenUp(string account, string waba, bool? isLeft);
}
