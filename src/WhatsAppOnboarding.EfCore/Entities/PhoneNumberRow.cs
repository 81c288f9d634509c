namespace WhatsAppOnboarding.EfCore.Entities;

internal class PhoneNumberRow
{
    public required string AccountId { get; init; }

    public required string PhoneNumberId { get; init; }

    public string WabaId { get; set; } = "";

    public NumberState State { get; set; }

    public Guid Generation { get; set; }

    public long ConnectSequence { get; set; }

    public int GrantOrder { get; set; }

    public string? Token { get; set; }

    public DateTimeOffset? TokenExpiresAt { get; set; }

    public DateTimeOffset? TokenKeptUntil { get; set; }

    public string? GrantedBy { get; set; }

    public string? DisplayPhone { get; set; }

    public string? VerifiedName { get; set; }

    public string? QualityRating { get; set; }

    public string? Status { get; set; }

    public string? CodeVerificationStatus { get; set; }

    public string? PlatformType { get; set; }

    public string? NameStatus { get; set; }

    public string? NewDisplayName { get; set; }

    public string? NewNameStatus { get; set; }

    public bool? IsOnBizApp { get; set; }

    public DateTimeOffset? TokenInspectedAt { get; set; }

    public DateTimeOffset? ListedAt { get; set; }

    public DateTimeOffset? SubscribedAt { get; set; }

    public DateTimeOffset? RegisteredAt { get; set; }

    public DateTimeOffset? RefusedAt { get; set; }

    /// <summary>What else is known of it, as JSON: nothing asks the database for it.</summary>
    public string? Signals { get; set; }

    public bool IsShared { get; set; }

    public string? Told { get; set; }

    public string OpenSteps { get; set; } = RowJson.EmptyList;

    public string Findings { get; set; } = RowJson.EmptyList;

    public string? Pins { get; set; }

    public string? Syncs { get; set; }

    public Guid? RunningId { get; set; }

    public string? RunningStep { get; set; }

    public DateTimeOffset? RunningSince { get; set; }

    public DateTimeOffset? UnprovedSince { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ConnectedAt { get; set; }

    public DateTimeOffset? DisconnectedAt { get; set; }

    public string? DisconnectReason { get; set; }

    public string? DisconnectInitiator { get; set; }

    public string? Notices { get; set; }
}
