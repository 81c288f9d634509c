using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.WebhookLedger;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Notes in the ledger that a handler failed on an item.</summary>
internal sealed partial class LedgerFailures(
    IServiceScopeFactory scopes, IOptionsMonitor<WhatsAppOnboardingOptions> options, WebhookMetrics metrics, TimeProvider time, ILogger<LedgerFailures> logger)
{
    private const int MaxReason = 1000;

    /// <summary>Whether the item is parked now.</summary>
    public async Task<bool> NoteAsync(WebhookEvent webhookEvent, WebhookItem item, string handler, Exception exception)
    {
        var limits = options.CurrentValue.Webhooks;
        var failure = new LedgerFailure(handler, ReasonOf(exception), time.GetUtcNow(), ItemPayload.Write(item), limits.ParkAfterFailures, limits.ParkAfter);
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                var record = await scope.ServiceProvider.GetRequiredService<IWebhookLedger>()
                    .FailAsync(webhookEvent.AccountId, webhookEvent.Key, failure, CancellationToken.None).ConfigureAwait(false);
                if (record.IsParked)
                {
                    metrics.Parked();
                    Log.Parked(logger, webhookEvent.Field, webhookEvent.AccountId.ToString(), record.Failures, handler);
                }

                return record.IsParked;
            }
        }
        catch (Exception unnoted)
        {
            Log.NotNoted(logger, unnoted, webhookEvent.AccountId.ToString());
            return false;
        }
    }

    private static string ReasonOf(Exception exception)
    {
        var reason = $"{exception.GetType().Name}: {exception.Message}".Replace("\0", "", StringComparison.Ordinal);
        return reason.Length <= MaxReason ? reason : reason[..MaxReason];
    }

    private static partial class Log
    {
        [LoggerMessage(1531, LogLevel.Error, "Parked {Field} of account {Account} after {Failures} failures of {Handler}: look at it with IParkedWebhooks, and replay it when the handler is mended")]
        public static partial void Parked(ILogger logger, string field, string account, int failures, string handler);

        [LoggerMessage(1532, LogLevel.Error, "The failure of a handler for account {Account} could not be noted; Meta will bring the item again")]
        public static partial void NotNoted(ILogger logger, Exception exception, string account);
    }
}
