using System.Globalization;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>Reads an <c>account_update</c>. What has no meaning here is noted as it came.</summary>
internal static class AccountUpdateReader
{
    private const string Disable = "DISABLE";
    private const string Reinstate = "REINSTATE";

    public static TargetedNotice Read(AccountUpdated update, string name, DateTimeOffset at)
    {
        var notice = new MetaNotice(
            NoticeKinds.Other, MetaText.Upper(name), at, Reason: MetaText.Cut(update.DisconnectReason), Initiator: MetaText.Word(update.DisconnectInitiator?.ToUpperInvariant()));
        return name switch
        {
            MetaEvents.AppUninstalled or MetaEvents.AccountDeleted => new TargetedNotice(notice with { Kind = NoticeKinds.Access, Holds = true }),
            MetaEvents.PartnerRemoved or MetaEvents.Disconnected => OfNumber(update, notice with { Kind = NoticeKinds.Access, Holds = true }),
            MetaEvents.NumberRemoved => OnlyOfNumber(update, notice with { Kind = NoticeKinds.Access, Holds = true }, NoticeScope.Waba),
            MetaEvents.Offboarded => OnlyOfNumber(update, notice with { Kind = NoticeKinds.Pause, Holds = true }, NoticeScope.Coexistence),
            MetaEvents.Reconnected => OnlyOfNumber(update, notice with { Kind = NoticeKinds.Pause }, NoticeScope.Waba),
            "DISABLED_UPDATE" => new TargetedNotice(notice with
            {
                Kind = NoticeKinds.Ban,
                Reason = MetaText.Word(update.BanState?.ToUpperInvariant()),
                Detail = MetaText.Cut(update.BanDate),
            }),
            "DISABLED" or "SUSPENDED" => new TargetedNotice(notice with { Kind = NoticeKinds.Ban, Reason = Disable }),
            "REINSTATED" => new TargetedNotice(notice with { Kind = NoticeKinds.Ban, Reason = Reinstate }),
            "ACCOUNT_VIOLATION" => OfNumber(update, notice with { Kind = NoticeKinds.Violation, Reason = MetaText.Cut(update.ViolationType) }),
            "ACCOUNT_RESTRICTION" => OfNumber(update, notice with
            {
                Kind = NoticeKinds.Restriction,
                Reason = MetaText.Join(update.Restrictions.Select(restriction => restriction.Type)),
                Detail = MetaText.Join(update.Restrictions.SelectMany(DetailOf)),
            }),
            _ => OfNumber(update, notice),
        };
    }

    /// <summary>Where a number is named it is about no other, even when that one is not held.</summary>
    private static TargetedNotice OnlyOfNumber(AccountUpdated update, MetaNotice notice, NoticeScope unnamed) =>
        OfNumber(update, notice, MetaText.Digits(update.DisplayPhone) is null ? unnamed : NoticeScope.Named);

    private static TargetedNotice OfNumber(AccountUpdated update, MetaNotice notice, NoticeScope scope = NoticeScope.Waba) =>
        new(notice, scope) { DisplayPhone = update.DisplayPhone };

    private static IEnumerable<string?> DetailOf(AccountRestriction restriction) =>
        [restriction.ExpiresAt?.ToString("'until' yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), restriction.Remediation];
}
