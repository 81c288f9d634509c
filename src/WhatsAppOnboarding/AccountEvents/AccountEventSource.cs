using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.AccountEvents;

/// <summary>
/// Calls the host's handlers, each with a scope and a time of its own. Nothing that they do can undo what is committed, and none that hangs holds up whoever
/// raised the event: it is left behind.
/// </summary>
internal sealed partial class AccountEventSource(
    IServiceScopeFactory scopes, HostHandlers<IAccountEventHandler> handlers, TimeProvider time, ILogger<AccountEventSource> logger)
{
    private const int AccountsAtOnce = 16;

    private static readonly TimeSpan HandlingTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WaitingTime = TimeSpan.FromSeconds(15);

    /// <summary>As <see cref="RaiseAsync(IEnumerable{AccountEvent})"/>.</summary>
    public Task RaiseAsync(AccountEvent accountEvent) => RaiseAsync([accountEvent]);

    /// <summary>
    /// Raises events: of each account in this order, of several accounts side by side. Ends when all handlers have, and after a quarter of a minute at the latest,
    /// however many events and accounts there are: what is not done by then goes on behind. Never fails.
    /// </summary>
    public async Task RaiseAsync(IEnumerable<AccountEvent> accountEvents)
    {
        var raising = Parallel.ForEachAsync(
            accountEvents.GroupBy(one => one.AccountId),
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce },
            async (account, _) =>
            {
                foreach (var accountEvent in account)
                    await HandleAsync(accountEvent).ConfigureAwait(false);
            });
        await raising.WaitAsync(WaitingTime, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task HandleAsync(AccountEvent accountEvent)
    {
        foreach (var handler in handlers.All)
        {
            using var limit = new CancellationTokenSource(HandlingTime, time);
            try
            {
                // On a thread of the pool, for one that blocks its thread hangs, too.
                await Task.Run(() => HandleAsync(handler, accountEvent, limit.Token), CancellationToken.None).WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (Exception) when (limit.IsCancellationRequested)
            {
                LogLeftBehind(handler.Name, accountEvent.Kind, HandlingTime.TotalSeconds);
            }
            catch (Exception exception)
            {
                LogFailed(exception, handler.Name, accountEvent.Kind);
            }
        }
    }

    private async Task HandleAsync(HostHandler<IAccountEventHandler> handler, AccountEvent accountEvent, CancellationToken cancellationToken)
    {
        PhoneNumberId? number = accountEvent.Numbers is [var only] ? only : null;
        var scope = WhatsAppAccountContext.Begin(scopes, accountEvent.AccountId, waba: null, number);
        await using (scope.ConfigureAwait(false))
        {
            await handler.Build(scope.ServiceProvider).HandleAsync(accountEvent, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1250, LogLevel.Error, "{Handler} failed on {Event}")]
    private partial void LogFailed(Exception exception, string handler, string @event);

    [LoggerMessage(1251, LogLevel.Error, "{Handler} did not end on {Event} within {Seconds} seconds and is left behind. Hand long work on, for example to a queue")]
    private partial void LogLeftBehind(string handler, string @event, double seconds);
}

internal static class AccountEventRegistration
{
    public static IServiceCollection AddAccountEvents(this IServiceCollection services)
    {
        HostHandlers<IAccountEventHandler>.Of(services);
        services.TryAddScoped<WhatsAppAccountContext>();
        services.TryAddScoped<IWhatsAppAccountContext>(provider => provider.GetRequiredService<WhatsAppAccountContext>());
        services.TryAddSingleton<AccountEventSource>();
        return services;
    }
}
