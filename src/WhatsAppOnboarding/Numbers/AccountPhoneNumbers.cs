using WhatsAppOnboarding.Numbers;

namespace WhatsAppOnboarding.Stores;

/// <summary>Everything the authority knows of one account at one version: its reference and all its numbers, inactive ones too.</summary>
public sealed record AccountPhoneNumbers
{
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

    /// <summary>An account that was never written.</summary>
    public static AccountPhoneNumbers None(AccountId account) => new(new AccountWabaReference(account, null, 0, 0), []);

    /// <summary>The number with this id, or null.</summary>
    public PhoneNumber? Find(PhoneNumberId number) => Numbers.FirstOrDefault(candidate => candidate.PhoneNumberId == number);

    /// <summary>
    /// What the account is after some of its numbers changed: numbers replaced or added, the reference derived anew, the version raised.
    /// Every store calls this and nothing else, so that the rules hold wherever the numbers are kept.
    /// </summary>
    /// <exception cref="InvalidOperationException">A changed number breaks a rule of the authority; the text says which.</exception>
    public AccountPhoneNumbers With(IReadOnlyCollection<PhoneNumber> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        foreach (var number in changed)
            NumberRules.Require(number, Reference.AccountId);

        var byId = Numbers.ToDictionary(number => number.PhoneNumberId);
        foreach (var number in changed)
            byId[number.PhoneNumberId] = number;

        PhoneNumber[] numbers = [.. byId.Values];
        var sequence = numbers.Select(number => number.ConnectSequence).Append(Reference.ConnectSequence).Max();
        return new AccountPhoneNumbers(
            Reference with { WabaId = AccountWabaReference.Derive(numbers), Version = Reference.Version + 1, ConnectSequence = sequence },
            numbers);
    }
}
