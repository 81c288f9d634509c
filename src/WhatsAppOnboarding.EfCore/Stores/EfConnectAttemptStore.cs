using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

internal sealed class EfConnectAttemptStore(IServiceScopeFactory scopes) : IConnectAttemptStore
{
    private const int PrunedAtOnce = 300;
    private const int ListedAtOnce = 300;

    public async Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var row = scope.Context.Add(attempt.ToRow()).Entity;
            try
            {
                await scope.Context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                return row.ToAttempt();
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Somebody was first, or our own insert was acknowledged too late: what is stored tells.
                scope.Context.ChangeTracker.Clear();
                if (await StoredAsync(scope, stored => stored.StateHash == row.StateHash, cancellationToken).ConfigureAwait(false) is { } stored)
                    return stored;
                throw;
            }
        }
    }

    public async Task NoteAsync(ConnectAttempt running, CancellationToken cancellationToken)
    {
        var row = running.ToRow();
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            await scope.Attempts.Where(stored => stored.Id == row.Id && stored.Outcome == null)
                .ExecuteUpdateAsync(set => set.SetProperty(stored => stored.Steps, row.Steps), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<ConnectAttempt> EndAsync(ConnectAttempt ended, CancellationToken cancellationToken)
    {
        var row = ended.ToRow();
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                await EndFirstAsync(scope, row, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (await StoredAsync(scope, stored => stored.Id == row.Id, cancellationToken).ConfigureAwait(false) is { Outcome: not null } first)
                    return first;
                throw;
            }

            // Erased or pruned meanwhile: it stays gone, and whoever ended it still learns the outcome.
            return await StoredAsync(scope, stored => stored.Id == row.Id, cancellationToken).ConfigureAwait(false) ?? row.ToAttempt();
        }
    }

    public async Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var attempt = await StoredAsync(scope, row => row.Id == id, cancellationToken).ConfigureAwait(false);
            return attempt?.AccountId == account ? attempt : null;
        }
    }

    public async Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId account, int max, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var rows = await scope.Attempts.Where(row => row.AccountId == id).OrderByDescending(row => row.ClaimedAt).Take(max)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(row => row.ToAttempt())];
        }
    }

    public async Task<IReadOnlyList<ConnectAttempt>> ListSinceAsync(DateTimeOffset claimedSince, CancellationToken cancellationToken)
    {
        var since = UtcTime.Cut(claimedSince);
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var rows = await scope.Attempts.Where(row => row.ClaimedAt >= since).OrderByDescending(row => row.ClaimedAt).Take(ListedAtOnce)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(row => row.ToAttempt())];
        }
    }

    public async Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        var owner = account.ToString();
        await WipeAsync(row => row.Id == id && row.AccountId == owner, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> WipeOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cut = UtcTime.Cut(now);
        return await WipeAsync(row => row.WaitsUntil <= cut, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> PruneAsync(DateTimeOffset claimedBefore, CancellationToken cancellationToken)
    {
        var before = UtcTime.Cut(claimedBefore);
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            // Two commands: not every database deletes from a limited query.
            var old = await scope.Attempts.Where(row => row.ClaimedAt < before).OrderBy(row => row.ClaimedAt).Take(PrunedAtOnce)
                .Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            return old.Count == 0 ? 0 : await scope.Attempts.Where(row => old.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            await scope.Attempts.Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> WipeAsync(Expression<Func<ConnectAttemptRow, bool>> which, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            return await scope.Attempts.Where(which).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.WaitingGrant, (string?)null).SetProperty(row => row.WaitsUntil, (DateTimeOffset?)null),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<int> EndFirstAsync(StoreScope scope, ConnectAttemptRow ended, CancellationToken cancellationToken) =>
        scope.Attempts.Where(row => row.Id == ended.Id && row.Outcome == null).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.EndedAt, ended.EndedAt)
                .SetProperty(row => row.Outcome, ended.Outcome)
                .SetProperty(row => row.PhoneCount, ended.PhoneCount)
                .SetProperty(row => row.Steps, ended.Steps)
                .SetProperty(row => row.WaitingGrant, ended.WaitingGrant)
                .SetProperty(row => row.WaitsUntil, ended.WaitsUntil),
            cancellationToken);

    private static async Task<ConnectAttempt?> StoredAsync(
        StoreScope scope, Expression<Func<ConnectAttemptRow, bool>> matches, CancellationToken cancellationToken) =>
        (await scope.Attempts.SingleOrDefaultAsync(matches, cancellationToken).ConfigureAwait(false))?.ToAttempt();
}
