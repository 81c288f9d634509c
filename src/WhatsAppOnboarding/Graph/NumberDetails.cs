using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Graph;

/// <summary>A number and what decides whether it can send. What Meta did not say is null, which is never to be read as a no.</summary>
public sealed record NumberDetails
{
    /// <summary>What Meta says of the number itself, the review of its name among it.</summary>
    public required NumberFacts Number { get; init; }

    /// <summary>How many people the business may write to first in 24 hours, in Meta's word: <c>TIER_250</c>, <c>TIER_2K</c> … <c>TIER_UNLIMITED</c>. It is the portfolio's.</summary>
    public string? MessagingLimit { get; init; }

    /// <summary>How many messages a second it sends, in Meta's word: <c>STANDARD</c>, <c>HIGH</c> or <c>NOT_APPLICABLE</c>.</summary>
    public string? Throughput { get; init; }

    /// <summary>As bad as the worst of <see cref="Health"/>, in Meta's word: <c>AVAILABLE</c>, <c>LIMITED</c> or <c>BLOCKED</c>. Judge by the codes in <see cref="Health"/>.</summary>
    public string? CanSendMessage { get; init; }

    /// <summary>What stands in the way, one for each error that Meta names; and each entity without one, once.</summary>
    public IReadOnlyList<HealthFinding> Health { get; init; } = [];
}

/// <summary>How well an entity on the way of a message is, or one error of it.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status</remarks>
public sealed record HealthFinding
{
    /// <summary>In Meta's word: <c>PHONE_NUMBER</c>, <c>WABA</c>, <c>BUSINESS</c> or <c>APP</c>.</summary>
    public required string EntityType { get; init; }

    /// <summary>The entity's id, or null when Meta did not say.</summary>
    public string? EntityId { get; init; }

    /// <summary><c>AVAILABLE</c>, <c>LIMITED</c> or <c>BLOCKED</c>, in Meta's word.</summary>
    public string? CanSendMessage { get; init; }

    /// <summary>Meta's code of the error, such as 141006 (payment method); null where there is none.</summary>
    public int? Code { get; init; }

    /// <summary>What is wrong, in Meta's words. Text from outside.</summary>
    public string? Description { get; init; }

    /// <summary>What helps, in Meta's words. Text from outside.</summary>
    public string? Solution { get; init; }
}

internal sealed record WireNumberDetails(string? WhatsappBusinessManagerMessagingLimit = null, WireNumberDetails.Level? Throughput = null, WireNumberDetails.Whole? HealthStatus = null)
{
    public static NumberDetails? Read(ReadOnlySpan<byte> json, PhoneNumberId number) =>
        TolerantJson.Read(json, GraphJson.Default.NumberFacts) is { } facts && facts.Id == number
        && TolerantJson.Read(json, GraphJson.Default.WireNumberDetails) is { } details
            ? new()
            {
                Number = facts,
                MessagingLimit = details.WhatsappBusinessManagerMessagingLimit,
                Throughput = details.Throughput?.Word,
                CanSendMessage = details.HealthStatus?.CanSendMessage,
                Health = FindingsOf(details),
            }
            : null;

    /// <summary>Of a WABA: what stands in the way there.</summary>
    public static WabaHealth? ReadWaba(ReadOnlySpan<byte> json) =>
        TolerantJson.Read(json, GraphJson.Default.WireNumberDetails) is { HealthStatus: not null } details ? new WabaHealth(FindingsOf(details)) : null;

    private static HealthFinding[] FindingsOf(WireNumberDetails details) => [.. (details.HealthStatus?.Entities ?? []).OfType<Entity>().SelectMany(Findings)];

    private static IEnumerable<HealthFinding> Findings(Entity entity) =>
        (entity.Errors ?? []).OfType<Error>().DefaultIfEmpty(new Error()).Select(error => new HealthFinding
        {
            EntityType = entity.EntityType,
            EntityId = entity.Id,
            CanSendMessage = entity.CanSendMessage,
            Code = error.ErrorCode,
            Description = error.ErrorDescription,
            Solution = error.PossibleSolution,
        });

    internal sealed record Level([property: JsonPropertyName("level")] string? Word = null);

    internal sealed record Whole(string? CanSendMessage = null, Entity?[]? Entities = null);

    internal sealed record Entity(string EntityType, string? Id = null, string? CanSendMessage = null, Error?[]? Errors = null);

    internal sealed record Error(int? ErrorCode = null, string? ErrorDescription = null, string? PossibleSolution = null);
}

/// <summary>What stands in the way of a WABA's messages.</summary>
internal sealed record WabaHealth(IReadOnlyList<HealthFinding> Health)
{
    /// <summary>Meta's codes; of an entity that is blocked without one, 0.</summary>
    public IReadOnlyList<int> Codes =>
        [.. Health.Select(finding => finding.Code ?? (string.Equals(finding.CanSendMessage, "BLOCKED", StringComparison.OrdinalIgnoreCase) ? 0 : null)).OfType<int>()];
}
