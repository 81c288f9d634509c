using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <content>What attempts began as: rows that never touch the claim of an attempt.</content>
internal sealed partial class EfConnectAttemptStore
{
    public async Task<IReadOnlyList<ConnectAttempt>> FindAllAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new List<ConnectAttempt>();
        foreach (var some in ids.Chunk(StoreContext.AskedAtOnce))
            found.AddRange((await store.Attempts.Where(row => some.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false)).Select(row => row.ToAttempt()));
        return found;
    }

    public async Task StartAsync(StartedAttempt start, CancellationToken cancellationToken)
    {
        store.Value.Add(StartedAttemptRow.From(start));
        await store.Value.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task NoteSignAsync(AccountId account, Guid id, DateTimeOffset at, DateTimeOffset silentAt, bool isOpen, CancellationToken cancellationToken)
    {
        var (now, silent) = (UtcTime.Cut((DateTimeOffset?)at), UtcTime.Cut((DateTimeOffset?)silentAt));
        var alive = StartOf(account, id).Where(row => row.SilentAt != null && row.Outcome == null);
        await alive.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSignAt, now).SetProperty(row => row.SilentAt, silent), cancellationToken).ConfigureAwait(false);
        if (isOpen)
            await alive.Where(row => row.OpenedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.OpenedAt, now), cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> EndStartAsync(AccountId account, Guid id, string outcome, DateTimeOffset? silentAt, CancellationToken cancellationToken)
    {
        var silent = UtcTime.Cut(silentAt);
        var one = StartOf(account, id);
        var isNews = await one.Where(row => row.Outcome == null || row.Outcome != outcome)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Outcome, outcome).SetProperty(row => row.SilentAt, silent), cancellationToken).ConfigureAwait(false) == 1;
        if (!isNews)
            await one.ExecuteUpdateAsync(set => set.SetProperty(row => row.SilentAt, silent), cancellationToken).ConfigureAwait(false);
        return isNews;
    }

    public async Task RenewStartAsync(AccountId account, Guid id, Guid renewed, CancellationToken cancellationToken)
    {
        if (!await store.Starts.AnyAsync(row => row.Id == renewed, cancellationToken).ConfigureAwait(false))
            await StartOf(account, id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Id, renewed), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<StartedAttempt>> TakeSilentAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken)
    {
        var (at, end) = (UtcTime.Cut((DateTimeOffset?)now), UtcTime.Cut((DateTimeOffset?)until));
        var attempts = store.Attempts;
        var due = await store.Starts.Where(row => row.SilentAt <= at).OrderBy(row => row.SilentAt).Take(max)
            .Select(row => new { Row = row, IsAnswered = attempts.Any(attempt => attempt.Id == row.Id) }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var taken = new List<StartedAttempt>();
        foreach (var one in due)
        {
            var next = one.IsAnswered ? null : end;
            var isMine = await store.Starts.Where(row => row.Id == one.Row.Id && row.SilentAt == one.Row.SilentAt)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SilentAt, next), cancellationToken).ConfigureAwait(false) == 1;
            if (isMine && !one.IsAnswered)
                taken.Add(one.Row.ToStart() with { SilentAt = end });
        }

        return taken;
    }

    public async Task<IReadOnlyList<StartedAttempt>> ListStartsAsync(AccountId? account, DateTimeOffset since, int skip, int max, CancellationToken cancellationToken)
    {
        var (of, from) = (account?.ToString(), UtcTime.Cut(since));
        var rows = await store.Starts.Where(row => row.StartedAt >= from && (of == null || row.AccountId == of)).OrderByDescending(row => row.StartedAt).ThenBy(row => row.Id).Skip(skip).Take(max)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToStart())];
    }

    private async Task<int> PruneStartsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = await store.Starts.Where(row => row.StartedAt < before).OrderBy(row => row.StartedAt).Take(PrunedAtOnce).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        return old.Count == 0 ? 0 : await store.Starts.Where(row => old.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private IQueryable<StartedAttemptRow> StartOf(AccountId account, Guid id)
    {
        var owner = account.ToString();
        return store.Starts.Where(row => row.Id == id && row.AccountId == owner);
    }
}
