namespace WhatsAppOnboarding.Hosting;

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
