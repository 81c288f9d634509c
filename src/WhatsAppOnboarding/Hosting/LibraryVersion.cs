using System.Reflection;

namespace WhatsAppOnboarding.Hosting;

/// <summary>The library's version, without the commit: <c>0.1.0</c>.</summary>
internal static class LibraryVersion
{
    public static string Text { get; } =
        typeof(LibraryVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
