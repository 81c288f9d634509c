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

    public static FindingView Of(Finding finding) => new(finding.Code, finding.Code switch
    {
        FindingCodes.ScopeMissing => "Meta does not list a permission that this service asks for. If something does not work, connect again and leave every permission ticked.",
        FindingCodes.TokenShortLived => "The access ends within a day. Connect again to get one that lasts.",
        FindingCodes.Check => "Your last connect did not include this number's WhatsApp account. If it stops working, connect again and tick that account.",
        _ => "Meta reported something about this number.",
    }, finding.Subject);

    /// <summary>What follows from the number as it is now, and is kept nowhere.</summary>
    public static IEnumerable<FindingView> OfState(PhoneNumber number, string state, bool shared, bool proofIsStale)
    {
        if (state == "reconnect_needed")
            yield return new FindingView("reconnect_needed", "The stored access can no longer be used. Press Connect WhatsApp to grant it again.", null);
        if (shared)
            yield return new FindingView("number_shared", "Another account of this service has connected the same number, too.", null);
        if (shared && proofIsStale)
            yield return new FindingView("shared_proof_stale", "Because the number is shared, incoming messages pause until you connect again.", null);
        if (number is { IsHeld: true, IsUnregistered: true })
            yield return new FindingView("not_registered", "Meta says that the number is not registered for the API yet.", null);
    }
}
