using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>A token of Meta in the clear. It never shows itself: text, logs and debuggers get <c>[access token]</c>.</summary>
/// <remarks>Keep it for as long as a call takes; what is stored is a <see cref="SealedSecret"/>.</remarks>
[System.Diagnostics.DebuggerDisplay("[access token]")]
public sealed class AccessToken
{
    /// <summary>The longest token that is accepted, in characters.</summary>
    public const int MaxLength = 4096;

    private readonly string _value;

    private AccessToken(string value) => _value = value;

    /// <summary>Takes a token, or throws a <see cref="FormatException"/> that does not repeat it.</summary>
    public static AccessToken Parse(string value) => IsValid(value)
        ? new AccessToken(value)
        : throw new FormatException($"An access token is 1 to {MaxLength} visible ASCII characters.");

    /// <summary>Whether a text could be a token: visible ASCII without spaces, so that it fits into a header.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= MaxLength } && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>The token itself, for an <c>Authorization</c> header and nothing else.</summary>
    public string Reveal() => _value;

    /// <summary>Always <c>[access token]</c>.</summary>
    public override string ToString() => "[access token]";
}

/// <summary>A number's PIN for two-step verification, in the clear. It never shows itself: text, logs and debuggers get <c>[pin]</c>.</summary>
/// <remarks>Keep it for as long as a call takes; what is stored is a <see cref="SealedSecret"/>.</remarks>
[System.Diagnostics.DebuggerDisplay("[pin]")]
public sealed class TwoStepPin
{
    /// <summary>How many digits a PIN has.</summary>
    public const int Length = 6;

    private readonly string _value;

    private TwoStepPin(string value) => _value = value;

    /// <summary>A new one that nobody can guess.</summary>
    public static TwoStepPin Random() => new(RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>Takes a PIN, or throws a <see cref="FormatException"/> that does not repeat it.</summary>
    public static TwoStepPin Parse(string value) =>
        TryParse(value, out var pin) ? pin : throw new FormatException($"A PIN is {Length} ASCII digits.");

    /// <summary>Takes a PIN; false when it is not six ASCII digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out TwoStepPin? pin)
    {
        pin = value is { Length: Length } && !value.AsSpan().ContainsAnyExceptInRange('0', '9') ? new TwoStepPin(value) : null;
        return pin is not null;
    }

    /// <summary>The PIN itself, for Meta or for a person who may see it, and nothing else.</summary>
    public string Reveal() => _value;

    /// <summary>Always <c>[pin]</c>.</summary>
    public override string ToString() => "[pin]";
}
