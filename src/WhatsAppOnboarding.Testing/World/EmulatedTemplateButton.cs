namespace WhatsAppOnboarding.Testing;

/// <summary>A button of a message template.</summary>
/// <param name="Type">QUICK_REPLY, URL, PHONE_NUMBER or COPY_CODE.</param>
/// <param name="Text">What stands on it.</param>
/// <param name="Value">
/// URL: the address, with a placeholder at its end if the message is to complete it (then it must). PHONE_NUMBER: the number.
/// COPY_CODE: an example of the code, which each message must give. QUICK_REPLY: null.
/// </param>
public sealed record EmulatedTemplateButton(string Type, string Text, string? Value = null)
{
    /// <summary>Whether each message must give this button a parameter.</summary>
    internal bool NeedsParameter => Type == "COPY_CODE" || (Type == "URL" && EmulatedTemplate.Placeholders(Value).Count > 0);
}
