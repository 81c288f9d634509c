using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Asks Meta again, account by account, what nobody knows yet or what was proved too long ago. One account that cannot be read or asked about never keeps
/// the others waiting.
/// </summary>
internal sealed partial class AccessUpkeep(
    IServiceScopeFactory scopes,
    NumberAuthority numbers,
    NumberSealing protection,
    AccountEventSource events,
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    TimeProvider time,
    ILogger<AccessUpkeep> logger)
{
    private const int AccountsAtOnce = 8;

    /// <summary>Asks again about numbers that are held back because nobody knows yet whether access was lost.</summary>
    public Task RecheckAsync(CancellationToken stoppingToken) =>
        EachAsync(last => numbers.FindPausedAsync(last, stoppingToken), RecheckAsync, LogNotRechecked, stoppingToken);

    /// <summary>
    /// Renews the proofs of access without which nobody receives what comes for a shared number, long before they are too old. A refusal is noted and asked
    /// about again as late.
    /// </summary>
    public Task RenewAsync(CancellationToken stoppingToken)
    {
        var answeredBefore = time.GetUtcNow() - (options.CurrentValue.SharedProofLifetime / 2);
        return EachAsync(
            last => numbers.FindSharedAsync(answeredBefore, last, stoppingToken),
            (services, account, token) => RenewAsync(services, account, answeredBefore, token),
            LogNotRenewed,
            stoppingToken);
    }

    private async Task EachAsync(
        Func<AccountId?, Task<IReadOnlyList<AccountId>>> find,
        Func<IServiceProvider, AccountId, CancellationToken, Task> ask,
        Action<Exception, string> failed,
        CancellationToken stoppingToken)
    {
        AccountId? last = null;
        while (await find(last).ConfigureAwait(false) is { Count: > 0 } accounts)
        {
            await Parallel.ForEachAsync(
                accounts, new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = stoppingToken }, OneAsync).ConfigureAwait(false);
            last = accounts[^1];
        }

        async ValueTask OneAsync(AccountId account, CancellationToken _)
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                try
                {
                    await ask(scope.ServiceProvider, account, stoppingToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    failed(exception, account.ToString());
                }
            }
        }
    }

    private async Task RecheckAsync(IServiceProvider services, AccountId account, CancellationToken stoppingToken)
    {
        var read = await numbers.ReadAsync(account, stoppingToken).ConfigureAwait(false);
        PhoneNumber[] doubted = [.. read.Numbers.Where(number => number.IsHeld && number.Notice(MetaNotice.AccessKind) is { StopsSending: true })];
        if (doubted.Length > 0)
            await services.GetRequiredService<NoticeFollower>().SettleAsync(account, doubted, stoppingToken).ConfigureAwait(false);
    }

    private async Task RenewAsync(IServiceProvider services, AccountId account, DateTimeOffset answeredBefore, CancellationToken stoppingToken)
    {
        var due = await DueAsync(account, answeredBefore, stoppingToken).ConfigureAwait(false);
        var answers = await AskAsync(services.GetRequiredService<AccessCheck>(), due, stoppingToken).ConfigureAwait(false);
        if (answers.Count == 0)
            return;
        var write = await numbers.WriteAsync(account, read => [.. answers.Select(answer => answer.Prove(read)).OfType<PhoneNumber>()], CancellationToken.None).ConfigureAwait(false);
        foreach (var refused in answers.Where(answer => !answer.IsShown))
            LogRefused(account.ToString(), refused.Asked.PhoneNumberId.ToString());
        await events.RaiseAsync([.. EventsOf(account, write)]).ConfigureAwait(false);
    }

    private IEnumerable<AccountEvent> EventsOf(AccountId account, PhoneNumberWrite write) => write.NewlyRefused
        .GroupBy(number => protection.OpenUsable(number) is null ? ErrorCodes.TokenUnreadable : ErrorCodes.TokenInvalid, number => number.PhoneNumberId)
        .Select(refused => new AccountEvent
        {
            Kind = AccountEvent.NeedsAttention,
            AccountId = account,
            At = time.GetUtcNow(),
            Numbers = [.. refused],
            Reason = refused.Key,
        });

    private async Task<PhoneNumber[]> DueAsync(AccountId account, DateTimeOffset answeredBefore, CancellationToken stoppingToken)
    {
        var read = await numbers.ReadAsync(account, stoppingToken).ConfigureAwait(false);
        PhoneNumber[] old = [.. read.Numbers.Where(number => number.IsHeld && !number.Evidence.IsAnsweredSince(answeredBefore))];
        var holders = await numbers.FindHeldAsync([.. old.Select(number => number.PhoneNumberId)], stoppingToken).ConfigureAwait(false);
        var shared = holders.Where(number => number.AccountId != account).Select(number => number.PhoneNumberId).ToHashSet();
        return [.. old.Where(number => shared.Contains(number.PhoneNumberId))];
    }

    /// <summary>A token that does not open or is over proves nothing, and without an answer deliveries would wait for it for ever.</summary>
    private async Task<IReadOnlyList<AccessAnswer>> AskAsync(AccessCheck check, PhoneNumber[] due, CancellationToken stoppingToken)
    {
        var usable = due.ToLookup(number => protection.OpenUsable(number) is not null);
        var now = time.GetUtcNow();
        return [.. await check.AskAsync(usable[true], stoppingToken).ConfigureAwait(false), .. usable[false].Select(number => new AccessAnswer(number, false, now))];
    }

    [LoggerMessage(1573, LogLevel.Error, "Account {Account}: whether access was lost could not be looked up; the next try is in five minutes")]
    private partial void LogNotRechecked(Exception exception, string account);

    [LoggerMessage(1574, LogLevel.Warning, "Account {Account}: Meta does not show the shared number {Number} to its token any more, so the account receives nothing for it; the account must connect again")]
    private partial void LogRefused(string account, string number);

    [LoggerMessage(1575, LogLevel.Error, "Account {Account}: its proof of access to a shared number could not be renewed; the next try is in five minutes")]
    private partial void LogNotRenewed(Exception exception, string account);
}
