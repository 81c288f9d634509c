namespace WhatsAppOnboarding.Notices;

/// <summary>Meta's events that change more than what is recorded.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update</remarks>
internal static class MetaEvents
{
    public const string PartnerRemoved = "PARTNER_REMOVED";

    public const string AppUninstalled = "PARTNER_APP_UNINSTALLED";

    public const string AccountDeleted = "ACCOUNT_DELETED";

    public const string Offboarded = "ACCOUNT_OFFBOARDED";

    public const string Reconnected = "ACCOUNT_RECONNECTED";

    /// <summary>Not in Meta's list, but seen.</summary>
    public const string NumberRemoved = "PHONE_NUMBER_REMOVED";

    /// <summary>Not in Meta's list, but seen.</summary>
    public const string Disconnected = "DISCONNECTED";

    /// <summary>No event of a webhook: the person who connected took the permission back, which Meta tells by a signed request.</summary>
    public const string Deauthorized = "DEAUTHORIZED";

    /// <summary>Why a number became inactive when such an event turned out to be true.</summary>
    public static string ReasonOf(MetaNotice notice) => notice.Event switch
    {
        AppUninstalled => DisconnectReasons.AppUninstalled,
        AccountDeleted => DisconnectReasons.AccountDeleted,
        Deauthorized => DisconnectReasons.Deauthorized,
        NumberRemoved => DisconnectReasons.GoneAtMeta,
        _ => DisconnectReasons.PartnerRemoved,
    };
}
