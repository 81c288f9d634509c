using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

internal static class MetaNoticeRegistration
{
    public static IServiceCollection AddMetaNotices(this IServiceCollection services)
    {
        services.TryAddSingleton<NoticeEvents>();
        services.TryAddSingleton<AccessRecheck>();
        services.TryAddSingleton<SharedProofs>();
        services.TryAddScoped<NoticeWriting>();
        services.TryAddScoped<AccessQuestion>();
        services.TryAddScoped<AccessCheck>();
        services.TryAddScoped<AccessDoubt>();
        services.TryAddScoped<INoticeFollower, NoticeFollower>();
        return services;
    }
}
