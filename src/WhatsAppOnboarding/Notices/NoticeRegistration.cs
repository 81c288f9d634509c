using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

internal static class NoticeRegistration
{
    /// <summary>What Meta says becomes true: by webhook, by a signed request, and by asking again.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.TryAddScoped<NoticeFollower>();
        services.TryAddScoped<INoticeFollower>(provider => provider.GetRequiredService<NoticeFollower>());
        services.TryAddScoped<AccessCheck>();

        services.TryAddScoped<Grantors>();
        services.TryAddSingleton<SignedRequestEndpoints>();
        return services;
    }
}
