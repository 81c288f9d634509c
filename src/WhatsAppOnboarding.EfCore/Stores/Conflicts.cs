using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// Decides, after a save failed, whether reading again and applying again may help. An exception alone does not tell: a lost acknowledgement of
/// a commit, two first inserts and a broken rule look alike. What the next read finds does.
/// </summary>
internal sealed class Conflicts(TimeProvider time, int patience)
{
    public const int MaxTries = 30;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    private Exception? _failure;
    private long _versionThen;
    private int _tries;
    private int _unexplained;

    /// <summary>For an exception filter: whether there is another try.</summary>
    public bool MayTryAgain(CancellationToken cancellationToken) => ++_tries < MaxTries && !cancellationToken.IsCancellationRequested;

    /// <summary>Remembers the failure and waits, longer each time, so that writers who met do not meet again.</summary>
    public Task WaitAsync(Exception failure, long version, CancellationToken cancellationToken)
    {
        (_failure, _versionThen) = (failure, version);
        var longest = (int)Math.Min(Longest.TotalMilliseconds, Step.TotalMilliseconds * _tries);
        return Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(longest + 1)), time, cancellationToken);
    }

    /// <summary>Throws the last failure if the newest state does not explain it: it was no conflict and would only happen again.</summary>
    public void RequireExplained(long versionNow)
    {
        if (_failure is null or DbUpdateConcurrencyException || versionNow != _versionThen || IsTransient(_failure))
            return;
        if (_unexplained++ >= patience)
            ExceptionDispatchInfo.Throw(_failure);
    }

    private static bool IsTransient(Exception? failure) =>
        failure is not null && (failure is DbException { IsTransient: true } || IsTransient(failure.InnerException));
}
