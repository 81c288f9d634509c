namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>Who receives. Each has a number and a WABA of its own.</summary>
internal static class ChaosTenants
{
    /// <summary>Its handler never fails, and what is sent to it is sent one after the other.</summary>
    public const int InOrder = 0;

    /// <summary>So many, the one before included, whose handler never fails.</summary>
    public const int Healthy = 4;

    /// <summary>So many take part in the run; the further ones have handlers that fail at random, and items that can never be handled.</summary>
    public const int Sent = 8;

    /// <summary>Hangs on everything while neighbours are measured.</summary>
    public const int Hanging = 8;

    /// <summary>Fails on everything while neighbours are measured.</summary>
    public const int Throwing = 9;

    public const int All = 10;

    public static bool HasTrouble(int tenant) => tenant is >= Healthy and < Sent;

    public static bool IsBad(int tenant) => tenant is Hanging or Throwing;

    public static string AccountOf(int tenant) => $"account-{tenant}";

    public static string NumberOf(int tenant) => $"10600000000000{tenant}";

    public static string WabaOf(int tenant) => $"52400000000000{tenant}";
}
