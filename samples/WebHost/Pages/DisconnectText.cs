namespace WebHost.Pages;

/// <summary>Why a number is disconnected, and the way back, in words.</summary>
public static class DisconnectText
{
    /// <summary>Whether it happened at Meta, and not because the account wanted it here.</summary>
    public static bool IsByMeta(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return !number.IsActive && number.DisconnectReason is DisconnectReasons.GoneAtMeta or DisconnectReasons.PartnerRemoved
            or DisconnectReasons.AppUninstalled or DisconnectReasons.AccountDeleted or DisconnectReasons.Deauthorized;
    }

    public static string Reason(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.DisconnectReason switch
        {
            DisconnectReasons.Requested => "It was disconnected at your request.",
            DisconnectReasons.NotChosen => "It was not chosen when somebody connected again.",
            DisconnectReasons.Interrupted => "Connecting it broke off.",
            DisconnectReasons.GoneAtMeta => "The number is no longer in your WhatsApp account at Meta.",
            DisconnectReasons.AppUninstalled => "This service was removed from your WhatsApp account at Meta.",
            DisconnectReasons.AccountDeleted => "Your WhatsApp account was deleted at Meta.",
            DisconnectReasons.Deauthorized => "The person who connected it took the permission back at Facebook.",
            DisconnectReasons.PartnerRemoved => Removed(number.Notices.FirstOrDefault(notice => notice.Kind is MetaNotice.AccessKind)?.Reason, number.DisconnectInitiator),
            _ => "It can no longer be used here.",
        };
    }

    /// <summary>What to do to have it back.</summary>
    public static string WayBack(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.DisconnectReason switch
        {
            DisconnectReasons.AccountDeleted => "Choose another WhatsApp account when you connect again. Your conversations are kept.",
            DisconnectReasons.GoneAtMeta => "Add it again in WhatsApp Manager, then connect again. Your conversations are kept.",
            _ => "Connect again to have it back. Your conversations are kept.",
        };
    }

    /// <remarks>Meta gives such a reason for numbers in the WhatsApp Business app only.</remarks>
    private static string Removed(string? reason, string? initiator) => reason switch
    {
        "ACCOUNT_DISCONNECTED" => "Somebody disconnected it in the WhatsApp Business app.",
        "BUSINESS_DOWNGRADE" => "The phone went from the WhatsApp Business app to plain WhatsApp.",
        "CHANGE_NUMBER" => "The WhatsApp Business app changed to another number.",
        "COMPANION_INACTIVITY" => "The connection was not used for about 30 days, so WhatsApp ended it.",
        "PRIMARY_INACTIVITY" => "The WhatsApp Business app was not opened for about 14 days, so WhatsApp ended the connection.",
        "USER_RE_REGISTERED" => "The WhatsApp Business app was set up anew with this number.",
        _ when initiator is "SYSTEM" => "Meta itself ended this service's access to your WhatsApp account.",
        _ => "Your WhatsApp account is no longer shared with this service: it was removed in Meta's business settings.",
    };
}
