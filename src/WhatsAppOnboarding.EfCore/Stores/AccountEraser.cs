using Microsoft.EntityFrameworkCore;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// Removes head and numbers in one save. A writer at the same time either comes first, and its rows go too,
/// or finds its head row gone and begins a new account from nothing.
/// </summary>
internal sealed class AccountEraser(StoreScope scope, AccountId account, TimeProvider time)
{
    public async Task EraseAsync(CancellationToken cancellationToken)
    {
        var conflicts = new Conflicts(time);
        while (true)
        {
            scope.Context.ChangeTracker.Clear();
            var head = await scope.Account(account).AsTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (head is null)
                return;

            var stamp = AccountStamp.Of(head);
            conflicts.RequireExplained(stamp);
            scope.Context.RemoveRange(head.Numbers);
            scope.Context.Remove(head);
            try
            {
                await scope.Context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (conflicts.MayTryAgain(cancellationToken))
            {
                await conflicts.WaitAsync(failure, stamp, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
