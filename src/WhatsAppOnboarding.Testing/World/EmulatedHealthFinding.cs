namespace WhatsAppOnboarding.Testing;

/// <summary>Something that <c>health_status</c> of a number finds wrong.</summary>
/// <param name="EntityType">Where: PHONE_NUMBER, WABA, BUSINESS or APP.</param>
/// <param name="Code">Meta's <c>error_code</c>, for example 141010 (the business is not verified).</param>
/// <param name="CanSendMessage">What it means for sending: AVAILABLE, LIMITED or BLOCKED.</param>
/// <param name="Description">Meta's <c>error_description</c>.</param>
/// <param name="Solution">Meta's <c>possible_solution</c>; null: left out.</param>
public sealed record EmulatedHealthFinding(
    string EntityType,
    int Code,
    string CanSendMessage = "LIMITED",
    string Description = "An emulated finding",
    string? Solution = null);
