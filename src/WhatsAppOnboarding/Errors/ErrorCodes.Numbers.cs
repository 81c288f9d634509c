namespace WhatsAppOnboarding;

/// <content>What can keep a number that is connected from being ready.</content>
public static partial class ErrorCodes
{
    /// <summary>Meta says that the number is not registered.</summary>
    public const string NotRegistered = "not_registered";

    /// <summary>Meta showed that the app is not subscribed to the WABA any more.</summary>
    public const string SubscriptionLost = "subscription_lost";

    /// <summary>A backup was restored, and Meta has not proved the number since.</summary>
    public const string UnprovedSinceRestore = "unproved_since_restore";

    /// <summary>Meta did not say enough to register the number by itself.</summary>
    public const string RegistrationUnknown = "registration_unknown";

    /// <summary>The number is in use in the WhatsApp Business app and is never registered.</summary>
    public const string OnBusinessApp = "on_business_app";

    /// <summary>The number must be verified by a code first.</summary>
    public const string CodeNeeded = "code_needed";

    /// <summary>A verification code was asked for too soon after the one before.</summary>
    public const string CodeTooSoon = "code_too_soon";

    /// <summary>Meta sends no verification code, and a fresh look at the number does not show that it needs none.</summary>
    public const string CodeNotSent = "code_not_sent";

    /// <summary>Meta does not take the verification code.</summary>
    public const string CodeWrong = "code_wrong";

    /// <summary>Too many verification codes were asked for or tried.</summary>
    public const string CodeLimit = "code_limit";

    /// <summary>The number is verified already.</summary>
    public const string AlreadyVerified = "already_verified";

    /// <summary>The name that customers would see is not ready at Meta, so that the number cannot be registered or cannot send.</summary>
    public const string NameNotReady = "name_not_ready";

    /// <summary>The number has a PIN, and it is another one.</summary>
    public const string PinNeeded = "pin_needed";

    /// <summary>Meta does not register the number: its PIN is another one, or the WhatsApp account is locked. Meta does not say which.</summary>
    public const string PinOrLocked = "pin_or_locked";

    /// <summary>Meta takes no PIN for a while after too many wrong ones.</summary>
    public const string PinLocked = "pin_locked";

    /// <summary>A PIN was tried too soon after the one before.</summary>
    public const string PinTooFast = "pin_too_fast";

    /// <summary>No PIN of the number is kept here.</summary>
    public const string PinUnknown = "pin_unknown";

    /// <summary>The number was registered too often in 72 hours.</summary>
    public const string RegisterLimit = "register_limit";

    /// <summary>The number was removed from WhatsApp minutes ago.</summary>
    public const string NumberJustDeleted = "number_just_deleted";

    /// <summary>An earlier deregistration of the number was not completed.</summary>
    public const string DeregisterIncomplete = "deregister_incomplete";

    /// <summary>Another account holds the number, too, and would lose it.</summary>
    public const string NumberShared = "number_shared";

    /// <summary>The number was deleted at Meta.</summary>
    public const string NumberDeleted = "number_deleted";

    /// <summary>Meta has locked the WhatsApp account.</summary>
    public const string AccountLocked = "account_locked";

    /// <summary>Meta has blocked the account for a while.</summary>
    public const string AccountBlocked = "account_blocked";

    /// <summary>Meta does not allow this in the number's country.</summary>
    public const string CountryRestricted = "country_restricted";

    /// <summary>The time to copy contacts and history from the app is over, or it was asked for before.</summary>
    public const string SyncOver = "sync_over";

    /// <summary>The step is not open for this number.</summary>
    public const string StepNotOpen = "step_not_open";

    /// <summary>A step of this number is being done right now.</summary>
    public const string StepRunning = "step_running";
}
