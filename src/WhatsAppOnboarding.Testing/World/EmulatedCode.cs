using System.Text.Json.Serialization;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>An authorization code that the emulator handed out.</summary>
public sealed class EmulatedCode
{
    internal EmulatedCode(string value, TokenGrant grant, string? redirectUri, DateTimeOffset expiresAt)
    {
        Value = value;
        Grant = grant;
        RedirectUri = redirectUri;
        ExpiresAt = expiresAt;
    }

    /// <summary>The code itself: a secret, to look for in logs and tables.</summary>
    [JsonIgnore]
    public string Value { get; }

    /// <summary>The redirect URI that the exchange must repeat.</summary>
    /// <value>Null for a code of the popup: the exchange must have none.</value>
    public string? RedirectUri { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; internal set; }

    /// <summary>Whether it was exchanged.</summary>
    public bool IsUsed { get; internal set; }

    internal TokenGrant Grant { get; }

    /// <summary>The state of the code; never the code.</summary>
    public override string ToString() => $"Code, used: {IsUsed}, ends {ExpiresAt:O}";
}
