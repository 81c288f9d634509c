namespace WhatsAppOnboarding.Stores;

/// <summary>A PIN with which a number was registered or may have been. Stored before it is sent, so that it is never lost.</summary>
/// <param name="Sealed">The PIN, sealed for this account and number.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="ConfirmedAt">When Meta took it; null while that is not known.</param>
/// <param name="LastReadAt">When a person last read it.</param>
public sealed record RegistrationPin(SealedPin Sealed, DateTimeOffset StoredAt, DateTimeOffset? ConfirmedAt = null, DateTimeOffset? LastReadAt = null);
