namespace WhatsAppOnboarding.Stores;

/// <summary>What became of a write: saved whole, or refused whole because another account holds a number.</summary>
/// <param name="Before">The account as it was when the change was applied for the last time.</param>
/// <param name="After">The account as it is now; <paramref name="Before"/> when nothing was written.</param>
/// <param name="HeldElsewhere">With <c>SharedNumbers = Refuse</c>: the numbers that another account holds, and nothing was saved. Else empty.</param>
public sealed record PhoneNumberWrite(AccountPhoneNumbers Before, AccountPhoneNumbers After, IReadOnlyList<PhoneNumberId> HeldElsewhere)
{
    /// <summary>False when the write was refused.</summary>
    public bool Saved => HeldElsewhere.Count == 0;
}
