using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding;

/// <summary>What <c>AddWhatsAppOnboarding()</c> returns: further calls add stores and handlers, in any order.</summary>
public sealed class WhatsAppOnboardingBuilder
{
    internal WhatsAppOnboardingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }
}
