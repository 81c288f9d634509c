using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Runs the handlers of one item for one account, in order, each in a scope of its own, and notes those that finish.</summary>
internal sealed partial class ItemHandling(IServiceScopeFactory scopes, HostHandlers<IWebhookHandler> handlers, TimeProvider time, ILogger<ItemHandling> logger)
{
    private const int MostLeftBehind = 64;

    /// <summary>What did not end with its delivery: it must not be begun again beside itself.</summary>
    private readonly ConcurrentDictionary<(AccountId Account, string Item, string Handler), bool> _leftBehind = new();

    /// <summary>Whether so many handlers of the account never ended that no more are begun, for each may hold a thread.</summary>
    public bool HasLeftBehindTooMuch(AccountId account) => !_leftBehind.IsEmpty && _leftBehind.Keys.Count(call => call.Account == account) >= MostLeftBehind;

    /// <summary>The handler that would run next; null when all have finished.</summary>
    public string? FirstUnfinished(LedgerRecord known) => handlers.All.Select(handler => handler.Name).FirstOrDefault(name => !known.Finished.Contains(name));

    /// <summary>Runs what is not finished yet, up to the first that fails. Null when all have finished.</summary>
    /// <param name="webhookEvent">The item, for the account.</param>
    /// <param name="known">What the ledger knows of it; null when there is no ledger.</param>
    /// <param name="stillReceives">Asked before what a handler staged is saved; null when it is not to be asked.</param>
    /// <param name="cancellationToken">Ends the wait for a handler.</param>
    public async Task<HandlerFailure?> RunAsync(WebhookEvent webhookEvent, LedgerRecord? known, Func<Task<bool>>? stillReceives, CancellationToken cancellationToken)
    {
        foreach (var handler in handlers.All)
        {
            if (known?.Finished.Contains(handler.Name) is true)
                continue;
            (known, var failure) = await RunAsync(handler, webhookEvent, known, stillReceives, cancellationToken).ConfigureAwait(false);
            if (failure is not null)
                return failure;
        }

        return null;
    }

    private async Task<(LedgerRecord? Known, HandlerFailure? Failure)> RunAsync(
        HostHandler<IWebhookHandler> handler, WebhookEvent webhookEvent, LedgerRecord? known, Func<Task<bool>>? stillReceives, CancellationToken cancellationToken)
    {
        var call = (webhookEvent.AccountId, webhookEvent.Key, handler.Name);
        if (_leftBehind.ContainsKey(call))
            return (known, new HandlerFailure(handler.Name, new TimeoutException("It has not ended since an earlier delivery brought the item."), StillRuns: false));

        var scope = WhatsAppAccountContext.Begin(scopes, webhookEvent.AccountId, webhookEvent.WabaId, webhookEvent.PhoneNumberId);

        // A handler may also block the thread that it is called on. Another thread costs a quarter of the speed, so it is one only where there is a
        // ledger to park in what never ends.
        var running = known is null ? HandleAsync() : Task.Run(HandleAsync, CancellationToken.None);
        try
        {
            return (await running.WaitAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception exception)
        {
            return (known, new HandlerFailure(handler.Name, Explained(exception, cancellationToken), !running.IsCompleted));
        }
        finally
        {
            if (running.IsCompleted)
                await DisposeAsync(scope, handler.Name).ConfigureAwait(false);
            else
                _ = LeaveBehindAsync(running, scope, call);
        }

        Task<LedgerRecord?> HandleAsync() => this.HandleAsync(scope.ServiceProvider, handler, webhookEvent, known, stillReceives, cancellationToken);
    }

    private async Task<LedgerRecord?> HandleAsync(
        IServiceProvider services, HostHandler<IWebhookHandler> handler, WebhookEvent webhookEvent, LedgerRecord? known, Func<Task<bool>>? stillReceives, CancellationToken cancellationToken)
    {
        await handler.Build(services).HandleAsync(webhookEvent, cancellationToken).ConfigureAwait(false);

        // Nobody waits any more, and the failure is noted: to save now would be to save beside the next try.
        cancellationToken.ThrowIfCancellationRequested();
        if (known is not null && stillReceives is not null && !await stillReceives().ConfigureAwait(false))
            throw new NoLongerReceivedException();
        return known is null
            ? null
            : await services.GetRequiredService<IWebhookLedger>().FinishAsync(known, handler.Name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    private static Exception Explained(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested
            ? new TimeoutException("It had not finished when the time was over (WhatsAppOnboarding:Webhooks:DeliveryTimeout).", exception)
            : exception;

    /// <summary>A handler that does not listen to the token is not waited for; its scope goes when it ends.</summary>
    private async Task LeaveBehindAsync(Task running, AsyncServiceScope scope, (AccountId, string, string Handler) call)
    {
        _leftBehind[call] = true;
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _leftBehind.TryRemove(call, out _);
        await DisposeAsync(scope, call.Handler).ConfigureAwait(false);
    }

    /// <summary>A scope that cannot be disposed of undoes nothing.</summary>
    private async Task DisposeAsync(AsyncServiceScope scope, string name)
    {
        try
        {
            await scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotDisposed(exception, name);
        }
    }

    [LoggerMessage(1534, LogLevel.Warning, "The scope of {Handler} could not be disposed of; what it did stands")]
    private partial void LogNotDisposed(Exception exception, string handler);
}

/// <summary>That a handler failed on an item.</summary>
/// <param name="Handler">Which handler, by name.</param>
/// <param name="Exception">Why.</param>
/// <param name="StillRuns">Whether it does not listen to the token and still looks at the item.</param>
internal sealed record HandlerFailure(string Handler, Exception Exception, bool StillRuns);

/// <summary>While a handler ran its account disconnected, or was erased: nothing of it may be saved.</summary>
internal sealed class NoLongerReceivedException() : Exception("The account does not receive it any more.");
