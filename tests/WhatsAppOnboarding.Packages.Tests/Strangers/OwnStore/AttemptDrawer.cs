using WhatsAppOnboarding;
using WhatsAppOnboarding.Stores;

public sealed class AttemptDrawer(Cabinet cabinet) : IConnectAttemptStore
{
    public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            var earlier = cabinet.Attempts.Find(kept => kept.StateHash == attempt.StateHash);
            if (earlier is null)
                cabinet.Attempts.Add(attempt);
            return earlier ?? attempt;
        },
        cancellationToken);

    public Task<ConnectAttempt> UpdateAsync(ConnectAttempt attempt, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Attempts.Find(kept => kept.StateHash == attempt.StateHash) is not { } stored ? attempt
            : stored.Outcome is not null ? stored
            : cabinet.Attempts.Change([stored], kept => attempt.Outcome is null ? kept with { Steps = attempt.Steps, UndoToken = attempt.UndoToken, UndoAt = attempt.UndoAt } : attempt)[0],
        cancellationToken);

    public Task<IReadOnlyList<ConnectAttempt>> TakeUndoneAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Attempts.Change(cabinet.Attempts.Where(kept => kept.UndoAt <= now).OrderBy(kept => kept.UndoAt).Take(max), kept => kept with { UndoAt = until }), cancellationToken);

    public Task SetUndoAsync(Guid id, DateTimeOffset? undoAt, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Attempts.Change(cabinet.Attempts.Where(kept => kept.Id == id), kept => kept with { UndoAt = undoAt, UndoToken = undoAt is null ? null : kept.UndoToken }), cancellationToken);

    public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => cabinet.Attempts.Find(kept => kept.AccountId == account && kept.Id == id), cancellationToken);

    public Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId? account, DateTimeOffset? claimedSince, int max, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Attempts.Where(kept => (account is null || kept.AccountId == account) && !(kept.ClaimedAt < claimedSince)).OrderByDescending(kept => kept.ClaimedAt).Take(max).ToRead(), cancellationToken);

    public Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => Wipe(kept => kept.AccountId == account && kept.Id == id), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset waitedUntil, DateTimeOffset claimedBefore, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            Wipe(kept => kept.WaitsUntil <= waitedUntil);
            return cabinet.Attempts.RemoveAll(kept => kept.ClaimedAt < claimedBefore) + cabinet.Starts.RemoveAll(start => start.StartedAt < claimedBefore);
        },
        cancellationToken);

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => cabinet.Attempts.RemoveAll(kept => kept.AccountId == account) + cabinet.Starts.RemoveAll(start => start.AccountId == account), cancellationToken);

    public Task<IReadOnlyList<ConnectAttempt>> FindAllAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => cabinet.Attempts.Where(kept => ids.Contains(kept.Id)).ToRead(), cancellationToken);

    public Task StartAsync(StartedAttempt start, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            if (!cabinet.Starts.Exists(kept => kept.Id == start.Id))
                cabinet.Starts.Add(start);
            return true;
        },
        cancellationToken);

    public Task NoteSignAsync(AccountId account, Guid id, DateTimeOffset at, DateTimeOffset silentAt, bool isOpen, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Starts.Change(
            Of(account, id).Where(start => start is { SilentAt: not null, Outcome: null }), start => start with { LastSignAt = at, SilentAt = silentAt, OpenedAt = start.OpenedAt ?? (isOpen ? at : null) }),
        cancellationToken);

    public Task<bool> EndStartAsync(AccountId account, Guid id, string outcome, DateTimeOffset? silentAt, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            var isNews = Of(account, id).Any(start => start.Outcome != outcome);
            cabinet.Starts.Change(Of(account, id), start => start with { Outcome = outcome, SilentAt = silentAt });
            return isNews;
        },
        cancellationToken);

    public Task RenewStartAsync(AccountId account, Guid id, Guid renewed, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => cabinet.Starts.Change(Of(account, id), start => start with { Id = renewed }), cancellationToken);

    public Task<IReadOnlyList<StartedAttempt>> TakeSilentAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            cabinet.Starts.Change(cabinet.Starts.Where(start => start.SilentAt <= now && cabinet.Attempts.Exists(kept => kept.Id == start.Id)), start => start with { SilentAt = null });
            return cabinet.Starts.Change(cabinet.Starts.Where(start => start.SilentAt <= now).OrderBy(start => start.SilentAt).Take(max), start => start with { SilentAt = until });
        },
        cancellationToken);

    public Task<IReadOnlyList<StartedAttempt>> ListStartsAsync(AccountId? account, DateTimeOffset since, int skip, int max, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Starts.Where(start => (account is null || start.AccountId == account) && start.StartedAt >= since).OrderByDescending(start => start.StartedAt).Skip(skip).Take(max).ToRead(),
        cancellationToken);

    private IEnumerable<StartedAttempt> Of(AccountId account, Guid id) => cabinet.Starts.Where(start => start.AccountId == account && start.Id == id);

    private IReadOnlyList<ConnectAttempt> Wipe(Func<ConnectAttempt, bool> which) =>
        cabinet.Attempts.Change(cabinet.Attempts.Where(which), kept => kept with { WaitingGrant = null, WaitsUntil = null });
}
