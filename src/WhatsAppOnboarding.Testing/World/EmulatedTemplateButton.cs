namespace WhatsAppOnboarding.Testing;

/// <summary>A button of a message template.</summary>
public sealed record EmulatedTemplateButton
{
    /// <summary>A button of a type, with its text and, but for QUICK_REPLY, its value.</summary>
    public EmulatedTemplateButton(string type, string text, string? value = null) => (Type, Text, Value) = (type, text, value);

    /// <summary>QUICK_REPLY, URL, PHONE_NUMBER or COPY_CODE.</summary>
    public string Type { get; init; }

    /// <summary>What stands on it.</summary>
    public string Text { get; init; }

    /// <summary>
    /// URL: the address, with a placeholder at its end if the message is to complete it (then it must). PHONE_NUMBER: the number.
    /// COPY_CODE: an example of the code, which each message must give. QUICK_REPLY: null.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>Whether each message must give this button a parameter.</summary>
    internal bool NeedsParameter => Type == "COPY_CODE" || (Type == "URL" && EmulatedTemplate.Placeholders(Value).Count > 0);
}
