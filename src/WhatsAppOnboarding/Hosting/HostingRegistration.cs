using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Hosting;

internal static class HostingRegistration
{
    /// <summary>What the routes share.</summary>
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.TryAddSingleton<PublicAddress>();
        services.TryAddSingleton<SameOrigin>();
        services.TryAddSingleton<AccountPrincipal>();
        services.TryAddSingleton(new AccountResolver(null));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, AnswerFormPolicy>());
        return services;
    }
}
