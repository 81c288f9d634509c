using System.Diagnostics;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Where every span of this library starts.</summary>
internal static class LibraryActivities
{
    public static ActivitySource Source { get; } = new(WhatsAppOnboardingDiagnostics.SourceName, LibraryVersion.Text);
}
