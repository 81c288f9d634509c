namespace WhatsAppOnboarding.Stores;

/// <summary>
/// An account's head row: the WABA id derived from its numbers, and the version through which all writers of the account meet.
/// Never a source: whoever needs to know reads the numbers.
/// </summary>
/// <param name="AccountId">The account.</param>
/// <param name="WabaId">The WABA of the most recently connected held number; null when none is held.</param>
/// <param name="Version">Raised by every write of the account; 0 before the first.</param>
/// <param name="ConnectSequence">How many connects the account has had.</param>
public sealed record AccountWabaReference(AccountId AccountId, WabaId? WabaId, long Version, long ConnectSequence)
{
    /// <summary>What a WABA id must be for these numbers: newest connect first, then Meta's order in the grant, then the number's id.</summary>
    public static WabaId? Derive(IEnumerable<PhoneNumber> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return numbers
            .Where(number => number.IsHeld)
            .OrderByDescending(number => number.ConnectSequence)
            .ThenBy(number => number.GrantOrder)
            .ThenBy(number => number.PhoneNumberId.ToString(), StringComparer.Ordinal)
            .FirstOrDefault()?.WabaId;
    }
}
