namespace WhatsAppOnboarding;

/// <summary>What happens when a second account connects a number that another account holds.</summary>
public enum SharedNumbersPolicy
{
    /// <summary>Both hold it; each is told that it is shared, never with whom.</summary>
    Allow = 0,

    /// <summary>The second account is refused. The EF store then needs <c>OneAccountPerNumber()</c> in the model.</summary>
    Refuse = 1,
}
