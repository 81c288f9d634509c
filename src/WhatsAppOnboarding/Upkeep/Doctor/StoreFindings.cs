using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// What is wrong with what is kept: the stores themselves, what waits in them, and whether anybody looks after it. Of accounts it reads a score: those that connected last, and
/// those whose events are the oldest that are kept.
/// </summary>
internal static class StoreFindings
{
    private const int Counted = 100;
    private const int OfEach = 10;

    private static readonly TimeSpan EventsWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan InboxWaits = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UpkeepWaits = TimeSpan.FromHours(1);
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    public static async IAsyncEnumerable<Finding> FindAsync(Examined host, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Kind(host) is { } kind)
            yield return kind;
        if (IsStopped(host))
            yield return host.Found("upkeep_stopped");
        if (await host.Scopes.UseAsync((IPhoneNumberStore store) => store.ListPendingMigrationsAsync(cancellationToken)).ConfigureAwait(false) is { Count: > 0 } pending)
            yield return host.Found("migrations_pending", string.Join(", ", pending));

        if (await host.Scopes.UseAsync((IPhoneNumberStore store) => store.CountUnprovedAsync(cancellationToken)).ConfigureAwait(false) is > 0 and var unproved)
            yield return host.Found("numbers_unproved", Number(unproved));

        if (host.Find<IWebhookIntake>()?.Backlog is { } backlog && Waiting(backlog) is { } code)
            yield return host.Found(code, $"{Number((int)Math.Min(backlog.Depth, int.MaxValue))}, the oldest for {Number((int)backlog.OldestAge.TotalSeconds)} seconds");

        var items = await host.Get<ItemLedger>().ListParkedAsync(new ParkedQuery(), null, Counted, cancellationToken).ConfigureAwait(false);
        if (items.Count > 0)
            yield return host.Found("webhooks_parked", Since(items.Count, items.Min(item => item.ParkedAt)));
        var events = await host.Scopes.UseAsync((IAccountEventStore store) => store.ListAsync(null, null, true, Counted, cancellationToken)).ConfigureAwait(false);
        if (events.Count > 0)
            yield return host.Found("events_parked", Since(events.Count, events.Min(stored => stored.ParkedAt)));
        var late = await host.Scopes.UseAsync((IAccountEventStore store) => store.FindWaitingAsync(host.Now - EventsWait, null, cancellationToken)).ConfigureAwait(false);
        if (late.Count > 0)
            yield return host.Found("events_late", Number(late.Count));

        var attempts = await host.Get<AttemptRecords>().ListSinceAsync(host.Now - Recent, cancellationToken).ConfigureAwait(false);
        foreach (var refused in attempts.Where(attempt => attempt.Outcome is ErrorCodes.AppMisconfigured or ErrorCodes.RedirectMismatch or ErrorCodes.PermissionMissing).GroupBy(attempt => attempt.Outcome))
            yield return host.Found("connects_refused", Number(refused.Count()), refused.Key);

        await foreach (var finding in AccountsAsync(host, attempts, cancellationToken).ConfigureAwait(false))
            yield return finding;
    }

    private static async IAsyncEnumerable<Finding> AccountsAsync(Examined host, IReadOnlyList<ConnectAttempt> attempts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var old = await host.Scopes.UseAsync((IAccountEventStore store) => store.ListAsync(null, null, false, Counted, cancellationToken)).ConfigureAwait(false);
        AccountId[] accounts =
        [
            .. attempts.Where(attempt => attempt.PhoneCount > 0).Select(attempt => attempt.AccountId).Distinct().Take(OfEach)
                .Union(old.Select(stored => stored.Event.AccountId).Distinct().Take(OfEach)),
        ];
        var sealing = host.Get<NumberSealing>();
        var (overdue, looked, closed) = (0, 0, 0);
        foreach (var id in accounts)
        {
            var account = await host.Get<NumberAuthority>().ReadAsync(id, cancellationToken).ConfigureAwait(false);
            PhoneNumber[] held = [.. account.Numbers.Where(number => number is { IsHeld: true, Token: not null })];
            overdue += account.Reference.DueAt < host.Now - UpkeepWaits ? 1 : 0;
            looked += held.Length;
            closed += held.Count(number => sealing.Open(number) is null);
        }

        if (overdue > 0)
            yield return host.Found("upkeep_overdue", $"{Number(overdue)} of {Number(accounts.Length)}");
        if (closed > 0)
            yield return host.Found("tokens_unreadable", $"{Number(closed)} of {Number(looked)}");
    }

    private static Finding? Kind(Examined host)
    {
        using var scope = host.Scopes.CreateScope();
        var kinds = StoresRegistration.InMemory(scope.ServiceProvider);
        return kinds.Distinct().Count() > 1 ? host.Found("stores_mixed")
            : kinds[0] && !host.IsDevelopment ? host.Found("stores_in_memory")
            : null;
    }

    /// <summary>Of a host that was not started, as in a command, nothing runs, and nothing is wrong.</summary>
    private static bool IsStopped(Examined host) =>
        host.Get<IHostApplicationLifetime>() is { ApplicationStarted.IsCancellationRequested: true, ApplicationStopping.IsCancellationRequested: false }
        && host.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().FirstOrDefault() is not { ExecuteTask.IsCompleted: false };

    private static string? Waiting(IntakeBacklog backlog) => backlog.IsTooMuch ? "inbox_full" : backlog.OldestAge >= InboxWaits ? "inbox_late" : null;

    private static string Since(int count, DateTimeOffset? oldest) =>
        $"{(count < Counted ? "" : "at least ")}{Number(count)}, since {oldest?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? "an unknown time"}";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
