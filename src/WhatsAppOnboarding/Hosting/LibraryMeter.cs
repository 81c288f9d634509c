using System.Diagnostics.Metrics;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Where every instrument of this library is created.</summary>
internal static class LibraryMeter
{
    /// <summary>The library's meter. The factory hands out the same one each time and disposes of it.</summary>
    public static Meter CreateLibraryMeter(this IMeterFactory factory) =>
        factory.Create(new MeterOptions(WhatsAppOnboardingDiagnostics.MeterName) { Version = LibraryVersion.Text });
}
