using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Stores;

/// <summary>
/// Limits what an account, or who has a link, may have begun at Meta, over all nodes: it is counted in the log of calls, under a hash. What is refused uses nothing up. While the log cannot
/// be reached nothing begins, and the exception says so: an attempt could not be claimed then, either.
/// </summary>
internal sealed class AttemptLimits(IServiceScopeFactory scopes, IOptions<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    /// <summary>More than people press, and less than Meta's calls for one WABA in an hour.</summary>
    private const int MaxSteps = 100;

    private const int IdBytes = 16;

    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(1);

    /// <summary>Counts a start; else says how long to wait.</summary>
    public Task<TimeSpan?> RefuseStartAsync(AccountId account) => RefuseAsync("start", account.ToString(), options.Value.MaxStarts);

    /// <summary>Counts a new state for what Meta has answered already, apart from the starts: somebody who has none left must not lose a code.</summary>
    public Task<TimeSpan?> RefuseRenewalAsync(AccountId account) => RefuseAsync("renewal", account.ToString(), options.Value.MaxStarts);

    /// <summary>Counts an exchange; else says how long to wait.</summary>
    public Task<TimeSpan?> RefuseExchangeAsync(AccountId account) => RefuseAsync("exchange", account.ToString(), options.Value.MaxExchanges);

    /// <summary>Counts a step that is ordered for a number, each of which looks at Meta first; else says how long to wait.</summary>
    public Task<TimeSpan?> RefuseStepAsync(AccountId account) => RefuseAsync("step", account.ToString(), MaxSteps);

    /// <summary>Counts a press of a link's button, apart from the account's own starts: who has a link must not use those up. Else says how long to wait.</summary>
    public Task<TimeSpan?> RefusePressAsync(Guid link) => RefuseAsync("press", link.ToString(), options.Value.MaxStarts);

    /// <summary>Counts an exchange by a link, apart from the account's own; else says how long to wait.</summary>
    public Task<TimeSpan?> RefuseExchangeAsync(Guid link) => RefuseAsync("link_exchange", link.ToString(), options.Value.MaxExchanges);

    private async Task<TimeSpan?> RefuseAsync(string kind, string owner, int max)
    {
        var (now, window) = (time.GetUtcNow(), options.Value.LimitWindow);
        var call = new MetaCall { Kind = kind, Id = IdOf(owner), At = now };
        if (await scopes.UseAsync((IMetaCallLog log) => log.TakeAsync(call, max, window)).ConfigureAwait(false))
            return null;

        var counted = await scopes.UseAsync((IMetaCallLog log) => log.FindAsync(kind, [call.Id], now - window)).ConfigureAwait(false);

        // Of those who met at the limit all may have been refused, so that there is a place.
        var wait = counted.Count < max ? LeastWait : counted.Min(one => one.At) + window - now;
        return wait < LeastWait ? LeastWait : wait;
    }

    /// <summary>As long as an id of Meta's may be, and nothing that names an account.</summary>
    private static string IdOf(string owner) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)).AsSpan(0, IdBytes));
}
