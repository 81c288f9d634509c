namespace WhatsAppOnboarding.Testing;

/// <summary>A request for data of the WhatsApp Business app.</summary>
/// <param name="SyncType"><c>smb_app_state_sync</c> or <c>history</c>.</param>
/// <param name="RequestId">The <c>request_id</c> of the answer.</param>
/// <param name="At">When it was asked for, by the emulator's clock.</param>
public sealed record EmulatedAppDataSync(string SyncType, string RequestId, DateTimeOffset At);
