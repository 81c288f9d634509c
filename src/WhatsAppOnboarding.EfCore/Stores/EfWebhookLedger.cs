using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>Every verb works in a scope of its own, save one: what a handler finished is saved on the handler's own context, with what it staged there.</summary>
internal sealed class EfWebhookLedger(IServiceProvider services, IServiceScopeFactory scopes, TimeProvider time) : IWebhookLedger
{
    private const int PrunedAtOnce = 300;

    public async Task<IReadOnlyList<LedgerRecord>> FindAsync(IReadOnlyCollection<string> itemKeys, CancellationToken cancellationToken)
    {
        var found = new List<LedgerRecord>();
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            foreach (var some in itemKeys.Chunk(StoreScope.AskedAtOnce))
            {
                var rows = await scope.WebhookItems.Where(row => some.Contains(row.Item)).ToListAsync(cancellationToken).ConfigureAwait(false);
                found.AddRange(rows.Select(row => row.ToRecord()));
            }
        }

        return found;
    }

    public async Task<LedgerRecord> FinishAsync(LedgerRecord known, string handler, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var finished = known.WithFinished(handler, UtcTime.Cut(at));
        if (ReferenceEquals(known, finished))
            return known;

        var context = services.GetRequiredService<HostContext>().Value;
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
            var scope = new StoreScope(scopes);
            await using (scope.ConfigureAwait(false))
            {
                if (await scope.FindAsync(known.AccountId, known.ItemKey, cancellationToken).ConfigureAwait(false) is { } stored && stored.Finished.Contains(handler))
                    return stored;
            }

            throw;
        }
    }

    public async Task<LedgerRecord> FailAsync(AccountId account, string itemKey, LedgerFailure failure, CancellationToken cancellationToken)
    {
        var cut = failure with { At = UtcTime.Cut(failure.At) };
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var (stored, _) = await new LedgerWriter(scope, time)
                .WriteAsync(LedgerRecord.New(account, itemKey, cut.At), record => record.WithFailure(cut), cancellationToken).ConfigureAwait(false);
            return stored;
        }
    }

    public async Task<bool> UnparkAsync(
        AccountId account, string itemKey, IReadOnlyCollection<string> finished, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var cut = UtcTime.Cut(at);
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var (_, changed) = await new LedgerWriter(scope, time)
                .WriteAsync(LedgerRecord.New(account, itemKey, cut), record => record.WithoutParking(finished, cut), cancellationToken).ConfigureAwait(false);
            return changed;
        }
    }

    public async Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(AccountId? account, int max, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var parked = scope.WebhookItems.Where(row => row.ParkedAt != null);
            if (account?.ToString() is { } id)
                parked = parked.Where(row => row.AccountId == id);
            var rows = await parked.OrderBy(row => row.ParkedAt).Take(max).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(row => row.ToRecord())];
        }
    }

    public async Task<int> PruneAsync(DateTimeOffset touchedBefore, DateTimeOffset parkedBefore, CancellationToken cancellationToken)
    {
        var (touched, parked) = (UtcTime.Cut(touchedBefore), UtcTime.Cut(parkedBefore));
        var pruned = 0;
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var old = scope.WebhookItems.Where(row => row.ParkedAt == null && row.TouchedAt < touched);
            if (await LastOfOldestAsync(old.Select(row => row.TouchedAt), cancellationToken).ConfigureAwait(false) is { } lastTouched)
                pruned += await old.Where(row => row.TouchedAt <= lastTouched).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);

            var oldParked = scope.WebhookItems.Where(row => row.ParkedAt < parked);
            if (await LastOfOldestAsync(oldParked.Select(row => row.ParkedAt!.Value), cancellationToken).ConfigureAwait(false) is { } lastParked)
                pruned += await oldParked.Where(row => row.ParkedAt <= lastParked).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return pruned;
    }

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
            await scope.WebhookItems.Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rows are pruned up to a time, for not every database deletes from a limited query, nor by a key of two columns.</summary>
    private static async Task<DateTimeOffset?> LastOfOldestAsync(IQueryable<DateTimeOffset> times, CancellationToken cancellationToken)
    {
        var oldest = await times.OrderBy(time => time).Take(PrunedAtOnce).ToListAsync(cancellationToken).ConfigureAwait(false);
        return oldest.Count == 0 ? null : oldest[^1];
    }
}
