namespace WhatsAppOnboarding.Testing;

/// <summary>A request for data of the WhatsApp Business app.</summary>
public sealed record EmulatedAppDataSync
{
    /// <summary><c>smb_app_state_sync</c> or <c>history</c>.</summary>
    public required string SyncType { get; init; }

    /// <summary>The <c>request_id</c> of the answer.</summary>
    public required string RequestId { get; init; }

    /// <summary>When it was asked for, by the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }
}
