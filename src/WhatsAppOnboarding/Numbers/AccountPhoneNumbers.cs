using WhatsAppOnboarding.Numbers;

namespace WhatsAppOnboarding.Stores;

/// <summary>Everything the authority knows of one account at one version: its reference and all its numbers, inactive ones too.</summary>
public sealed record AccountPhoneNumbers
{
    // Made when it is first asked for: an account may have ten thousand numbers, and each is looked for.
    private Dictionary<PhoneNumberId, PhoneNumber>? _byId;

    /// <summary>Takes what a store read.</summary>
    public AccountPhoneNumbers(AccountWabaReference reference, IReadOnlyList<PhoneNumber> numbers)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(numbers);
        Reference = reference;
        Numbers = numbers;
    }

    /// <summary>The head row; version 0 when the account was never written.</summary>
    public AccountWabaReference Reference { get; }

    /// <summary>All numbers of the account, in no particular order.</summary>
    public IReadOnlyList<PhoneNumber> Numbers { get; }

    /// <summary>Of an account after a write: what the host is to be told of that write. A store keeps them in the same commit; of an account that was read there are none.</summary>
    public IReadOnlyList<AccountEvent> Events { get; init; } = [];

    /// <summary>An account that was never written.</summary>
    public static AccountPhoneNumbers None(AccountId account) => new(new AccountWabaReference { AccountId = account }, []);

    /// <summary>The number with this id, or null.</summary>
    public PhoneNumber? Find(PhoneNumberId number) =>
        (_byId ??= Numbers.DistinctBy(one => one.PhoneNumberId).ToDictionary(one => one.PhoneNumberId)).GetValueOrDefault(number);

    /// <inheritdoc/>
    public bool Equals(AccountPhoneNumbers? other) => other is not null && Reference == other.Reference && Equals(Numbers, other.Numbers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Reference, Numbers);

    /// <summary>The numbers that one attempt connected and no later one connected again.</summary>
    internal PhoneNumber[] OfGeneration(Guid generation) => [.. Numbers.Where(number => number.Generation == generation)];

    /// <summary>
    /// What the account is after some of its numbers changed: numbers replaced or added, the reference derived anew, the version raised, and what the host is to be
    /// told. Every store calls this and nothing else, and keeps the numbers as they are then, so that the rules hold wherever they are kept.
    /// </summary>
    /// <param name="changed">The numbers that are new or different.</param>
    /// <param name="at">When.</param>
    /// <param name="also">What the host is to be told besides.</param>
    /// <exception cref="InvalidOperationException">A changed number breaks a rule of the authority; the text says which.</exception>
    public AccountPhoneNumbers With(IReadOnlyCollection<PhoneNumber> changed, DateTimeOffset at, IReadOnlyList<AccountEvent>? also = null)
    {
        ArgumentNullException.ThrowIfNull(changed);
        foreach (var number in changed)
            Require(number, Reference.AccountId);

        var byId = Numbers.ToDictionary(number => number.PhoneNumberId);
        PhoneNumber[] reported = [.. changed.Select(number => number.Reported(at))];
        foreach (var number in reported)
            byId[number.PhoneNumberId] = number;

        PhoneNumber[] numbers = [.. byId.Values];
        var sequence = numbers.Select(number => number.ConnectSequence).Append(Reference.ConnectSequence).Max();
        return new AccountPhoneNumbers(
            Reference with { WabaId = AccountWabaReference.Derive(numbers), Version = Reference.Version + 1, ConnectSequence = sequence, DueAt = NumberSchedule.DueAfter(this, numbers, at) },
            numbers)
        {
            Events = [.. AccountNews.Between(this, reported, at).Concat(also ?? []).Select(one => one.Caused())],
        };
    }

    /// <summary>The same account, due at another time.</summary>
    internal AccountPhoneNumbers DueNext(DateTimeOffset at) => new(Reference with { DueAt = at }, Numbers);

    private static void Require(PhoneNumber number, AccountId account)
    {
        if (number.AccountId != account)
            throw new InvalidOperationException("A change of one account may not write a number of another.");
        if (Violation(number) is { } violation)
            throw new InvalidOperationException($"The number {number.PhoneNumberId} cannot be saved: {violation}");
    }

    internal static string? Violation(PhoneNumber number) => number switch
    {
        { IsHeld: true, Token: null } => "a held number has a token.",
        { IsHeld: true, DisconnectedAt: not null } => "a held number has no time of disconnect.",
        { IsHeld: true, TokenKeptUntil: not null } => "only a disconnected number keeps its token for a purpose.",
        { IsHeld: false, DisconnectedAt: null } => "a disconnected number says when it was disconnected.",
        { IsHeld: false, Token: not null, TokenKeptUntil: null } => "a disconnected number keeps its token only for a purpose and a time.",
        _ => null,
    };
}

/// <summary>
/// An account's head row: the WABA id derived from its numbers, and the version through which all writers of the account meet.
/// Never a source: whoever needs to know reads the numbers.
/// </summary>
public sealed record AccountWabaReference
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The WABA of the most recently connected held number; null when none is held.</summary>
    public WabaId? WabaId { get; init; }

    /// <summary>Raised by every write of the account; 0 before the first.</summary>
    public long Version { get; init; }

    /// <summary>How many connects the account has had.</summary>
    public long ConnectSequence { get; init; }

    /// <summary>When the library has something to do for the account by itself; null for never. Derived, as the WABA id is.</summary>
    public DateTimeOffset? DueAt { get; init; }

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
