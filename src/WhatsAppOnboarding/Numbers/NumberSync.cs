namespace WhatsAppOnboarding.Stores;

/// <summary>A request for what a number has in the WhatsApp Business app. Recorded before it is sent, for Meta takes each one once.</summary>
/// <param name="Step"><see cref="StepNames.SyncContacts"/> or <see cref="StepNames.SyncHistory"/>.</param>
/// <param name="RequestedAt">When it was sent.</param>
/// <param name="RequestId">Meta's id of the request; null when no answer came.</param>
public sealed record NumberSync(string Step, DateTimeOffset RequestedAt, string? RequestId = null);
