using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>Whether an account may use a number that it connected.</summary>
public enum NumberState
{
    /// <summary>Disconnected: nothing to send with, nothing delivered.</summary>
    Inactive = 0,

    /// <summary>Connected.</summary>
    Active = 1,

    /// <summary>Connected, but nothing is sent: Meta paused it, or is being asked whether access was lost. Counts as active everywhere else.</summary>
    Paused = 2,
}

/// <summary>Why a number became inactive: the codes of <see cref="PhoneNumber.DisconnectReason"/>.</summary>
public static class DisconnectReasons
{
    /// <summary>The account asked for it.</summary>
    public const string Requested = "requested";

    /// <summary>Its WABA was listed whole, and the number was not in it any more; or Meta says that it was removed, and the token was refused.</summary>
    public const string GoneAtMeta = "gone_at_meta";

    /// <summary>The person did not choose it among the numbers that were granted.</summary>
    public const string NotChosen = "not_chosen";

    /// <summary>The connect that saved it was told to have broken off before.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>A backup was restored, and the app was not subscribed to the WABA any more, as after a disconnect that the backup does not know.</summary>
    public const string NotSubscribedAfterRestore = "not_subscribed_after_restore";

    /// <summary>Meta says that the WABA is no longer shared with the app, and the token was refused.</summary>
    public const string PartnerRemoved = "partner_removed";

    /// <summary>Meta says that the customer removed the app, and the token was refused.</summary>
    public const string AppUninstalled = "app_uninstalled";

    /// <summary>Meta says that the WABA was deleted, and the token was refused.</summary>
    public const string AccountDeleted = "account_deleted";

    /// <summary>Meta says that the person who connected took the permission back, and the token was refused.</summary>
    public const string Deauthorized = "deauthorized";
}
