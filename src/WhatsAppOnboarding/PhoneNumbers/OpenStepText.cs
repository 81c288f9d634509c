using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.PhoneNumbers;

/// <summary>An open step in words, the same wherever it is told: why it is open, and what to do.</summary>
internal static class OpenStepText
{
    public static (string Message, string Action) Of(string step, string code)
    {
        var reason = ErrorCatalogue.Find(code);
        return step switch
        {
            StepNames.Subscribe => ($"Meta does not deliver messages yet. {reason.Message}", "Press Connect WhatsApp again to repeat this step."),
            StepNames.Unsubscribe => ($"Meta was not told yet. {reason.Message}", "Disconnect again later to repeat this step; nothing is sent or received meanwhile."),
            _ => (reason.Message, reason.Action),
        };
    }
}
