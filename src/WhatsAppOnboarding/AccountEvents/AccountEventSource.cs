using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.AccountEvents;

/// <summary>Calls the host's handlers, each with a scope of its own. Nothing that they do can undo what is committed.</summary>
internal sealed partial class AccountEventSource(
    IServiceScopeFactory scopes, HostHandlers<IAccountEventHandler> handlers, ILogger<AccountEventSource> logger)
{
    public async Task RaiseAsync(AccountEvent accountEvent)
    {
        foreach (var handler in handlers.All)
        {
            try
            {
                await HandleAsync(handler, accountEvent).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                LogFailed(exception, handler.Name, accountEvent.Kind);
            }
        }
    }

    private async Task HandleAsync(HostHandler<IAccountEventHandler> handler, AccountEvent accountEvent)
    {
        PhoneNumberId? number = accountEvent.Numbers is [var only] ? only : null;
        var scope = WhatsAppAccountContext.Begin(scopes, accountEvent.AccountId, waba: null, number);
        await using (scope.ConfigureAwait(false))
        {
            await handler.Build(scope.ServiceProvider).HandleAsync(accountEvent, CancellationToken.None).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1250, LogLevel.Error, "{Handler} failed on {Event}")]
    private partial void LogFailed(Exception exception, string handler, string @event);
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
