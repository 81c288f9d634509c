using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding;

/// <summary>What <c>AddWhatsAppOnboarding()</c> returns: further calls add stores and handlers, in any order.</summary>
public sealed class WhatsAppOnboardingBuilder
{
    internal WhatsAppOnboardingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a handler of webhooks, scoped; several run in the order in which they were added. Twice the same is once.</summary>
    public WhatsAppOnboardingBuilder AddWebhookHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IWebhookHandler
    {
        Services.TryAddEnumerable(ServiceDescriptor.Scoped<IWebhookHandler, THandler>());
        return this;
    }

    /// <summary>Adds a handler of what happens to accounts, scoped. Twice the same is once.</summary>
    public WhatsAppOnboardingBuilder AddAccountEventHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IAccountEventHandler
    {
        Services.TryAddEnumerable(ServiceDescriptor.Scoped<IAccountEventHandler, THandler>());
        return this;
    }
}
