using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>Reads an <c>account_update</c>. What has no meaning here is noted as it came.</summary>
internal static class AccountUpdateReader
{
    private const string Disable = "DISABLE";
    private const string Reinstate = "REINSTATE";

    /// <summary>Far more than Meta has: a row keeps them all.</summary>
    private const int MaxRestrictions = 20;

    public static TargetedNotice Read(AccountUpdated update, string name, DateTimeOffset at)
    {
        var notice = new MetaNotice
        {
            Kind = MetaNotice.OtherKind,
            Event = MetaText.Upper(name),
            At = at,
            Reason = MetaText.Cut(update.DisconnectReason ?? update.CertificationStatus),
            Initiator = MetaText.Word(update.DisconnectInitiator?.ToUpperInvariant()),
        };
        return name switch
        {
            MetaEvents.AppUninstalled or MetaEvents.AccountDeleted => new TargetedNotice(Lost(notice)),
            MetaEvents.PartnerRemoved or MetaEvents.Disconnected => OfNumber(update, Lost(notice)),
            MetaEvents.NumberRemoved => OnlyOfNumber(update, Lost(notice), NoticeScope.Waba),
            MetaEvents.Offboarded => OnlyOfNumber(update, notice with { Kind = MetaNotice.PauseKind, StopsSending = true }, NoticeScope.Coexistence),
            MetaEvents.Reconnected => OnlyOfNumber(update, notice with { Kind = MetaNotice.PauseKind }, NoticeScope.Waba),
            "DISABLED_UPDATE" => new TargetedNotice(notice with
            {
                Kind = MetaNotice.BanKind,
                Reason = MetaText.Word(update.BanState?.ToUpperInvariant()),
                BanDate = MetaText.Cut(update.BanDate),
            }),
            "DISABLED" or "SUSPENDED" => new TargetedNotice(notice with { Kind = MetaNotice.BanKind, Reason = Disable }),
            "REINSTATED" => new TargetedNotice(notice with { Kind = MetaNotice.BanKind, Reason = Reinstate }),
            "ACCOUNT_VIOLATION" => OfNumber(update, notice with
            {
                Kind = MetaNotice.ViolationKind,
                Reason = MetaText.Cut(update.ViolationType),
                Remediation = MetaText.Sentences(update.Remediation),
            }),
            "ACCOUNT_RESTRICTION" => OfNumber(update, notice with
            {
                Kind = MetaNotice.RestrictionKind,
                Restrictions = [.. update.Restrictions.Take(MaxRestrictions).Select(Kept)],
            }),
            _ => OfNumber(update, notice),
        };
    }

    private static MetaNotice Lost(MetaNotice notice) => notice with { Kind = MetaNotice.AccessKind, StopsSending = true };

    private static AccountRestriction Kept(AccountRestriction restriction) =>
        restriction with { Type = MetaText.Word(restriction.Type), Remediation = MetaText.Sentences(restriction.Remediation) };

    /// <summary>Where a number is named it is about no other, even when that one is not held.</summary>
    private static TargetedNotice OnlyOfNumber(AccountUpdated update, MetaNotice notice, NoticeScope unnamed) =>
        OfNumber(update, notice, MetaText.HasDigits(update.DisplayPhone) ? NoticeScope.Named : unnamed);

    private static TargetedNotice OfNumber(AccountUpdated update, MetaNotice notice, NoticeScope scope = NoticeScope.Waba) =>
        new(notice, scope) { DisplayPhone = update.DisplayPhone };
}

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
