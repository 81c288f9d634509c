namespace WhatsAppOnboarding.Testing;

/// <summary>Something that <c>health_status</c> of a number finds wrong.</summary>
public sealed record EmulatedHealthFinding
{
    /// <summary>Where: PHONE_NUMBER, WABA, BUSINESS or APP.</summary>
    public required string EntityType { get; init; }

    /// <summary>Meta's <c>error_code</c>, for example 141010 (the business is not verified).</summary>
    public required int Code { get; init; }

    /// <summary>What it means for sending: AVAILABLE, LIMITED or BLOCKED.</summary>
    /// <value>LIMITED.</value>
    public string CanSendMessage { get; init; } = "LIMITED";

    /// <summary>Meta's <c>error_description</c>.</summary>
    /// <value>"An emulated finding".</value>
    public string Description { get; init; } = "An emulated finding";

    /// <summary>Meta's <c>possible_solution</c>.</summary>
    /// <value>Null: left out.</value>
    public string? Solution { get; init; }
}
