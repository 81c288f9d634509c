using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Tells the host of those who began to connect and were not heard of any more: of a page that gave signs and fell silent within five minutes, of all others when their state has
/// ended, for until then they may be at Meta.
/// </summary>
internal sealed partial class SilentStarts(
    AttemptRecords store, NumberAuthority numbers, AccountEventDelivery events, LibraryMetrics metrics, TimeProvider time, ILogger<SilentStarts> logger)
{
    private const string WentSilent = "went_silent", Unanswered = "unanswered";
    private const int TakenAtOnce = 32;

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(3);

    /// <summary>Tells of all that have fallen silent. What cannot be told now is taken again.</summary>
    public async Task TellAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<StartedAttempt> taken;
        do
        {
            var now = time.GetUtcNow();
            taken = await store.TakeSilentAsync(now, now + LeaseTime, TakenAtOnce, stoppingToken).ConfigureAwait(false);
            foreach (var start in taken)
                await TryAsync(start).ConfigureAwait(false);
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

    private async Task TryAsync(StartedAttempt start)
    {
        try
        {
            await TellAsync(start).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotTold(exception, start.Id);
        }
    }

    [LoggerMessage(1329, LogLevel.Error, "That attempt {Attempt} was abandoned could not be told; the next try is in three minutes")]
    private partial void LogNotTold(Exception exception, Guid attempt);
}
