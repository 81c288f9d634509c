using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>Turns what a webhook says into a notice: pure, and null where there is nothing to note.</summary>
internal static class NoticeReader
{
    public static TargetedNotice? Read(EventContent content, DateTimeOffset at, string appId) => content switch
    {
        AccountUpdated { Event: { } name } update when IsOurs(update, appId) => AccountUpdateReader.Read(update, name, at),
        AccountReviewed { Decision: { } decision } => new TargetedNotice(Notice(MetaNotice.ReviewKind, decision, at)),
        AccountAlerted { Type: { } type } alert => Read(alert, Notice(MetaNotice.AlertKind, type, at) with
        {
            Reason = MetaText.Cut(alert.Severity),
            AlertStatus = MetaText.Word(alert.Status),
            Description = MetaText.Sentences(alert.Description),
        }),
        CapabilityChanged capability => new TargetedNotice(Notice(MetaNotice.CapabilityKind, "BUSINESS_CAPABILITY_UPDATE", at) with
        {
            Limit = MetaText.Word(capability.MaxConversationsPerBusiness),
            MaxNumbersPerBusiness = capability.MaxNumbersPerBusiness,
            MaxNumbersPerWaba = capability.MaxNumbersPerWaba,
        }),
        NameReviewed { Decision: { } decision } name => Read(name, decision, at),
        LimitChanged { Event: { } name } limit => OfNumber(
            limit.DisplayPhone,
            Notice(MetaNotice.LimitKind, name, at) with { Limit = MetaText.Word(limit.MaxConversationsPerBusiness) ?? MetaText.Word(limit.CurrentLimit) }),
        SecurityChanged { Event: { } name } security => OfNumber(
            security.DisplayPhone, Notice(MetaNotice.PinKind, name, at) with { Initiator = MetaText.Word(security.Requester) }),
        _ => null,
    };

    private static MetaNotice Notice(string kind, string name, DateTimeOffset at) => new() { Kind = kind, Event = MetaText.Upper(name), At = at };

    private static TargetedNotice OfNumber(string? displayPhone, MetaNotice notice) => new(notice, NoticeScope.Named) { DisplayPhone = displayPhone };

    /// <summary>A partner event that names no app concerns ours as well.</summary>
    private static bool IsOurs(AccountUpdated update, string appId) => update.PartnerAppId is not { } named || named == appId;

    private static TargetedNotice Read(AccountAlerted alert, MetaNotice notice) =>
        string.Equals(alert.EntityType, "PHONE_NUMBER", StringComparison.OrdinalIgnoreCase)
            ? new TargetedNotice(notice, NoticeScope.Named) { Number = PhoneNumberId.TryParse(alert.EntityId, out var number) ? number : null }
            : new TargetedNotice(notice);

    private static TargetedNotice Read(NameReviewed name, string decision, DateTimeOffset at)
    {
        var notice = Notice(MetaNotice.NameKind, decision, at) with { Reason = MetaText.Cut(name.RejectionReason), Name = MetaText.Cut(name.RequestedName) };
        return OfNumber(name.DisplayPhone, notice) with { VerifiedName = notice.Event == "APPROVED" ? notice.Name : null };
    }
}

/// <summary>Texts from Meta as they are kept: short, and without control characters.</summary>
internal static class MetaText
{
    private const int MaxLength = 200;

    /// <summary>What Meta says to do must not end in the middle.</summary>
    private const int MaxSentences = 2000;

    /// <summary>What fits into a column for a word.</summary>
    private const int MaxWord = 64;

    public static string? Cut(string? text) => Cut(text, MaxLength);

    public static string? Sentences(string? text) => Cut(text, MaxSentences);

    public static string? Word(string? text) => Cut(text, MaxWord);

    /// <summary>Meta's words are written in either case.</summary>
    public static string Upper(string text) => Word(text)?.ToUpperInvariant() ?? "";

    /// <summary>Whether it can be a telephone number at all.</summary>
    public static bool HasDigits(string? phone) => phone?.Any(char.IsAsciiDigit) is true;

    private static string? Cut(string? text, int length)
    {
        var plain = string.Concat((text ?? "").Where(character => !char.IsControl(character))).Trim();
        if (plain.Length > length)
            plain = plain[..(char.IsHighSurrogate(plain[length - 1]) ? length - 1 : length)];
        return plain.Length == 0 ? null : plain;
    }
}
