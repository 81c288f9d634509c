using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.House;

/// <summary>The types of the library as a host meets them.</summary>
internal static class LibraryTypes
{
    private static readonly Assembly Library = typeof(WhatsAppOnboardingBuilder).Assembly;

    /// <summary>Public types, nested ones too.</summary>
    public static Type[] Public() => Library.GetExportedTypes();

    /// <summary>The namespaces that a host must learn: extension methods in namespaces of Microsoft's are offered where they are needed.</summary>
    public static string[] NamespacesOf(IEnumerable<Type> types) =>
        [.. types.Select(type => type.Namespace!).Where(name => name.StartsWith(nameof(WhatsAppOnboarding), StringComparison.Ordinal)).Distinct()];

    /// <summary>
    /// The library's classes that AddWhatsAppOnboarding puts into the container: as implementation, as instance, or as what a factory really gives.
    /// </summary>
    public static Type[] Injected()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var before = builder.Services.ToHashSet();
        builder.Services.AddAuthorization();
        Stories.AddLibrary(builder, Stories.SettingsWithoutMeta);
        var app = builder.Build();
        using var scope = app.Services.CreateScope();
        var added = builder.Services.Where(service => !before.Contains(service) && !service.IsKeyedService).ToArray();
        return
        [
            .. added.Where(service => service.ImplementationFactory is null).Select(service => service.ImplementationType ?? service.ImplementationInstance!.GetType())
                .Concat(added.Where(service => service.ImplementationFactory is not null && !service.ServiceType.ContainsGenericParameters && IsOurs(service))
                    .SelectMany(service => scope.ServiceProvider.GetServices(service.ServiceType)).Select(given => given!.GetType()))
                .Where(type => type.Assembly == Library).Distinct(),
        ];
    }

    /// <summary>A factory of the library, or one for a type of the library, such as the one of a hosted service.</summary>
    private static bool IsOurs(ServiceDescriptor service) =>
        service.ServiceType.Assembly == Library || service.ImplementationFactory!.Method.DeclaringType!.Assembly == Library;
}
