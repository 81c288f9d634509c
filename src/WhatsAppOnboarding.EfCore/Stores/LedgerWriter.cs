using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>One write of one record of the ledger: read, change, save, and all of it again from the newest state when somebody else came first.</summary>
internal sealed class LedgerWriter(StoreScope scope, TimeProvider time)
{
    /// <summary>What is stored now, and whether this changed it.</summary>
    public async Task<(LedgerRecord Stored, bool Changed)> WriteAsync(
        LedgerRecord ifNew, Func<LedgerRecord, LedgerRecord> change, CancellationToken cancellationToken)
    {
        var conflicts = new Conflicts(time);
        while (true)
        {
            scope.Context.ChangeTracker.Clear();
            var found = await conflicts.ReadAgainAsync(() => scope.FindAsync(ifNew.AccountId, ifNew.ItemKey, cancellationToken), cancellationToken).ConfigureAwait(false);
            var stamp = new AccountStamp(found?.Version ?? 0, found is null ? null : Guid.Empty);
            conflicts.RequireExplained(stamp);

            var before = found ?? ifNew;
            var after = change(before);
            if (ReferenceEquals(before, after))
                return (before, false);
            scope.Context.Stage(before, after);
            try
            {
                await scope.Context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                return (after, true);
            }
            catch (Exception failure) when (conflicts.MayTryAgain(cancellationToken))
            {
                await conflicts.WaitAsync(failure, stamp, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

internal static class LedgerReading
{
    public static async Task<LedgerRecord?> FindAsync(this StoreScope scope, AccountId account, string itemKey, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        var stored = await scope.WebhookItems.SingleOrDefaultAsync(row => row.AccountId == id && row.Item == itemKey, cancellationToken).ConfigureAwait(false);
        return stored?.ToRecord();
    }
}
