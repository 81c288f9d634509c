using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>The outcomes of an attempt that are no failures.</summary>
public static class ConnectOutcomes
{
    /// <summary>Every granted number is saved and every step is done.</summary>
    public const string Connected = "connected";

    /// <summary>Every granted number is saved, and a step is open: the status says which.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>More than one number was granted and the person is to choose; nothing is connected yet.</summary>
    public const string Choose = "choose";

    /// <summary>Whether the person is to be told of something good: numbers are saved, or can be chosen.</summary>
    internal static bool IsGood(string? code) => code is Choose || IsSaved(code);

    internal static bool IsSaved(string? code) => code is Connected or Incomplete;

    /// <summary>By the word of the authority, which knows an attempt's numbers by their generation; null when none is there.</summary>
    internal static (string Code, int PhoneCount)? Of(AccountPhoneNumbers account, Guid generation)
    {
        var numbers = account.OfGeneration(generation);
        if (numbers.Length == 0)
            return null;
        var complete = Array.TrueForAll(numbers, number => number.IsHeld && number.OpenSteps.Count == 0);
        return (complete ? Connected : Incomplete, numbers.Length);
    }
}
