using System.Runtime.CompilerServices;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// One replay or discard of all that a query names: of each account in order of arrival, accounts side by side, and never more of them in memory than a piece of each account
/// that is being worked on. What comes to be parked meanwhile is not among it.
/// </summary>
internal sealed class ParkedRun(ItemLedger ledger, TimeProvider time, ParkedQuery query, Func<LedgerRecord, Task<ParkedEnd>> act)
{
    /// <summary>How many accounts are worked on side by side: of those most may wait for a slow handler.</summary>
    private const int AccountsAtOnce = 64;

    /// <summary>How many of an account are read at once.</summary>
    private const int PieceSize = 50;

    /// <summary>How many items are begun at once; one that takes longer than a moment gives its place to others.</summary>
    private const int PlaceCount = 8;

    /// <summary>After so many items whose handlers hung the rest of an account is left.</summary>
    private const int MostHung = 3;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _begunAt = time.GetUtcNow();
    private int _unparked;
    private int _failedAgain;

    /// <param name="cancellationToken">Begins nothing further; what was begun ends.</param>
    public async Task<ParkedResult> RunAsync(CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(PlaceCount);
        var sideBySide = new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(AccountsAsync(cancellationToken), sideBySide, (account, end) => WorkAsync(account, places, end)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was done by then is told.
        }

        var left = await ledger.GroupParkedAsync(query, CancellationToken.None).ConfigureAwait(false);
        return new ParkedResult { Unparked = _unparked, FailedAgain = _failedAgain, Left = left.Sum(group => group.Count) };
    }

    private async ValueTask WorkAsync(AccountId account, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        using var actor = Actor.Enter(Actor.Operator, account);
        var hung = 0;
        await foreach (var item in ItemsAsync(query with { AccountId = account }, cancellationToken).ConfigureAwait(false))
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            var acting = act(item);
            await ((Task)acting).WaitAsync(Moment, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            places.Release();

            var end = await acting.ConfigureAwait(false);
            if (end is ParkedEnd.Unparked)
                Interlocked.Increment(ref _unparked);
            else if (end is ParkedEnd.FailedAgain or ParkedEnd.Hung)
                Interlocked.Increment(ref _failedAgain);
            if (end is ParkedEnd.Hung && ++hung == MostHung)
                return;
        }
    }

    private async IAsyncEnumerable<AccountId> AccountsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AccountId? last = null;
        while (await ledger.FindParkedAccountsAsync(query, last, cancellationToken).ConfigureAwait(false) is { Count: > 0 } some)
        {
            foreach (var account in some)
                yield return account;
            last = some[^1];
        }
    }

    private async IAsyncEnumerable<LedgerRecord> ItemsAsync(ParkedQuery ofAccount, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LedgerRecord? last = null;
        while (await ledger.ListParkedAsync(ofAccount, last, PieceSize, cancellationToken).ConfigureAwait(false) is { Count: > 0 } piece)
        {
            foreach (var item in piece.TakeWhile(item => item.FirstFailedAt <= _begunAt))
                yield return item;
            last = piece[^1];
            if (last.FirstFailedAt > _begunAt)
                yield break;
        }
    }
}

/// <summary>What came of an item that was parked.</summary>
internal enum ParkedEnd
{
    /// <summary>It is parked no longer.</summary>
    Unparked,

    /// <summary>It failed again, and stays parked.</summary>
    FailedAgain,

    /// <summary>It failed again, for a handler did not end in its time.</summary>
    Hung,

    /// <summary>It was not parked any more, somebody else replays it, or too many handlers of the account never ended.</summary>
    NotTried,
}
