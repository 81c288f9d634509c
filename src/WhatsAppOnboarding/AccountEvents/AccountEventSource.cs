using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.AccountEvents;

/// <summary>Tells the host's handlers, each event in a scope of its own. Nothing that they do can undo what is committed.</summary>
internal sealed partial class AccountEventSource(IServiceScopeFactory scopes, ILogger<AccountEventSource> logger)
{
    public async Task RaiseAsync(AccountEvent accountEvent)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            foreach (var handler in scope.ServiceProvider.GetServices<IAccountEventHandler>())
            {
                try
                {
                    await handler.HandleAsync(accountEvent, CancellationToken.None).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    Log.Failed(logger, exception, handler.GetType().Name, accountEvent.GetType().Name);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1250, LogLevel.Error, "{Handler} failed on {Event}")]
        public static partial void Failed(ILogger logger, Exception exception, string handler, string @event);
    }
}
