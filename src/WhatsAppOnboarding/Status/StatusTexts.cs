using WhatsAppOnboarding.Errors.Texts;
using WhatsAppOnboarding.PhoneNumbers;

namespace WhatsAppOnboarding.Status;

/// <summary>The words of open steps and findings.</summary>
internal static class StatusTexts
{
    public static OpenStepView Of(OpenStep step)
    {
        var (message, action) = OpenStepText.Of(step.Step, step.Code);
        return new OpenStepView(step.Step, step.Code, message, action, step.Since, step.MetaCode, step.MetaTraceId);
    }

    public static FindingView Of(Finding finding) => View(finding.Code, finding.Subject);

    /// <summary>What follows from the number as it is now, and is kept nowhere.</summary>
    public static IEnumerable<FindingView> OfState(PhoneNumber number, string state, bool shared, bool proofIsStale)
    {
        if (state == "reconnect_needed")
            yield return View("reconnect_needed");
        if (shared)
            yield return View("number_shared");
        if (shared && proofIsStale)
            yield return View("shared_proof_stale");
        if (number is { IsHeld: true, IsUnregistered: true })
            yield return View("not_registered");
    }

    private static FindingView View(string code, string? subject = null)
    {
        var findings = Languages.Current.Findings;
        return new FindingView(code, findings.GetValueOrDefault(code) ?? findings[Language.Other], subject);
    }
}
