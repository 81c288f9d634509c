using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Renews the proofs of access without which nobody receives what comes for a shared number, long before they are too old. A refusal is noted and asked
/// about again as late.
/// </summary>
internal sealed partial class SharedProofs(
    IServiceScopeFactory scopes, TokenProtection protection, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<SharedProofs> logger)
{
    private const int AccountsAtOnce = 8;

    public async Task RunAsync(NumberAuthority numbers, CancellationToken stoppingToken)
    {
        var answeredBefore = time.GetUtcNow() - (options.CurrentValue.SharedProofLifetime / 2);
        AccountId? last = null;
        while (await numbers.FindSharedAsync(answeredBefore, last, stoppingToken).ConfigureAwait(false) is { Count: > 0 } accounts)
        {
            await Parallel.ForEachAsync(
                accounts,
                new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = stoppingToken },
                async (account, _) => await RenewAsync(account, answeredBefore, stoppingToken).ConfigureAwait(false)).ConfigureAwait(false);
            last = accounts[^1];
        }
    }

    /// <summary>One account that cannot be read or asked about must not keep the others waiting.</summary>
    private async Task RenewAsync(AccountId account, DateTimeOffset answeredBefore, CancellationToken stoppingToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                var numbers = scope.ServiceProvider.GetRequiredService<NumberAuthority>();
                var due = await DueAsync(numbers, account, answeredBefore, stoppingToken).ConfigureAwait(false);
                var answers = await AskAsync(scope.ServiceProvider.GetRequiredService<AccessQuestion>(), due, stoppingToken).ConfigureAwait(false);
                if (answers.Count > 0)
                    await numbers.WriteAsync(account, read => [.. answers.Select(answer => answer.Prove(read)).OfType<PhoneNumber>()], CancellationToken.None).ConfigureAwait(false);
                foreach (var refused in answers.Where(answer => !answer.IsShown))
                    Log.Refused(logger, account.ToString(), refused.Asked.PhoneNumberId.ToString());
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception, account.ToString());
            }
        }
    }

    private static async Task<PhoneNumber[]> DueAsync(NumberAuthority numbers, AccountId account, DateTimeOffset answeredBefore, CancellationToken stoppingToken)
    {
        var read = await numbers.ReadAsync(account, stoppingToken).ConfigureAwait(false);
        PhoneNumber[] old = [.. read.Numbers.Where(number => number.IsHeld && !number.Evidence.IsAnsweredSince(answeredBefore))];
        var holders = await numbers.FindHeldAsync([.. old.Select(number => number.PhoneNumberId)], stoppingToken).ConfigureAwait(false);
        var shared = holders.Where(number => number.AccountId != account).Select(number => number.PhoneNumberId).ToHashSet();
        return [.. old.Where(number => shared.Contains(number.PhoneNumberId))];
    }

    /// <summary>A token that does not open or is over proves nothing, and without an answer deliveries would wait for it for ever.</summary>
    private async Task<IReadOnlyList<AccessAnswer>> AskAsync(AccessQuestion question, PhoneNumber[] due, CancellationToken stoppingToken)
    {
        var usable = due.ToLookup(number => protection.OpenUsable(number) is not null);
        var now = time.GetUtcNow();
        return [.. await question.AskAsync(usable[true], stoppingToken).ConfigureAwait(false), .. usable[false].Select(number => new AccessAnswer(number, false, now))];
    }

    private static partial class Log
    {
        [LoggerMessage(1574, LogLevel.Warning, "Account {Account}: Meta does not show the shared number {Number} to its token any more, so the account receives nothing for it; the account must connect again")]
        public static partial void Refused(ILogger logger, string account, string number);

        [LoggerMessage(1575, LogLevel.Error, "Account {Account}: its proof of access to a shared number could not be renewed; the next try is in five minutes")]
        public static partial void Failed(ILogger logger, Exception exception, string account);
    }
}
