using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Runs the host's handlers for each account and change, each in a scope of its own. One that fails does not stop the rest.</summary>
internal sealed partial class WebhookDispatch(IServiceScopeFactory scopes, ILogger<WebhookDispatch> logger)
{
    /// <summary>Whether every handler finished.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<RoutedChange> routed, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var done = true;
        foreach (var item in routed)
            done &= await RunAsync(item, receivedAt, cancellationToken).ConfigureAwait(false);
        return done;
    }

    private async Task<bool> RunAsync(RoutedChange routed, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var webhookEvent = new WebhookEvent
        {
            AccountId = routed.AccountId,
            WabaId = routed.WabaId,
            PhoneNumberId = routed.Change.Number,
            Field = routed.Change.Field,
            Value = routed.Change.Value,
            ReceivedAt = receivedAt,
        };

        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                foreach (var handler in scope.ServiceProvider.GetServices<IWebhookHandler>())
                    await handler.HandleAsync(webhookEvent, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception, webhookEvent.Field, webhookEvent.AccountId.ToString());
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1530, LogLevel.Error, "A handler failed on {Field} for account {Account}; Meta will send the delivery again")]
        public static partial void Failed(ILogger logger, Exception exception, string field, string account);
    }
}
