using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What is parked, out of the ledger; a replay runs as a delivery does, with the same time and the same rules.</summary>
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
    public Task<IReadOnlyList<LedgerRecord>> ListAsync(AccountId? account, int max, CancellationToken cancellationToken) =>
        ledger.ListParkedAsync(account, max, cancellationToken);

    public async Task<LedgerRecord?> ReplayAsync(AccountId account, string itemKey, CancellationToken cancellationToken)
    {
        if (await ledger.FindParkedAsync(account, itemKey, cancellationToken).ConfigureAwait(false) is not { Payload: { } payload } parked)
            return null;

        var webhookEvent = await ReadAsync(parked, payload, cancellationToken).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(options.CurrentValue.Webhooks.DeliveryTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        if (await handling.RunAsync(webhookEvent, parked, null, either.Token).ConfigureAwait(false) is { } failure)
        {
            LogFailed(failure.Exception, webhookEvent.Field, account.ToString(), failure.Handler);
            await failures.NoteAsync(webhookEvent, () => payload, failure, isParked: true).ConfigureAwait(false);
            return parked with { Failures = parked.Failures + 1, FailedHandler = failure.Handler, Reason = HandlerReason.Of(failure.Exception) };
        }

        await ledger.UnparkAsync(account, itemKey, [], time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        LogReplayed(webhookEvent.Field, account.ToString());
        return parked with { ParkedAt = null, Payload = null };
    }

    public async Task<bool> DiscardAsync(AccountId account, string itemKey, CancellationToken cancellationToken)
    {
        var discarded = await ledger.UnparkAsync(account, itemKey, [.. handlers.All.Select(handler => handler.Name)], time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (discarded)
            LogDiscarded(account.ToString());
        return discarded;
    }

    /// <summary>The event as it was, under the key that it is kept under. The account may have disconnected since: it had received the item before.</summary>
    private async Task<WebhookEvent> ReadAsync(LedgerRecord parked, string payload, CancellationToken cancellationToken)
    {
        var receivedAt = parked.FirstFailedAt ?? parked.TouchedAt;
        var items = Envelope.Read(JsonElement.Parse(payload), receivedAt);
        var item = items.FirstOrDefault(one => one.Key == parked.ItemKey) ?? items[0];
        var change = item.Change;
        var account = await numbers.ReadAsync(parked.AccountId, cancellationToken).ConfigureAwait(false);
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
