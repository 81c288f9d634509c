namespace WhatsAppOnboarding.EfCore.Entities;

internal class WebhookItemRow
{
    public required string AccountId { get; init; }

    public required string Item { get; init; }

    public string Finished { get; init; } = RowJson.EmptyList;

    public int Failures { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    public string? FailedHandler { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? ParkedAt { get; init; }

    public string? Payload { get; init; }

    public DateTimeOffset TouchedAt { get; init; }

    public long Version { get; init; }
}
