namespace WhatsAppOnboarding;

/// <summary>The names of an attempt's steps that are no steps of a number; those are in <see cref="StepNames"/>.</summary>
public static class AttemptSteps
{
    /// <summary>What happened in Meta's popup, as the browser told it.</summary>
    public const string Signup = "signup";

    /// <summary>The code becomes a token.</summary>
    public const string Exchange = "exchange";

    /// <summary>What the token is worth.</summary>
    public const string Inspect = "inspect";

    /// <summary>Which WABAs were granted, where neither token nor browser names any.</summary>
    public const string Discover = "discover";

    /// <summary>All numbers of a WABA.</summary>
    public const string List = "list";

    /// <summary>A short-lived token is extended.</summary>
    public const string Extend = "extend";

    /// <summary>Numbers and reference are saved.</summary>
    public const string Save = "save";
}
