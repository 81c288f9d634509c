using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// One write of one account: read, change, save, and all of it again from the newest state when somebody else came first.
/// The head row's version is in the condition of every save, which makes all writers of an account meet.
/// </summary>
internal sealed class AccountWriter(StoreContext store, IEnumerable<IAccountWabaReferenceSync> syncs, AccountId account, TimeProvider time)
{
    // A holder that made the unique column refuse us may be gone when we look: that is worth a few more tries, not an error.
    private const int PatienceWithHolders = 10;

    private readonly bool _oneAccountPerNumber = HeldNumber.IsIn(store.Value.Model);

    public async Task<PhoneNumberWrite> WriteAsync(
        Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, IReadOnlyList<AccountEvent>? also, CancellationToken cancellationToken)
    {
        var conflicts = _oneAccountPerNumber ? new Conflicts(time, PatienceWithHolders) : new Conflicts(time);
        while (true)
        {
            store.Value.ChangeTracker.Clear();
            var head = await conflicts.ReadAgainAsync(
                () => store.Account(account).AsTracking().SingleOrDefaultAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            var stamp = AccountStamp.Of(head);
            var before = head.ToAccount(account);

            var changed = change(before);
            var unknown = await UnknownAsync(also, cancellationToken).ConfigureAwait(false);
            if (changed.Count == 0 && unknown.Length == 0 && before.Reference.WabaId == AccountWabaReference.Derive(before.Numbers))
                return new PhoneNumberWrite { Before = before, After = before };

            var after = before.With(changed, time.GetUtcNow(), unknown);
            if (await HeldElsewhereAsync(before, after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } taken)
                return new PhoneNumberWrite { Before = before, After = before, HeldElsewhere = taken };
            conflicts.RequireExplained(stamp);

            PhoneNumberId[] ids = [.. changed.Select(number => number.PhoneNumberId).Distinct()];
            head = Stage(head, after.Reference, [.. ids.Select(id => after.Find(id)!)]);
            store.Value.AddRange(StoredEvent.Of(after).Select(AccountEventRow.From));
            foreach (var sync in syncs)
                await sync.StageAsync(after.Reference, cancellationToken).ConfigureAwait(false);
            try
            {
                await store.Value.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                return new PhoneNumberWrite { Before = before, After = head.ToAccount(account) with { Events = after.Events } };
            }
            catch (Exception failure) when (conflicts.MayTryAgain(cancellationToken))
            {
                await conflicts.WaitAsync(failure, stamp, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Removes the events, then head and numbers in one save. A writer at the same time either comes first, and its rows go too, or finds its head row gone and begins a new
    /// account from nothing.
    /// </summary>
    public async Task EraseAsync(CancellationToken cancellationToken)
    {
        var conflicts = new Conflicts(time);
        while (true)
        {
            store.Value.ChangeTracker.Clear();
            var head = await store.Account(account).AsTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (head is null)
                return;

            var stamp = AccountStamp.Of(head);
            conflicts.RequireExplained(stamp);
            var id = head.AccountId;
            var events = await store.AccountEvents.Where(row => row.AccountId == id).Select(row => new { row.Place, row.EventId }).ToListAsync(cancellationToken).ConfigureAwait(false);

            // In the same commit: an account that still is there has not lost what the host is still to be told of it.
            store.Value.RemoveRange(events.Select(row => new AccountEventRow { AccountId = id, Place = row.Place, EventId = row.EventId, At = default, Event = "" }));
            store.Value.RemoveRange(head.Numbers);
            store.Value.Remove(head);
            try
            {
                await store.Value.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (conflicts.MayTryAgain(cancellationToken))
            {
                await conflicts.WaitAsync(failure, stamp, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private AccountReferenceRow Stage(AccountReferenceRow? head, AccountWabaReference reference, IReadOnlyCollection<PhoneNumber> changed)
    {
        head ??= store.Value.Add(new AccountReferenceRow { AccountId = account.ToString(), Incarnation = Guid.NewGuid() }).Entity;
        head.Take(reference);
        var rows = head.Numbers.ToDictionary(row => row.PhoneNumberId);

        // Else each look at a row compares the head with all its numbers; the save detects all changes, once.
        store.Value.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var number in changed)
        {
            var id = number.PhoneNumberId.ToString();
            var row = rows.GetValueOrDefault(id);
            if (row is null)
            {
                row = new PhoneNumberRow { AccountId = head.AccountId, PhoneNumberId = id };
                rows.Add(id, row);
                store.Value.Add(row);
            }

            row.Take(number);
            HeldNumber.Set(store.Value.Entry(row), number.IsHeld);
        }

        store.Value.ChangeTracker.AutoDetectChangesEnabled = true;
        return head;
    }

    private async Task<AccountEvent[]> UnknownAsync(IReadOnlyList<AccountEvent>? also, CancellationToken cancellationToken)
    {
        if (also is not { Count: > 0 })
            return [];
        var (id, events) = (account.ToString(), also.Select(one => one.Id).ToList());
        var known = await store.AccountEvents.Where(row => row.AccountId == id && events.Contains(row.EventId)).Select(row => row.EventId).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. also.Where(one => !known.Contains(one.Id))];
    }

    private async Task<IReadOnlyList<PhoneNumberId>> HeldElsewhereAsync(
        AccountPhoneNumbers before, AccountPhoneNumbers after, CancellationToken cancellationToken)
    {
        var claimed = after.Numbers
            .Where(number => number.IsHeld && before.Find(number.PhoneNumberId) is not { IsHeld: true })
            .Select(number => number.PhoneNumberId.ToString())
            .ToList();
        if (!_oneAccountPerNumber || claimed.Count == 0)
            return [];

        var mine = account.ToString();
        var taken = await store.Numbers
            .Where(row => claimed.Contains(row.PhoneNumberId) && row.AccountId != mine && row.State != NumberState.Inactive)
            .Select(row => row.PhoneNumberId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. taken.Select(PhoneNumberId.Parse)];
    }
}
