namespace WhatsAppOnboarding.Graph;

/// <summary>A WhatsApp Business Account.</summary>
/// <param name="Id">The WABA's id.</param>
/// <param name="Name">Its name, or null when Meta did not say.</param>
public sealed record GraphWaba(WabaId Id, string? Name = null);
