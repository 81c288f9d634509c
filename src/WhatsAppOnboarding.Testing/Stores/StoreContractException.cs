namespace WhatsAppOnboarding.Testing;

/// <summary>A store broke rules of its contract; the text names each one.</summary>
public sealed class StoreContractException : Exception
{
    internal StoreContractException(string store, IReadOnlyList<string> brokenRules, Exception firstCause)
        : base($"The {store} breaks {brokenRules.Count} rule(s) of its contract:{string.Concat(brokenRules.Select(rule => $"\n- {rule}"))}", firstCause) =>
        BrokenRules = brokenRules;

    /// <summary>Each broken rule, with what was seen.</summary>
    public IReadOnlyList<string> BrokenRules { get; }
}
