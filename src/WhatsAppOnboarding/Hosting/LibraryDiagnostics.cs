using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Where every span and every instrument of this library is created.</summary>
internal static class LibraryDiagnostics
{
    /// <summary>The library's version, without the commit: <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(LibraryDiagnostics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public static ActivitySource Activities { get; } = new(WhatsAppOnboardingOptions.TelemetryName, Version);

    /// <summary>The library's meter. The factory hands out the same one each time and disposes of it.</summary>
    public static Meter CreateLibraryMeter(this IMeterFactory factory) =>
        factory.Create(new MeterOptions(WhatsAppOnboardingOptions.TelemetryName) { Version = Version });
}

/// <summary>The names of tags on spans and measurements. Their values come from fixed lists or are numbers of Meta; never ids, tokens or texts.</summary>
internal static class TagNames
{
    /// <summary>What was done, such as <c>list_phone_numbers</c>.</summary>
    public const string Operation = "whatsapp_onboarding.operation";

    /// <summary>How it ended: <c>ok</c>, <c>canceled</c> or the kind of failure.</summary>
    public const string Outcome = "whatsapp_onboarding.outcome";

    /// <summary>The HTTP status of Meta's answer.</summary>
    public const string HttpStatus = "http.response.status_code";

    /// <summary>Meta's error code.</summary>
    public const string MetaCode = "whatsapp_onboarding.meta.code";

    /// <summary>Meta's error subcode.</summary>
    public const string MetaSubcode = "whatsapp_onboarding.meta.subcode";

    /// <summary>Meta's id of a failed request.</summary>
    public const string MetaTraceId = "whatsapp_onboarding.meta.trace_id";
}
