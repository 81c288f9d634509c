using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Configuration;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding;

/// <summary>What <c>AddWhatsAppOnboarding()</c> returns: further calls add stores and handlers, in any order.</summary>
public sealed class WhatsAppOnboardingBuilder
{
    internal WhatsAppOnboardingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds a handler of webhooks; several run in the order in which they were added, and twice the same is once. Registered scoped, unless the host has
    /// registered <typeparamref name="THandler"/> before, such as an instance of its own.
    /// </summary>
    public WhatsAppOnboardingBuilder AddWebhookHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IWebhookHandler
    {
        HostHandlers<IWebhookHandler>.Add<THandler>(Services);
        return this;
    }

    /// <summary>Adds a handler of what happens to accounts, as <see cref="AddWebhookHandler{THandler}"/> does one of webhooks.</summary>
    public WhatsAppOnboardingBuilder AddAccountEventHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IAccountEventHandler
    {
        HostHandlers<IAccountEventHandler>.Add<THandler>(Services);
        return this;
    }

    /// <summary>
    /// Has the messages of some WABAs sent to an address of their own, such as the service of one region; all else still goes to the app's address.
    /// Each address must answer Meta's handshake with <see cref="WhatsAppOnboardingOptions.WebhookVerifyToken"/> by the time that a WABA is connected.
    /// </summary>
    /// <param name="address">
    /// The address of a WABA, or null for the app's: absolute, https unless it is this machine, at most 200 characters. Decide by what your own code
    /// knows, never by what an account or a browser says. Called often, so it should be quick.
    /// </param>
    public WhatsAppOnboardingBuilder UseWebhookOverride(Func<WabaId, Uri?> address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Services.Replace(ServiceDescriptor.Singleton(new OverrideAddresses(address)));
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsAppOnboardingOptions>, OverrideValidator>());
        return this;
    }
}
