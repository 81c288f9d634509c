namespace WhatsAppOnboarding.Testing;

/// <summary>Where a webhook names its field. Samples on Meta's pages disagree about it.</summary>
public enum WebhookFieldPlacement
{
    /// <summary>In the change, beside its value.</summary>
    Change,

    /// <summary>In the entry, beside its changes: Meta's sample of PARTNER_APP_INSTALLED.</summary>
    Entry,

    /// <summary>In the value: Meta's sample of PARTNER_APP_UNINSTALLED.</summary>
    Value,
}
