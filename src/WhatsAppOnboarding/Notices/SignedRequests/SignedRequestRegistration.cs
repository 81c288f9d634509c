using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Notices;

internal static class SignedRequestRegistration
{
    public static IServiceCollection AddSignedRequests(this IServiceCollection services)
    {
        services.TryAddSingleton<SignedRequestReader>();
        services.TryAddSingleton<DeauthorizeEndpoint>();
        services.TryAddSingleton<DataDeletionEndpoint>();
        services.TryAddScoped<Grantors>();
        return services;
    }
}
