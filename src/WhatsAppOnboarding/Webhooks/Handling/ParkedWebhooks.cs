using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What is parked, out of the ledger; a replay runs as a delivery does, with the same time for each item and the same rules.</summary>
internal sealed partial class ParkedWebhooks(
    ItemLedger ledger,
    NumberAuthority numbers,
    ItemHandling handling,
    LedgerFailures failures,
    HostHandlers<IWebhookHandler> handlers,
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    TimeProvider time,
    ILogger<ParkedWebhooks> logger)
{
    /// <summary>Clocks of nodes may be apart, and while one replays an item no other may.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(2);

    /// <summary>Beside the handlers' time: to look the account up, and to note what came of it.</summary>
    private static readonly TimeSpan Noting = TimeSpan.FromSeconds(30);

    public Task<IReadOnlyList<LedgerRecord>> ListAsync(ParkedQuery query, LedgerRecord? after, int max, CancellationToken cancellationToken) =>
        ledger.ListParkedAsync(query, after, max, cancellationToken);

    public Task<IReadOnlyList<ParkedGroup>> GroupAsync(ParkedQuery query, CancellationToken cancellationToken) => ledger.GroupParkedAsync(query, cancellationToken);

    public Task<ParkedResult> ReplayAsync(ParkedQuery query, CancellationToken cancellationToken) => new ParkedRun(ledger, time, query, ReplayAsync).RunAsync(cancellationToken);

    public Task<ParkedResult> DiscardAsync(ParkedQuery query, CancellationToken cancellationToken) => new ParkedRun(ledger, time, query, DiscardAsync).RunAsync(cancellationToken);

    private async Task<ParkedEnd> ReplayAsync(LedgerRecord found)
    {
        if (handling.HasLeftBehindTooMuch(found.AccountId))
            return ParkedEnd.NotTried;
        var (now, limit) = (time.GetUtcNow(), options.CurrentValue.Webhooks.DeliveryTimeout);
        if (found is not { Payload: { } payload } || found.IsTaken(now)
            || await ledger.TakeParkedAsync(found, now + limit + Noting + ClocksApart).ConfigureAwait(false) is not { } parked)
            return ParkedEnd.NotTried;

        var webhookEvent = await ReadAsync(parked, payload).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(limit, time);
        if (await handling.RunAsync(webhookEvent, parked, null, patience.Token).ConfigureAwait(false) is { } failure)
        {
            LogFailed(failure.Exception, webhookEvent.Field, parked.AccountId.ToString(), failure.Handler);
            await failures.NoteAsync(webhookEvent, () => payload, failure, isParked: true).ConfigureAwait(false);
            return patience.IsCancellationRequested ? ParkedEnd.Hung : ParkedEnd.FailedAgain;
        }

        await ledger.UnparkAsync(parked.AccountId, parked.ItemKey, [], time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        LogReplayed(webhookEvent.Field, parked.AccountId.ToString());
        return ParkedEnd.Unparked;
    }

    private async Task<ParkedEnd> DiscardAsync(LedgerRecord parked)
    {
        if (!await ledger.UnparkAsync(parked.AccountId, parked.ItemKey, [.. handlers.All.Select(handler => handler.Name)], time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false))
            return ParkedEnd.NotTried;
        LogDiscarded(parked.AccountId.ToString());
        return ParkedEnd.Unparked;
    }

    /// <summary>The event as it was, under the key that it is kept under. The account may have disconnected since: it had received the item before.</summary>
    private async Task<WebhookEvent> ReadAsync(LedgerRecord parked, string payload)
    {
        var receivedAt = parked.FirstFailedAt ?? parked.TouchedAt;
        var items = Envelope.Read(JsonElement.Parse(payload), receivedAt);
        var item = items.FirstOrDefault(one => one.Key == parked.ItemKey) ?? items[0];
        var change = item.Change;
        var account = await numbers.ReadAsync(parked.AccountId, CancellationToken.None).ConfigureAwait(false);
        var number = change.Number is { } id ? account.Find(id) : null;
        var waba = change.RoutedWaba ?? number?.WabaId ?? change.EntryId.GetValueOrDefault();
        return new RoutedItem(parked.AccountId, waba, item).ToEvent(receivedAt) with { Key = parked.ItemKey };
    }

    [LoggerMessage(1550, LogLevel.Information, "Replayed a parked {Field} of account {Account}: every handler has finished it")]
    private partial void LogReplayed(string field, string account);

    [LoggerMessage(1551, LogLevel.Error, "The replay of a parked {Field} of account {Account} failed in {Handler}; it stays parked")]
    private partial void LogFailed(Exception exception, string field, string account, string handler);

    [LoggerMessage(1552, LogLevel.Warning, "A parked item of account {Account} was given up")]
    private partial void LogDiscarded(string account);
}
