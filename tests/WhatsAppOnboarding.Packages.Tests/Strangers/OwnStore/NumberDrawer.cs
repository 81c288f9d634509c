using Microsoft.Extensions.Options;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Stores;

public sealed class NumberDrawer(Cabinet cabinet, IEnumerable<IAccountWabaReferenceSync> copies, IOptions<WhatsAppOnboardingOptions> options, TimeProvider time) : IPhoneNumberStore
{
    public Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken) => cabinet.OpenAsync(() => Read(account), cancellationToken);

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => All.Where(query.Matches).Select(number => number with { Token = null, Pins = [] }).ToRead(), cancellationToken);

    public Task<IReadOnlyList<AccountId>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            AccountId[] due = [.. cabinet.Accounts.Values.Select(account => account.Reference).Where(one => one.DueAt <= now).OrderBy(one => one.DueAt).Select(one => one.AccountId).Take(max)];
            foreach (var account in due)
                SetDue(account, until);
            return due.ToRead();
        },
        cancellationToken);

    public Task PostponeAsync(AccountId account, DateTimeOffset until, CancellationToken cancellationToken) => cabinet.OpenAsync(() => SetDue(account, until), cancellationToken);

    public Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, IReadOnlyList<AccountEvent>? also, CancellationToken cancellationToken) => cabinet.OpenAsync(
        async () =>
        {
            var before = Read(account);
            var changed = change(before);
            AccountEvent[] news = [.. also?.Where(one => !cabinet.Events.Exists(kept => kept.Event.AccountId == account && kept.Event.Id == one.Id)) ?? []];
            if (changed.Count == 0 && news.Length == 0 && before.Reference.WabaId == AccountWabaReference.Derive(before.Numbers))
                return new PhoneNumberWrite { Before = before, After = before };

            var after = before.With(changed, time.GetUtcNow(), news);
            if (options.Value.SharedNumbers is SharedNumbersPolicy.Refuse && HeldElsewhere(after) is { Count: > 0 } taken)
                return new PhoneNumberWrite { Before = before, After = before, HeldElsewhere = taken };
            foreach (var copy in copies)
                await copy.StageAsync(after.Reference, cancellationToken);
            cabinet.Events.AddRange(StoredEvent.Of(after));
            cabinet.Accounts[account] = after with { Events = [] };
            return new PhoneNumberWrite { Before = before, After = after };
        },
        cancellationToken);

    public Task<int> MarkUnprovedAsync(DateTimeOffset at, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            var marked = 0;
            foreach (var account in cabinet.Accounts.Values.Where(account => account.Numbers.Any(IsOf)).ToList())
            {
                marked += account.Numbers.Count(IsOf);
                cabinet.Accounts[account.Reference.AccountId] = new(
                    account.Reference with { DueAt = at, Version = account.Reference.Version + 1 }, [.. account.Numbers.Select(number => IsOf(number) ? number with { UnprovedSince = at } : number)]);
            }

            return marked;

            bool IsOf(PhoneNumber number) => number.Token is not null && number.ConnectedAt <= at;
        },
        cancellationToken);

    public Task<int> CountUnprovedAsync(CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => All.Count(number => number is { IsHeld: true, UnprovedSince: not null } && !(number.Evidence.RefusedAt >= number.UnprovedSince)), cancellationToken);

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => cabinet.Accounts.Remove(account) | cabinet.Events.RemoveAll(kept => kept.Event.AccountId == account) > 0, cancellationToken);

    private IEnumerable<PhoneNumber> All => cabinet.Accounts.Values.SelectMany(account => account.Numbers);

    private AccountPhoneNumbers Read(AccountId account) => cabinet.Accounts.GetValueOrDefault(account) ?? AccountPhoneNumbers.None(account);

    private bool SetDue(AccountId account, DateTimeOffset until)
    {
        if (cabinet.Accounts.TryGetValue(account, out var found))
            cabinet.Accounts[account] = new(found.Reference with { DueAt = until }, found.Numbers);
        return found is not null;
    }

    private IReadOnlyList<PhoneNumberId> HeldElsewhere(AccountPhoneNumbers after) =>
        [.. All.Where(number => number.IsHeld && number.AccountId != after.Reference.AccountId && after.Find(number.PhoneNumberId) is { IsHeld: true }).Select(number => number.PhoneNumberId)];
}

public sealed class EventDrawer(Cabinet cabinet) : IAccountEventStore
{
    private const int AccountsAtOnce = 100;

    public Task<IReadOnlyList<AccountId>> FindWaitingAsync(DateTimeOffset now, AccountId? after, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Events.Select(kept => kept.Event.AccountId).Distinct().Where(account => Oldest(account)?.NextAt <= now).OrderBy(account => $"{account}", StringComparer.Ordinal)
            .Where(account => after is null || string.CompareOrdinal($"{account}", $"{after}") > 0).Take(AccountsAtOnce).ToRead(),
        cancellationToken);

    public Task<StoredEvent?> TakeAsync(AccountId account, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => Oldest(account) is { } oldest && oldest.NextAt <= now ? cabinet.Events.Change([oldest], kept => kept with { NextAt = until })[0] : null, cancellationToken);

    public Task<bool> UpdateAsync(StoredEvent stored, DateTimeOffset? expected, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Events.Change(cabinet.Events.Where(kept => kept.Event.AccountId == stored.Event.AccountId && kept.Place == stored.Place && kept.NextAt == expected), _ => stored).Count > 0,
        cancellationToken);

    public Task<IReadOnlyList<StoredEvent>> ListAsync(AccountId? account, DateTimeOffset? since, bool parked, int max, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Events.Where(kept => (account is null || kept.Event.AccountId == account) && !(kept.Event.At < since) && (!parked || kept.ParkedAt is not null))
            .OrderBy(kept => account is null ? kept.Event.At.UtcTicks : kept.Place).Take(max).ToRead(),
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => cabinet.OpenAsync(() => cabinet.Events.RemoveAll(kept => kept.Event.At < before), cancellationToken);

    private StoredEvent? Oldest(AccountId account) => cabinet.Events.Where(kept => kept.Event.AccountId == account && kept.NextAt is not null).MinBy(kept => kept.Place);
}
