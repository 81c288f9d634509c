using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Stores;

/// <summary>
/// An account's export: all that the library keeps of it, without secrets. The shape is docs/export.schema.json; members are only added, until <see cref="Version"/> is raised.
/// </summary>
internal sealed record ExportedAccount
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required DateTimeOffset ExportedAt { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The reference.</summary>
    public required string? WabaId { get; init; }

    /// <summary>When the library looks after the account next.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    public required IReadOnlyList<ExportedNumber> Numbers { get; init; }

    /// <summary>Each start of an attempt, whether or not it came back from Meta.</summary>
    public required IReadOnlyList<ExportedStart> Starts { get; init; }

    public required IReadOnlyList<ExportedAttempt> Attempts { get; init; }

    public required IReadOnlyList<ExportedLink> Links { get; init; }

    public required IReadOnlyList<ExportedEvent> Events { get; init; }

    public required IReadOnlyList<ExportedItem> WebhookItems { get; init; }
}

/// <summary>A <see cref="PhoneNumber"/>, without token, PINs and who granted it.</summary>
internal sealed record ExportedNumber(
    string PhoneNumberId, string WabaId, string State, Guid Generation, long ConnectSequence, int GrantOrder, DateTimeOffset? TokenExpiresAt, DateTimeOffset? TokenKeptUntil,
    string? DisplayPhone, string? VerifiedName, string? QualityRating, string? Status, string? CodeVerificationStatus, string? PlatformType, string? NameStatus, string? NewDisplayName, string? NewNameStatus, bool? IsOnBizApp,
    NumberEvidence Evidence, IReadOnlyList<OpenStep> OpenSteps, IReadOnlyList<ExportedPin> Pins, IReadOnlyList<NumberSync> Syncs, RunningStep? Running, IReadOnlyList<Finding> Findings,
    DateTimeOffset CreatedAt, DateTimeOffset ConnectedAt, DateTimeOffset? DisconnectedAt, string? DisconnectReason, string? DisconnectInitiator, IReadOnlyList<MetaNotice> Notices,
    bool IsShared, IReadOnlyList<string> Told, DateTimeOffset? UnprovedSince)
{
    /// <summary>The members of a <see cref="PhoneNumber"/> that are left out: secrets, the account, which stands above, and what <see cref="State"/> says, too.</summary>
    public static IReadOnlyList<string> LeftOut { get; } = [nameof(PhoneNumber.Token), nameof(PhoneNumber.GrantedBy), nameof(PhoneNumber.AccountId), nameof(PhoneNumber.IsHeld)];

    public static ExportedNumber Of(PhoneNumber number) => new(
        number.PhoneNumberId.ToString(), number.WabaId.ToString(), number.State.ToString(), number.Generation, number.ConnectSequence, number.GrantOrder, number.TokenExpiresAt, number.TokenKeptUntil,
        number.DisplayPhone, number.VerifiedName, Word(number.QualityRating.IsKnown, number.QualityRating), Word(number.Status.IsKnown, number.Status),
        Word(number.CodeVerificationStatus.IsKnown, number.CodeVerificationStatus), Word(number.PlatformType.IsKnown, number.PlatformType), number.NameStatus, number.NewDisplayName, number.NewNameStatus, number.IsOnBizApp,
        number.Evidence, number.OpenSteps, [.. number.Pins.Select(pin => new ExportedPin(pin.StoredAt, pin.ConfirmedAt, pin.LastReadAt, pin.LastReadBy))], number.Syncs, number.Running, number.Findings,
        number.CreatedAt, number.ConnectedAt, number.DisconnectedAt, number.DisconnectReason, number.DisconnectInitiator, number.Notices,
        number.IsShared, number.Told, number.UnprovedSince);

    private static string? Word<T>(bool isKnown, T word)
        where T : struct => isKnown ? word.ToString() : null;
}

/// <summary>That a PIN is kept, and who read it; never the PIN.</summary>
internal sealed record ExportedPin(DateTimeOffset StoredAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? LastReadAt, string? LastReadBy)
{
    /// <summary>The members of a <see cref="RegistrationPin"/> that are left out.</summary>
    public static IReadOnlyList<string> LeftOut { get; } = [nameof(RegistrationPin.Sealed)];
}

/// <summary>A <see cref="StartedAttempt"/>.</summary>
internal sealed record ExportedStart(
    Guid Id, string Way, string Language, DateTimeOffset StartedAt, DateTimeOffset? OpenedAt, DateTimeOffset? LastSignAt, DateTimeOffset? SilentAt, string? Outcome)
{
    /// <summary>The members of a <see cref="StartedAttempt"/> that are left out.</summary>
    public static IReadOnlyList<string> LeftOut { get; } = [nameof(StartedAttempt.AccountId)];

    public static ExportedStart Of(StartedAttempt start) => new(
        start.Id, start.Way, start.Language, start.StartedAt, start.OpenedAt, start.LastSignAt, start.SilentAt, start.Outcome);
}

