using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

internal sealed partial class EfConnectAttemptStore(StoreContext store) : IConnectAttemptStore
{
    private const int PrunedAtOnce = 300;

    public async Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken)
    {
        var row = store.Value.Add(attempt.ToRow()).Entity;
        try
        {
            await store.Value.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            return row.ToAttempt();
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody was first, or our own insert was acknowledged too late: what is stored tells.
            store.Value.ChangeTracker.Clear();
            if (await StoredAsync(stored => stored.StateHash == row.StateHash, cancellationToken).ConfigureAwait(false) is { } stored)
                return stored;
            throw;
        }
    }

    public async Task<ConnectAttempt> UpdateAsync(ConnectAttempt attempt, CancellationToken cancellationToken)
    {
        var row = attempt.ToRow();
        try
        {
            if (await WriteAsync(row, cancellationToken).ConfigureAwait(false) > 0)
                return row.ToAttempt();
        }
        catch (Exception) when (row.Outcome is not null && !cancellationToken.IsCancellationRequested)
        {
            if (await StoredAsync(stored => stored.Id == row.Id, cancellationToken).ConfigureAwait(false) is { Outcome: not null } first)
                return first;
            throw;
        }

        // Erased or pruned meanwhile: it stays gone, and whoever ended it still learns the outcome.
        return await StoredAsync(stored => stored.Id == row.Id, cancellationToken).ConfigureAwait(false) ?? row.ToAttempt();
    }

    public async Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        var attempt = await StoredAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false);
        return attempt?.AccountId == account ? attempt : null;
    }

    public async Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId? account, DateTimeOffset? claimedSince, int max, CancellationToken cancellationToken)
    {
        var attempts = store.Attempts;
        if (account?.ToString() is { } owner)
            attempts = attempts.Where(row => row.AccountId == owner);
        if (UtcTime.Cut(claimedSince) is { } since)
            attempts = attempts.Where(row => row.ClaimedAt >= since);
        var rows = await attempts.OrderByDescending(row => row.ClaimedAt).Take(max).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToAttempt())];
    }

    public async Task<IReadOnlyList<ConnectAttempt>> TakeUndoneAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken)
    {
        var (at, end) = (UtcTime.Cut(now), UtcTime.Cut(until));
        var due = await store.Attempts.Where(row => row.UndoAt <= at).OrderBy(row => row.UndoAt).Take(max).ToListAsync(cancellationToken).ConfigureAwait(false);
        var taken = new List<ConnectAttempt>();
        foreach (var row in due)
        {
            if (await store.Attempts.Where(stored => stored.Id == row.Id && stored.UndoAt == row.UndoAt)
                .ExecuteUpdateAsync(set => set.SetProperty(stored => stored.UndoAt, end), cancellationToken).ConfigureAwait(false) == 1)
                taken.Add(row.ToAttempt() with { UndoAt = end });
        }

        return taken;
    }

    public Task SetUndoAsync(Guid id, DateTimeOffset? undoAt, CancellationToken cancellationToken)
    {
        var at = UtcTime.Cut(undoAt);
        var one = store.Attempts.Where(row => row.Id == id);
        return at is null
            ? one.ExecuteUpdateAsync(set => set.SetProperty(row => row.UndoAt, at).SetProperty(row => row.UndoToken, (string?)null), cancellationToken)
            : one.ExecuteUpdateAsync(set => set.SetProperty(row => row.UndoAt, at), cancellationToken);
    }

    public Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        var owner = account.ToString();
        return WipeAsync(row => row.Id == id && row.AccountId == owner, cancellationToken);
    }

    public async Task<int> PruneAsync(DateTimeOffset waitedUntil, DateTimeOffset claimedBefore, CancellationToken cancellationToken)
    {
        var (over, before) = (UtcTime.Cut(waitedUntil), UtcTime.Cut(claimedBefore));
        await WipeAsync(row => row.WaitsUntil <= over, cancellationToken).ConfigureAwait(false);

        // Two commands: not every database deletes from a limited query.
        var old = await store.Attempts.Where(row => row.ClaimedAt < before).OrderBy(row => row.ClaimedAt).Take(PrunedAtOnce)
            .Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        return (old.Count == 0 ? 0 : await store.Attempts.Where(row => old.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false))
            + await PruneStartsAsync(before, cancellationToken).ConfigureAwait(false);
    }

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        await store.Attempts.Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await store.Starts.Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<int> WipeAsync(Expression<Func<ConnectAttemptRow, bool>> which, CancellationToken cancellationToken) =>
        store.Attempts.Where(which).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.WaitingGrant, (string?)null).SetProperty(row => row.WaitsUntil, (DateTimeOffset?)null), cancellationToken);

    /// <summary>How many rows it changed: none when the first outcome stands, or the attempt is gone.</summary>
    private Task<int> WriteAsync(ConnectAttemptRow row, CancellationToken cancellationToken)
    {
        var running = store.Attempts.Where(stored => stored.Id == row.Id && stored.Outcome == null);
        return row.Outcome is null
            ? running.ExecuteUpdateAsync(set => set.SetProperty(stored => stored.Steps, row.Steps).SetProperty(stored => stored.UndoToken, row.UndoToken).SetProperty(stored => stored.UndoAt, row.UndoAt), cancellationToken)
            : running.ExecuteUpdateAsync(
                set => set
                    .SetProperty(stored => stored.EndedAt, row.EndedAt)
                    .SetProperty(stored => stored.Outcome, row.Outcome)
                    .SetProperty(stored => stored.PhoneCount, row.PhoneCount)
                    .SetProperty(stored => stored.Steps, row.Steps)
                    .SetProperty(stored => stored.WaitingGrant, row.WaitingGrant)
                    .SetProperty(stored => stored.WaitsUntil, row.WaitsUntil)
                    .SetProperty(stored => stored.UndoToken, row.UndoToken)
                    .SetProperty(stored => stored.UndoAt, row.UndoAt),
                cancellationToken);
    }

    private async Task<ConnectAttempt?> StoredAsync(Expression<Func<ConnectAttemptRow, bool>> matches, CancellationToken cancellationToken) =>
        (await store.Attempts.SingleOrDefaultAsync(matches, cancellationToken).ConfigureAwait(false))?.ToAttempt();
}
