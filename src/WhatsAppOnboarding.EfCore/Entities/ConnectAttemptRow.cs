namespace WhatsAppOnboarding.EfCore.Entities;

internal class ConnectAttemptRow
{
    public required Guid Id { get; init; }

    public required string StateHash { get; init; }

    public required string CodeHash { get; init; }

    public required string AccountId { get; init; }

    public required string Way { get; init; }

    public required Guid Generation { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Outcome { get; init; }

    public int PhoneCount { get; init; }

    public string Steps { get; init; } = RowJson.EmptyList;

    public string? WaitingGrant { get; init; }

    public DateTimeOffset? WaitsUntil { get; init; }
}
