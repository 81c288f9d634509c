namespace WhatsAppOnboarding;

/// <summary>Whether an account may use a number that it connected.</summary>
public enum NumberState
{
    /// <summary>Disconnected: nothing to send with, nothing delivered.</summary>
    Inactive = 0,

    /// <summary>Connected.</summary>
    Active = 1,

    /// <summary>Connected, with sending paused at Meta; counts as active everywhere else.</summary>
    Paused = 2,
}
