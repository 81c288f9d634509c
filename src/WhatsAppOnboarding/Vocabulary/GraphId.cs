using System.Diagnostics.CodeAnalysis;

namespace WhatsAppOnboarding.Vocabulary;

/// <summary>What the three kinds of id at Meta have in common; one type each, so that they cannot be mixed up.</summary>
internal interface IGraphId<TSelf>
    where TSelf : struct, IGraphId<TSelf>
{
    static abstract bool TryParse([NotNullWhen(true)] string? value, out TSelf id);
}

internal static class GraphId
{
    public const int MaxLength = 32;

    public static bool IsValid([NotNullWhen(true)] string? value) =>
        value is { Length: > 0 and <= MaxLength } && !value.AsSpan().ContainsAnyExceptInRange('0', '9');

    public static string Require(string? value, string type) => IsValid(value)
        ? value
        : throw new FormatException($"A {type} is 1 to {MaxLength} ASCII digits.");

    public static string Given(string? value, string type) =>
        value ?? throw new InvalidOperationException($"This {type} was never given a value. Make it with {type}.Parse.");
}
