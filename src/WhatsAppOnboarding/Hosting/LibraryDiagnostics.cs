using System.Diagnostics;
using System.Reflection;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Where every span of this library is created; its instruments are in <see cref="LibraryMetrics"/>.</summary>
internal static class LibraryDiagnostics
{
    /// <summary>The library's version, without the commit: <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(LibraryDiagnostics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public static ActivitySource Activities { get; } = new(WhatsAppOnboardingOptions.TelemetryName, Version);
}

/// <summary>The names of tags on spans and measurements. Their values come from fixed lists or are numbers of Meta; never ids, tokens or texts.</summary>
internal static class TagNames
{
    /// <summary>What was done, such as <c>list_phone_numbers</c>.</summary>
    public const string Operation = "whatsapp_onboarding.operation";

    /// <summary>How it ended: <c>ok</c>, <c>canceled</c> or the kind of failure.</summary>
    public const string Outcome = "whatsapp_onboarding.outcome";

    /// <summary>The <see cref="Outcome"/> of what succeeded.</summary>
    public const string Ok = "ok";

    /// <summary>How an attempt went to Meta: <c>redirect</c> or <c>popup</c>.</summary>
    public const string Way = "whatsapp_onboarding.way";

    /// <summary>The step of an attempt or of a number, such as <c>subscribe</c>.</summary>
    public const string Step = "whatsapp_onboarding.step";

    /// <summary>The kind of an account event, such as <c>reconnected</c>.</summary>
    public const string Event = "whatsapp_onboarding.event";

    /// <summary>The code of a reason of readiness, such as <c>token_invalid</c>.</summary>
    public const string Reason = "whatsapp_onboarding.reason";

    /// <summary>The HTTP status of Meta's answer.</summary>
    public const string HttpStatus = "http.response.status_code";

    /// <summary>Meta's error code.</summary>
    public const string MetaCode = "whatsapp_onboarding.meta.code";

    /// <summary>Meta's error subcode.</summary>
    public const string MetaSubcode = "whatsapp_onboarding.meta.subcode";

    /// <summary>Meta's id of a failed request.</summary>
    public const string MetaTraceId = "whatsapp_onboarding.meta.trace_id";
}
