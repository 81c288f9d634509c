using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Writes down who began to connect, and tells the host of those who were not heard of any more: of a page that gave signs and fell silent within five minutes, of all others
/// when their state has ended, for until then they may be at Meta. Nothing here holds up or fails an attempt.
/// </summary>
internal sealed partial class AttemptStarts(
    AttemptRecords store, NumberAuthority numbers, AccountEventDelivery events, LibraryMetrics metrics, TimeProvider time, ILogger<AttemptStarts> logger)
{
    /// <summary>The reasons of an abandoned attempt of which there was never an answer.</summary>
    public const string WentSilent = "went_silent", Unanswered = "unanswered";

    private const int TakenAtOnce = 32;

    // A page gives a sign every minute, and browsers let pages that nobody sees run once a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(3);

    /// <summary>Once a start is within the limits, and before the browser is sent on.</summary>
    public async Task BeginAsync(ConnectState state, string language)
    {
        metrics.ConnectStarted(state.Way, language);
        await TryAsync(state.AttemptId, () => store.StartAsync(new StartedAttempt
        {
            Id = state.AttemptId,
            AccountId = state.Account,
            Way = state.Way,
            Language = language,
            StartedAt = time.GetUtcNow(),
            SilentAt = state.ExpiresAt,
        })).ConfigureAwait(false);
    }

    /// <summary>The page tells that somebody is there.</summary>
    public Task SignAsync(AccountId account, Guid attempt, bool isOpen, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.NoteSignAsync(account, attempt, now, now + Patience, isOpen, cancellationToken);
    }

    /// <summary>Meta sent the browser back without a code.</summary>
    public Task RefusedAsync(ConnectState state, string outcome, string language) => TryAsync(state.AttemptId, async () =>
    {
        if (await store.EndStartAsync(state.Account, state.AttemptId, outcome).ConfigureAwait(false))
            metrics.ConnectAbandoned(state.Way, outcome, language);
    });

    /// <summary>What began with the older state goes on with this one, so that it is one start.</summary>
    public Task RenewedAsync(ConnectState older, ConnectState state) =>
        TryAsync(state.AttemptId, () => store.RenewStartAsync(state.Account, older.AttemptId, state.AttemptId));

    /// <summary>Tells of all that have fallen silent. What cannot be told now is taken again.</summary>
    public async Task TellAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<StartedAttempt> taken;
        do
        {
            var now = time.GetUtcNow();
            taken = await store.TakeSilentAsync(now, now + LeaseTime, TakenAtOnce, stoppingToken).ConfigureAwait(false);
            foreach (var start in taken)
                await TryAsync(start.Id, () => TellAsync(start)).ConfigureAwait(false);
        }
        while (taken.Count == TakenAtOnce);
    }

    /// <summary>Of an account that was erased meanwhile nothing may be kept: it is told only where the start is still there.</summary>
    private async Task TellAsync(StartedAttempt start)
    {
        var reason = start.LastSignAt is null ? Unanswered : WentSilent;
        if (start.Outcome is null)
        {
            if (!await store.EndStartAsync(start.AccountId, start.Id, reason, start.SilentAt).ConfigureAwait(false))
                return;
            metrics.ConnectAbandoned(start.Way, reason, start.Language);
        }

        // With an id of its own, so that it is told once, and apart from that of an attempt that may come yet, and die.
        var abandoned = new AccountEvent
        {
            Id = new Guid(Convert.FromHexString(StateBinding.HashOf($"abandoned {start.Id:N}")).AsSpan(0, 16)),
            Kind = AccountEvent.AttemptAbandoned,
            AccountId = start.AccountId,
            At = time.GetUtcNow(),
            Numbers = [],
            Reason = reason,
        };
        await numbers.WriteAsync(start.AccountId, _ => [], [abandoned], CancellationToken.None).ConfigureAwait(false);
        await store.EndStartAsync(start.AccountId, start.Id, reason).ConfigureAwait(false);
        await events.DeliverAsync(start.AccountId).ConfigureAwait(false);
    }

    private async Task TryAsync(Guid attempt, Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotWritten(exception, attempt);
        }
    }

    [LoggerMessage(1328, LogLevel.Warning, "The start of attempt {Attempt}, or its end, could not be written; the funnel will not have it, and the attempt goes on")]
    private partial void LogNotWritten(Exception exception, Guid attempt);
}
