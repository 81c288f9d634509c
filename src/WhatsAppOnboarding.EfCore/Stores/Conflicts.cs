using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// Decides, after a save failed, whether reading again and applying again may help. An exception alone does not tell: a lost acknowledgement of
/// a commit, two first inserts and a broken rule look alike. What the next read finds does.
/// </summary>
internal sealed class Conflicts(TimeProvider time, int patience = 0)
{
    public const int MaxTries = 60;

    // Where there is no account, others may make it and erase it between our read, our save and our next read, which then looks like the first.
    private const int PatienceWithNoAccount = 10;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Race = TimeSpan.FromMilliseconds(60);

    private readonly long _started = time.GetTimestamp();

    private Exception? _failure;
    private AccountStamp _then;
    private int _tries;
    private int _unexplained;

    /// <summary>For an exception filter: whether there is another try.</summary>
    public bool MayTryAgain(CancellationToken cancellationToken) =>
        ++_tries < MaxTries && time.GetElapsedTime(_started) < MaxTime && !cancellationToken.IsCancellationRequested;

    /// <summary>
    /// Remembers the failure and waits. Of writers who met, those wait less who lost more often, so that nobody loses to newcomers for ever; what is no race waits
    /// longer each time.
    /// </summary>
    public Task WaitAsync(Exception failure, AccountStamp then, CancellationToken cancellationToken)
    {
        (_failure, _then) = (failure, then);
        var longest = (int)(failure is DbUpdateConcurrencyException
            ? Math.Max(Step.TotalMilliseconds, Race.TotalMilliseconds / _tries)
            : Math.Min(Longest.TotalMilliseconds, Step.TotalMilliseconds * _tries));
        return Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(longest + 1)), time, cancellationToken);
    }

    /// <summary>Reads; after a failed save it insists, for only the newest state tells whether that save went through.</summary>
    public async Task<T> ReadAgainAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await read().ConfigureAwait(false);
            }
            catch (Exception) when (_failure is not null && MayTryAgain(cancellationToken))
            {
                await WaitAsync(_failure!, _then, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Throws the last failure if the newest state does not explain it: it was no conflict and would only happen again.</summary>
    public void RequireExplained(AccountStamp now)
    {
        if (_failure is null or DbUpdateConcurrencyException || now != _then || IsTransient(_failure))
            return;
        if (_unexplained++ >= (now.Incarnation is null ? PatienceWithNoAccount : patience))
            ExceptionDispatchInfo.Throw(_failure);
    }

    private static bool IsTransient(Exception? failure) =>
        failure is not null && (failure is DbException { IsTransient: true } || IsTransient(failure.InnerException));
}

/// <summary>Tells one state of an account's head row from every other, also from one of an account that was erased and came back.</summary>
internal readonly record struct AccountStamp(long Version, Guid? Incarnation)
{
    public static AccountStamp Of(AccountReferenceRow? head) => new(head?.Version ?? 0, head?.Incarnation);
}
