using System.Globalization;

namespace WhatsAppOnboarding.Errors;

/// <summary>An open step in words, the same wherever it is told: why it is open, and what to do.</summary>
internal static class OpenStepText
{
    public static (string Message, string Action) Of(string step, string code)
    {
        var reason = ErrorCatalogue.Find(code);
        return Languages.Current.Steps.TryGetValue(step, out var text)
            ? (string.Format(CultureInfo.InvariantCulture, text.Message, reason.Message), ReasonKnowsBetter(step, code) ? reason.Action : text.Action)
            : (reason.Message, reason.Action);
    }

    private static bool ReasonKnowsBetter(string step, string code) => step switch
    {
        StepNames.Register => code is not ErrorCodes.Pending,
        _ => code is ErrorCodes.SyncOver,
    };
}
