using System.Diagnostics.CodeAnalysis;

namespace WhatsAppOnboarding;

/// <summary>A token to send with, or the code of why there is none.</summary>
public sealed class PhoneNumberToken
{
    /// <summary>There is one.</summary>
    public PhoneNumberToken(AccessToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        Token = token;
    }

    /// <summary>There is none, for this reason.</summary>
    public PhoneNumberToken(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Code = code;
    }

    /// <summary>Whether there is a token.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    [MemberNotNullWhen(false, nameof(Code))]
    public bool Available => Token is not null;

    /// <summary>The token; null when there is none.</summary>
    public AccessToken? Token { get; }

    /// <summary>
    /// Why there is none: <see cref="ErrorCodes.NotConnected"/>, <see cref="ErrorCodes.NumberPaused"/>, <see cref="ErrorCodes.UnprovedSinceRestore"/>,
    /// <see cref="ErrorCodes.TokenUnreadable"/> or <see cref="ErrorCodes.TokenInvalid"/>, which Meta has refused (both: connect again). <see cref="WhatsAppWords.Error"/> puts it into words.
    /// </summary>
    public string? Code { get; }
}
