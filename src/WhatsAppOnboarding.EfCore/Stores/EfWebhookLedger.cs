using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// Every verb works on the context of a scope of its own, except one: what a handler finished is saved on the handler's own context, with what it staged
/// there, and so it takes another scope to look at what is stored.
/// </summary>
internal sealed class EfWebhookLedger(StoreContext store, HostContext handlers, IServiceScopeFactory scopes, TimeProvider time) : IWebhookLedger
{
    private const int PrunedAtOnce = 300;

    public async Task<IReadOnlyList<LedgerRecord>> FindAsync(IReadOnlyCollection<string> itemKeys, CancellationToken cancellationToken)
    {
        var found = new List<LedgerRecord>();
        foreach (var some in itemKeys.Chunk(StoreContext.AskedAtOnce))
        {
            var rows = await store.WebhookItems.Where(row => some.Contains(row.Item)).ToListAsync(cancellationToken).ConfigureAwait(false);
            found.AddRange(rows.Select(row => row.ToRecord()));
        }

        return found;
    }

    public async Task<LedgerRecord> FinishAsync(LedgerRecord known, string handler, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var finished = known.WithFinished(handler, UtcTime.Cut(at));
        if (ReferenceEquals(known, finished))
            return known;

        var context = handlers.Value;
        if (context.Database.CurrentTransaction is not null)
            throw new InvalidOperationException($"{handler} left a transaction open. Commit it in the handler, or open none: what is staged on {context.GetType().Name} is saved with the note that the handler has finished.");

        // Else a host that turned them off would see its effects committed without the note.
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.WhenNeeded;
        context.Stage(known, finished);
        try
        {
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            return finished;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody was first, or our own save was acknowledged too late: what is stored tells.
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                var stored = await FindAsync(scope.ServiceProvider.GetRequiredService<StoreContext>(), known.AccountId, known.ItemKey, cancellationToken).ConfigureAwait(false);
                if (stored?.Finished.Contains(handler) is true)
                    return stored;
            }

            throw;
        }
    }

    public async Task<LedgerRecord> FailAsync(AccountId account, string itemKey, LedgerFailure failure, CancellationToken cancellationToken)
    {
        var cut = failure with { At = UtcTime.Cut(failure.At) };
        var (stored, _) = await WriteAsync(LedgerRecord.New(account, itemKey, cut.At), record => record.WithFailure(cut), cancellationToken).ConfigureAwait(false);
        return stored;
    }

    public async Task<bool> UnparkAsync(
        AccountId account, string itemKey, IReadOnlyCollection<string> finished, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var cut = UtcTime.Cut(at);
        var (_, changed) = await WriteAsync(
            LedgerRecord.New(account, itemKey, cut), record => record.WithoutParking(finished, cut), cancellationToken).ConfigureAwait(false);
        return changed;
    }

    public async Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(ParkedQuery query, LedgerRecord? after, int max, CancellationToken cancellationToken)
    {
        var rows = await store.Parked(query, after).OrderBy(row => row.FirstFailedAt).ThenBy(row => row.AccountId).ThenBy(row => row.Item).Take(max)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public Task<IReadOnlyList<ParkedGroup>> GroupParkedAsync(ParkedQuery query, CancellationToken cancellationToken) => store.Parked(query).GroupAsync(cancellationToken);

    public Task<IReadOnlyList<AccountId>> FindParkedAccountsAsync(ParkedQuery query, AccountId? after, CancellationToken cancellationToken) =>
        store.Parked(query).FindAccountsAsync(after, cancellationToken);

    public async Task<LedgerRecord?> TakeParkedAsync(LedgerRecord parked, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (id, taken) = (parked.AccountId.ToString(), parked.WithTaken(UtcTime.Cut(until)));
        return await store.WebhookItems
            .Where(row => row.AccountId == id && row.Item == parked.ItemKey && row.Version == parked.Version && row.ParkedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TouchedAt, taken.TouchedAt).SetProperty(row => row.Version, taken.Version), cancellationToken)
            .ConfigureAwait(false) == 1 ? taken : null;
    }

    [SuppressMessage("Globalization", "CA1309", Justification = "The database compares, the same way as it sorts.")]
    public async Task<IReadOnlyList<LedgerRecord>> ListAsync(AccountId account, string? after, int max, CancellationToken cancellationToken)
    {
        var (id, last) = (account.ToString(), after ?? "");
        var rows = await store.WebhookItems.Where(row => row.AccountId == id && string.Compare(row.Item, last) > 0).OrderBy(row => row.Item).Take(max)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async Task<int> PruneAsync(DateTimeOffset touchedBefore, DateTimeOffset parkedBefore, CancellationToken cancellationToken)
    {
        var (touched, parked) = (UtcTime.Cut(touchedBefore), UtcTime.Cut(parkedBefore));
        var pruned = 0;
        var old = store.WebhookItems.Where(row => row.ParkedAt == null && row.TouchedAt < touched);
        if (await LastOfOldestAsync(old.Select(row => row.TouchedAt), cancellationToken).ConfigureAwait(false) is { } lastTouched)
            pruned += await old.Where(row => row.TouchedAt <= lastTouched).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);

        var oldParked = store.WebhookItems.Where(row => row.ParkedAt < parked);
        if (await LastOfOldestAsync(oldParked.Select(row => row.ParkedAt!.Value), cancellationToken).ConfigureAwait(false) is { } lastParked)
            pruned += await oldParked.Where(row => row.ParkedAt <= lastParked).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return pruned;
    }

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        return store.WebhookItems.Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>
    /// One write of one record: read, change, save, and all of it again from the newest state when somebody else came first. What is stored now, and whether
    /// this changed it.
    /// </summary>
    private async Task<(LedgerRecord Stored, bool Changed)> WriteAsync(
        LedgerRecord ifNew, Func<LedgerRecord, LedgerRecord> change, CancellationToken cancellationToken)
    {
        var conflicts = new Conflicts(time);
        while (true)
        {
            store.Value.ChangeTracker.Clear();
            var found = await conflicts.ReadAgainAsync(() => FindAsync(store, ifNew.AccountId, ifNew.ItemKey, cancellationToken), cancellationToken).ConfigureAwait(false);
            var stamp = new AccountStamp(found?.Version ?? 0, found is null ? null : Guid.Empty);
            conflicts.RequireExplained(stamp);

            var before = found ?? ifNew;
            var after = change(before);
            if (ReferenceEquals(before, after))
                return (before, false);
            store.Value.Stage(before, after);
            try
            {
                await store.Value.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                return (after, true);
            }
            catch (Exception failure) when (conflicts.MayTryAgain(cancellationToken))
            {
                await conflicts.WaitAsync(failure, stamp, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<LedgerRecord?> FindAsync(StoreContext from, AccountId account, string itemKey, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        var stored = await from.WebhookItems.SingleOrDefaultAsync(row => row.AccountId == id && row.Item == itemKey, cancellationToken).ConfigureAwait(false);
        return stored?.ToRecord();
    }

    /// <summary>Rows are pruned up to a time, for not every database deletes from a limited query, nor by a key of two columns.</summary>
    private static async Task<DateTimeOffset?> LastOfOldestAsync(IQueryable<DateTimeOffset> times, CancellationToken cancellationToken)
    {
        var oldest = await times.OrderBy(time => time).Take(PrunedAtOnce).ToListAsync(cancellationToken).ConfigureAwait(false);
        return oldest.Count == 0 ? null : oldest[^1];
    }
}
