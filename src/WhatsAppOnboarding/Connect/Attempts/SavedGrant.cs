using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>What the authority itself says of an attempt: it knows an attempt's numbers by their generation.</summary>
internal static class SavedGrant
{
    public static PhoneNumber[] NumbersOf(AccountPhoneNumbers account, Guid generation) =>
        [.. account.Numbers.Where(number => number.Generation == generation)];

    /// <summary>The outcome of an attempt whose numbers are there; null when none is.</summary>
    public static (string Code, int PhoneCount)? OutcomeOf(AccountPhoneNumbers account, Guid generation)
    {
        var numbers = NumbersOf(account, generation);
        if (numbers.Length == 0)
            return null;
        var complete = numbers.All(number => number.IsHeld && number.OpenSteps.Count == 0);
        return (complete ? ConnectOutcomes.Connected : ConnectOutcomes.Incomplete, numbers.Length);
    }
}
