using System.Globalization;
using System.Security.Cryptography;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

/// <summary>Values nobody else has, so that a check can run on a database that is in use.</summary>
internal static class Some
{
    public static DateTimeOffset Time { get; } = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    public static AccountId Account() => AccountId.Parse($"contract-{Guid.NewGuid():N}");

    public static PhoneNumberId Number() => PhoneNumberId.Parse(Digits());

    public static WabaId Waba() => WabaId.Parse(Digits());

    public static PhoneNumber Connected(AccountId account, PhoneNumberId? number = null, WabaId? waba = null, long sequence = 1, int order = 0) => new()
    {
        AccountId = account,
        PhoneNumberId = number ?? Number(),
        WabaId = waba ?? Waba(),
        State = NumberState.Active,
        Generation = Guid.NewGuid(),
        ConnectSequence = sequence,
        GrantOrder = order,
        Token = new SealedSecret($"sealed-{Guid.NewGuid():N}"),
        CreatedAt = Time,
        ConnectedAt = Time,
    };

    /// <summary>A number of which nothing is to be reported but that it was connected.</summary>
    public static PhoneNumber Well(PhoneNumber number)
    {
        var now = TimeProvider.System.GetUtcNow();
        return number with
        {
            Status = NumberStatus.Connected,
            Evidence = new NumberEvidence { TokenInspectedAt = now, ListedAt = now, SubscribedAt = now, RegisteredAt = now },
        };
    }

    public static PhoneNumber Disconnected(PhoneNumber number) => number with
    {
        State = NumberState.Inactive,
        Token = null,
        TokenKeptUntil = null,
        GrantedBy = null,
        DisconnectedAt = Time,
        DisconnectReason = "requested",
    };

    /// <summary>The number with everything set that a store keeps.</summary>
    public static PhoneNumber Full(PhoneNumber number) => number with
    {
        State = NumberState.Paused,
        ConnectSequence = 7_000_000_000,
        GrantOrder = 3,
        TokenExpiresAt = Time.AddDays(60),
        GrantedBy = Hash(),
        DisplayPhone = "+49 30 1234567",
        NameStatus = "APPROVED",
        VerifiedName = "Blumen Müller 花",
        QualityRating = QualityRating.From("GREEN"),
        Status = NumberStatus.From("A_WORD_OF_TOMORROW"),
        CodeVerificationStatus = CodeVerificationStatus.From("VERIFIED"),
        PlatformType = PlatformType.From("CLOUD_API"),
        IsOnBizApp = true,
        Evidence = new NumberEvidence
        {
            TokenInspectedAt = Time.AddSeconds(1),
            ListedAt = Time.AddSeconds(2),
            SubscribedAt = Time.AddSeconds(3),
            RegisteredAt = Time.AddSeconds(4),
            RefusedAt = Time.AddSeconds(5),
            StoppedBy = "two_factor_needed",
            StoppedAt = Time.AddSeconds(12),
            SentAt = Time.AddSeconds(13),
            SendFailingSince = Time.AddSeconds(14),
            ResubscribedAt = Time.AddSeconds(6),
            ReceivedAt = Time.AddSeconds(7),
            StandbyAt = Time.AddSeconds(8),
            SendFailedAt = Time.AddSeconds(9),
            SendFailure = 131042,
            HealthReadAt = Time.AddSeconds(10),
            HealthErrors = [141006, 141010],
            NextCheckAt = Time.AddSeconds(11),
            CheckFailures = 3,
        },
        IsShared = true,
        UnprovedSince = Time.AddSeconds(15),
        OpenSteps =
        [
            new OpenStep { Step = StepNames.Subscribe, Code = "throttled", Since = Time, MetaCode = 4, MetaTraceId = "trace" },
            new OpenStep { Step = StepNames.Unsubscribe, Code = "down", Since = Time },
        ],
        Findings = [new Finding { Code = Finding.ScopeMissing, At = Time, Subject = "whatsapp_business_messaging" }],
        Pins =
        [
            new RegistrationPin { Sealed = new SealedSecret("new"), StoredAt = Time },
            new RegistrationPin { Sealed = new SealedSecret("old"), StoredAt = Time, ConfirmedAt = Time.AddSeconds(1), LastReadAt = Time.AddSeconds(2), LastReadBy = "Ann" },
        ],
        Syncs =
        [
            new NumberSync { Step = StepNames.SyncContacts, RequestedAt = Time, RequestId = "request" },
            new NumberSync { Step = StepNames.SyncHistory, RequestedAt = Time },
        ],
        Running = new RunningStep { Id = Guid.NewGuid(), Step = StepNames.Register, StartedAt = Time },
        Notices =
        [
            new MetaNotice { Kind = MetaNotice.AccessKind, Event = "PARTNER_REMOVED", At = Time, StopsSending = true, Reason = "CHANGE_NUMBER", Initiator = "USER" },
            new MetaNotice
            {
                Kind = MetaNotice.RestrictionKind,
                Event = "ACCOUNT_RESTRICTION",
                At = Time,
                Restrictions = [new AccountRestriction { Type = "RESTRICTED", EndsAt = Time.AddDays(3), Remediation = "Ask us" }, new AccountRestriction()],
            },
            new MetaNotice
            {
                Kind = MetaNotice.OtherKind,
                Event = "X",
                At = Time,
                Undone = true,
                Description = "description",
                Remediation = "remediation",
                BanDate = "April 17, 2025",
                Limit = "TIER_2K",
                MaxNumbersPerBusiness = 2,
                MaxNumbersPerWaba = 3,
                Name = "name",
                AlertStatus = "ACTIVE",
            },
        ],
        DisconnectInitiator = "SYSTEM",
    };

    public static ConnectAttempt Attempt(AccountId account, DateTimeOffset? claimedAt = null) => new()
    {
        Id = Guid.NewGuid(),
        StateHash = Hash(),
        CodeHash = Hash(),
        AccountId = account,
        Way = "browser",
        Generation = Guid.NewGuid(),
        ClaimedAt = claimedAt ?? Time,
    };

    public static string Hash() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string Digits() => (RandomNumberGenerator.GetInt32(int.MaxValue) * 1_000_000L + RandomNumberGenerator.GetInt32(1_000_000))
        .ToString(CultureInfo.InvariantCulture);
}
