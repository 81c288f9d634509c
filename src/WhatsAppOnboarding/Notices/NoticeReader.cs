using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>Turns what a webhook says into a notice: pure, and null where there is nothing to note.</summary>
internal static class NoticeReader
{
    public static TargetedNotice? Read(EventContent content, DateTimeOffset at, string appId) => content switch
    {
        AccountUpdated { Event: { } name } update when IsOurs(update, appId) => AccountUpdateReader.Read(update, name, at),
        AccountReviewed { Decision: { } decision } => new TargetedNotice(new MetaNotice(NoticeKinds.Review, MetaText.Upper(decision), at)),
        AccountAlerted { Type: { } type } alert => Read(alert, new MetaNotice(
            NoticeKinds.Alert, MetaText.Upper(type), at, Reason: MetaText.Cut(alert.Severity), Detail: MetaText.Join(alert.Status, alert.Description))),
        CapabilityChanged capability => new TargetedNotice(new MetaNotice(NoticeKinds.Capability, "BUSINESS_CAPABILITY_UPDATE", at, Detail: DetailOf(capability))),
        NameReviewed { Decision: { } decision } name => Read(name, MetaText.Upper(decision), at),
        LimitChanged { Event: { } name } limit => new TargetedNotice(
            new MetaNotice(NoticeKinds.Limit, MetaText.Upper(name), at, Detail: MetaText.Join(limit.MaxConversationsPerBusiness, limit.CurrentLimit)),
            NoticeScope.Named)
        { DisplayPhone = limit.DisplayPhone },
        SecurityChanged { Event: { } name } security => new TargetedNotice(
            new MetaNotice(NoticeKinds.Pin, MetaText.Upper(name), at, Initiator: MetaText.Word(security.Requester)), NoticeScope.Named)
        { DisplayPhone = security.DisplayPhone },
        _ => null,
    };

    /// <summary>A partner event that names no app concerns ours as well.</summary>
    private static bool IsOurs(AccountUpdated update, string appId) => update.PartnerAppId is not { } named || named == appId;

    private static TargetedNotice Read(AccountAlerted alert, MetaNotice notice) =>
        string.Equals(alert.EntityType, "PHONE_NUMBER", StringComparison.OrdinalIgnoreCase)
            ? new TargetedNotice(notice, NoticeScope.Named) { Number = PhoneNumberId.TryParse(alert.EntityId, out var number) ? number : null }
            : new TargetedNotice(notice);

    private static TargetedNotice Read(NameReviewed name, string decision, DateTimeOffset at)
    {
        var requested = MetaText.Cut(name.RequestedName);
        return new TargetedNotice(
            new MetaNotice(NoticeKinds.Name, decision, at, Reason: MetaText.Cut(name.RejectionReason), Detail: requested), NoticeScope.Named)
        {
            DisplayPhone = name.DisplayPhone,
            VerifiedName = decision == "APPROVED" ? requested : null,
        };
    }

    private static string? DetailOf(CapabilityChanged capability) => MetaText.Join(
        Named("max_daily_conversations_per_business", capability.MaxConversationsPerBusiness),
        Named("max_phone_numbers_per_business", capability.MaxNumbersPerBusiness),
        Named("max_phone_numbers_per_waba", capability.MaxNumbersPerWaba));

    private static string? Named<T>(string name, T? value) => value is null ? null : $"{name}: {value}";
}
