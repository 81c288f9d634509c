using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Hosting;

/// <summary>The host's handlers of one kind, in the order in which they were added; each can be built by itself.</summary>
internal sealed class HostHandlers<THandler>
    where THandler : class
{
    private readonly List<HostHandler<THandler>> _all = [];

    public IReadOnlyList<HostHandler<THandler>> All => _all;

    /// <summary>Remembers a handler, once. What the host registered as this type before, such as an instance, is what will be called.</summary>
    public static void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TOne>(IServiceCollection services)
        where TOne : class, THandler
    {
        services.TryAddScoped<TOne>();
        Of(services).Add(typeof(TOne), provider => provider.GetRequiredService<TOne>());
    }

    /// <summary>The handlers of these services; registers the list, and the check of it, when it is not there yet.</summary>
    public static HostHandlers<THandler> Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(HostHandlers<THandler>))?.ImplementationInstance is HostHandlers<THandler> known)
            return known;
        var handlers = new HostHandlers<THandler>();
        services.AddSingleton(handlers);
        services.AddSingleton<IValidateOptions<WhatsAppOnboardingOptions>, ByHand>();
        return handlers;
    }

    private void Add(Type type, Func<IServiceProvider, THandler> build)
    {
        if (_all.Any(handler => handler.Type == type))
            return;

        // The ledger knows handlers by name, and two assemblies may have a type of the same one.
        var same = _all.Count(handler => handler.Type.ToString() == type.ToString());
        _all.Add(new HostHandler<THandler>(type, same == 0 ? type.ToString() : $"{type}#{same + 1}", build));
    }

    /// <summary>A handler that is registered past the builder would never be called, and nobody would know.</summary>
    private sealed class ByHand(IServiceProviderIsService? services = null) : IValidateOptions<WhatsAppOnboardingOptions>
    {
        public ValidateOptionsResult Validate(string? name, WhatsAppOnboardingOptions options) => services?.IsService(typeof(THandler)) is true
            ? ValidateOptionsResult.Fail($"An {typeof(THandler).Name} is registered by itself and would never be called. Add it with Add{typeof(THandler).Name[1..]}<T>(); to have an instance of your own called, register that as T before.")
            : ValidateOptionsResult.Success;
    }
}

/// <summary>One of the host's handlers.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">What it is called in the ledger and in logs; stable as long as its type keeps its name.</param>
/// <param name="Build">Builds it, and no other, in a scope.</param>
internal sealed record HostHandler<THandler>(Type Type, string Name, Func<IServiceProvider, THandler> Build);

/// <summary>Set once, by whoever opens a scope for a handler.</summary>
internal sealed class WhatsAppAccountContext : IWhatsAppAccountContext
{
    public AccountId? AccountId { get; private set; }

    public WabaId? WabaId { get; private set; }

    public PhoneNumberId? PhoneNumberId { get; private set; }

    /// <summary>A scope for one handler, which knows its account before anything else is built in it.</summary>
    public static AsyncServiceScope Begin(IServiceScopeFactory scopes, AccountId account, WabaId? waba, PhoneNumberId? number)
    {
        var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<WhatsAppAccountContext>();
        (context.AccountId, context.WabaId, context.PhoneNumberId) = (account, waba, number);
        return scope;
    }
}

/// <summary>Why a handler failed, as it is kept: the exception's type and text, and those of its innermost cause, for the outermost often only says that there is one.</summary>
internal static class HandlerReason
{
    private const int MaxLength = 1_000;

    public static string Of(Exception exception, string? handler = null)
    {
        var cause = exception.GetBaseException();
        var reason = ReferenceEquals(cause, exception) ? Text(exception) : $"{Text(exception)} <- {Text(cause)}";
        reason = (handler is null ? reason : $"{handler}: {reason}").Replace("\0", "", StringComparison.Ordinal);
        if (reason.Length > MaxLength)
            reason = reason[..MaxLength];

        // Half a character, which a cut may leave, too, is no text for a database, and then the failure would never be noted.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(reason));
    }

    private static string Text(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";
}
