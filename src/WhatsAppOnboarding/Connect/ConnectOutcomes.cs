namespace WhatsAppOnboarding.Connect;

/// <summary>The outcomes of an attempt that are no failures.</summary>
public static class ConnectOutcomes
{
    /// <summary>Every granted number is saved and every step is done.</summary>
    public const string Connected = "connected";

    /// <summary>Every granted number is saved, and a step is open: the status says which.</summary>
    public const string Incomplete = "incomplete";

    internal static bool IsSaved(string? code) => code is Connected or Incomplete;
}

/// <summary>The outcomes in words.</summary>
internal static class ConnectMessages
{
    public static string Of(string outcome) => outcome == ConnectOutcomes.Connected
        ? "WhatsApp is connected."
        : "Your numbers are saved, but a step at Meta is still open. See the status, or connect again to repeat it.";
}
