namespace WhatsAppOnboarding.Stores;

/// <summary>Which held numbers are looked for: those that one of these lists names. Nothing is found for a query that names nothing.</summary>
public sealed record HeldNumbersQuery
{
    /// <summary>Numbers with one of these ids. May be some thousands.</summary>
    public IReadOnlyCollection<PhoneNumberId> Numbers { get; init; } = [];

    /// <summary>Numbers of one of these WABAs.</summary>
    public IReadOnlyCollection<WabaId> Wabas { get; init; } = [];

    /// <summary>Numbers whose token one of these Facebook users granted (<see cref="PhoneNumber.GrantedBy"/>).</summary>
    public IReadOnlyCollection<string> Grantors { get; init; } = [];

    /// <summary>Whether a number is held and named, for stores that ask no database.</summary>
    public bool Matches(PhoneNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.IsHeld
            && (Numbers.Contains(number.PhoneNumberId) || Wabas.Contains(number.WabaId) || (number.GrantedBy is { } grantor && Grantors.Contains(grantor)));
    }
}

/// <summary>What accounts are looked for by.</summary>
public enum AccountsWith
{
    /// <summary>A token that is kept beyond its time (<see cref="PhoneNumber.IsOverdue"/>) at that time.</summary>
    OverdueToken = 0,

    /// <summary>A number that is <see cref="NumberState.Paused"/>.</summary>
    PausedNumber = 1,

    /// <summary>
    /// A held number that another account holds, too, and whose <see cref="NumberEvidence.ListedAt"/> and <see cref="NumberEvidence.RefusedAt"/> are
    /// both older than that time or null.
    /// </summary>
    UnansweredSharedNumber = 2,
}
