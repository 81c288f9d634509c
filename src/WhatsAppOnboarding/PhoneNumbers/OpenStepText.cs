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
            StepNames.Register => ($"The number is not registered for messages yet. {reason.Message}", code is ErrorCodes.Pending ? "Register it." : reason.Action),
            StepNames.SyncContacts => ($"Contacts were not copied from the app. {reason.Message}", SyncAction(code, reason)),
            StepNames.SyncHistory => ($"Messages were not copied from the app. {reason.Message}", SyncAction(code, reason)),
            _ => (reason.Message, reason.Action),
        };
    }

    private static string SyncAction(string code, ErrorText reason) =>
        code is ErrorCodes.SyncOver ? reason.Action : "Repeat this step within a day of connecting; everything else works without it.";
}