/// <summary>A <see cref="SetupLink"/>, without the address, which is kept nowhere.</summary>
internal sealed record ExportedLink(
    Guid Id, string Kind, string State, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? Language, string? ExpectedNumber, string? ReturnUrl, string? Label, string? Creator,
    DateTimeOffset? PressedAt, Guid? AttemptId, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt, string? RevokedBy)
{
    public static ExportedLink Of(SetupLink link) => new(
        link.Id, link.Kind, link.State, link.CreatedAt, link.ExpiresAt, link.Language, link.ExpectedNumber, link.ReturnUrl, link.Label, link.Creator,
        link.PressedAt, link.AttemptId, link.UsedAt, link.RevokedAt, link.RevokedBy);
}

/// <summary>A <see cref="ConnectAttempt"/>, without hashes and what is sealed.</summary>
internal sealed record ExportedAttempt(
    Guid Id, string Way, Guid Generation, DateTimeOffset ClaimedAt, DateTimeOffset? EndedAt, string? Outcome, int PhoneCount, IReadOnlyList<AttemptStep> Steps, DateTimeOffset? WaitsUntil,
    DateTimeOffset? UndoAt)
{
    /// <summary>The members of a <see cref="ConnectAttempt"/> that are left out.</summary>
    public static IReadOnlyList<string> LeftOut { get; } =
    [
        nameof(ConnectAttempt.StateHash), nameof(ConnectAttempt.CodeHash), nameof(ConnectAttempt.AccountId), nameof(ConnectAttempt.WaitingGrant), nameof(ConnectAttempt.UndoToken),
    ];

    public static ExportedAttempt Of(ConnectAttempt attempt) => new(
        attempt.Id, attempt.Way, attempt.Generation, attempt.ClaimedAt, attempt.EndedAt, attempt.Outcome, attempt.PhoneCount, attempt.Steps, attempt.WaitsUntil, attempt.UndoAt);
}

/// <summary>An <see cref="AccountEvent"/>, and what became of it with the host's handlers.</summary>
internal sealed record ExportedEvent(
    Guid Id, string Kind, DateTimeOffset At, IReadOnlyList<string> Numbers, string? Reason, string? Initiator, MetaNotice? Notice, string? Step, string? Origin, string? Person, DateTimeOffset? EndsAt,
    DateTimeOffset? NextAt, IReadOnlyList<string> Finished, int Failures, DateTimeOffset? ParkedAt)
{
    /// <summary>The members of an <see cref="AccountEvent"/> that are left out.</summary>
    public static IReadOnlyList<string> LeftOut { get; } = [nameof(AccountEvent.AccountId)];

    /// <summary>Those of a <see cref="StoredEvent"/>: the event stands beside them, its place in the order of the list, and why a handler failed is the operator's.</summary>
    public static IReadOnlyList<string> LeftOutOfStored { get; } = [nameof(StoredEvent.Event), nameof(StoredEvent.Place), nameof(StoredEvent.Reason)];

    public static ExportedEvent Of(StoredEvent stored) => new(
        stored.Event.Id, stored.Event.Kind, stored.Event.At, [.. stored.Event.Numbers.Select(number => number.ToString())], stored.Event.Reason, stored.Event.Initiator, stored.Event.Notice,
        stored.Event.Step, stored.Event.Origin, stored.Event.Person, stored.Event.EndsAt, stored.NextAt, stored.Finished, stored.Failures, stored.ParkedAt);
}

/// <summary>A <see cref="LedgerRecord"/>: what handlers made of something that Meta delivered; of a parked one also what that was.</summary>
internal sealed record ExportedItem(
    string ItemKey, IReadOnlyList<string> Finished, int Failures, DateTimeOffset? FirstFailedAt, string? FailedHandler, DateTimeOffset? ParkedAt, string? Payload, DateTimeOffset TouchedAt)
{
    /// <summary>The members of a <see cref="LedgerRecord"/> that are left out: the account, what follows, and why a handler failed, which is the operator's.</summary>
    public static IReadOnlyList<string> LeftOut { get; } = [nameof(LedgerRecord.AccountId), nameof(LedgerRecord.Version), nameof(LedgerRecord.IsParked), nameof(LedgerRecord.Reason)];

    public static ExportedItem Of(LedgerRecord record) => new(
        record.ItemKey, record.Finished, record.Failures, record.FirstFailedAt, record.FailedHandler, record.ParkedAt, record.Payload, record.TouchedAt);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ExportedAccount))]
[JsonSerializable(typeof(ExportedNumber))]
[JsonSerializable(typeof(ExportedStart))]
[JsonSerializable(typeof(ExportedAttempt))]
[JsonSerializable(typeof(ExportedLink))]
[JsonSerializable(typeof(ExportedEvent))]
[JsonSerializable(typeof(ExportedItem))]
internal sealed partial class ExportJson : JsonSerializerContext;
