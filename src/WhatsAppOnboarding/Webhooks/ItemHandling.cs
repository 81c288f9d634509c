using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.WebhookLedger;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Runs the handlers of one item for one account, in order, each in a scope of its own, and notes what came of it.</summary>
internal sealed partial class ItemHandling(IServiceScopeFactory scopes, HandlerNames handlers, LedgerFailures failures, TimeProvider time, ILogger<ItemHandling> logger)
{
    /// <summary>Runs what is not finished yet.</summary>
    /// <param name="webhookEvent">The item, for the account.</param>
    /// <param name="item">The item.</param>
    /// <param name="known">What the ledger knows of it.</param>
    /// <param name="noted">Whether there is a ledger.</param>
    /// <param name="cancellationToken">Ends the wait for a handler.</param>
    public async Task<ItemOutcome> RunAsync(
        WebhookEvent webhookEvent, WebhookItem item, LedgerRecord? known, bool noted, CancellationToken cancellationToken)
    {
        if (known is { IsParked: true })
            return ItemOutcome.Done;
        for (var index = 0; index < handlers.All.Count; index++)
        {
            var name = handlers.All[index];
            if (known?.Finished.Contains(name) is true)
                continue;
            if (await FailureAsync(index, name, webhookEvent, noted, cancellationToken).ConfigureAwait(false) is not { } failure)
                continue;

            Log.Failed(logger, failure.Exception, name, webhookEvent.Field, webhookEvent.AccountId.ToString());
            var parked = noted && await failures.NoteAsync(webhookEvent, item, name, failure.Exception).ConfigureAwait(false);
            return failure.StillRuns ? ItemOutcome.LeftBehind : parked ? ItemOutcome.Done : ItemOutcome.Failed;
        }

        return ItemOutcome.Done;
    }

    /// <summary>Null when the handler has finished.</summary>
    private async Task<HandlerFailure?> FailureAsync(int index, string name, WebhookEvent webhookEvent, bool noted, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        var running = HandleAsync(scope.ServiceProvider, index, name, webhookEvent, noted, cancellationToken);
        try
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            return new HandlerFailure(exception, !running.IsCompleted);
        }
        finally
        {
            if (running.IsCompleted)
                await scope.DisposeAsync().ConfigureAwait(false);
            else
                _ = DisposeAfterAsync(running, scope);
        }
    }

    /// <summary>A handler that does not listen to the token is left behind; its scope goes when it ends.</summary>
    private static async Task DisposeAfterAsync(Task running, AsyncServiceScope scope)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await scope.DisposeAsync().ConfigureAwait(false);
    }

    private async Task HandleAsync(
        IServiceProvider services, int index, string name, WebhookEvent webhookEvent, bool noted, CancellationToken cancellationToken)
    {
        await services.GetServices<IWebhookHandler>().ElementAt(index).HandleAsync(webhookEvent, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (noted)
        {
            await services.GetRequiredService<IWebhookLedger>()
                .FinishAsync(webhookEvent.AccountId, webhookEvent.Key, name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record HandlerFailure(Exception Exception, bool StillRuns);

    private static partial class Log
    {
        [LoggerMessage(1530, LogLevel.Error, "{Handler} failed on {Field} for account {Account}; Meta will bring it again")]
        public static partial void Failed(ILogger logger, Exception exception, string handler, string field, string account);
    }
}
