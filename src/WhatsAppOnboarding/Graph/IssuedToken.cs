using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>A token that Meta has just issued.</summary>
/// <param name="Token">The token.</param>
/// <param name="ExpiresIn">How long it lives, or null when Meta did not say. <see cref="InspectToken"/> tells for certain.</param>
public sealed record IssuedToken(AccessToken Token, TimeSpan? ExpiresIn);

/// <summary>An issued token as Meta writes it.</summary>
internal sealed record WireToken(string AccessToken, long? ExpiresIn = null)
{
    public static IssuedToken? Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, GraphJson.Default.WireToken) is { } token && WhatsAppOnboarding.AccessToken.IsValid(token.AccessToken)
            ? new(WhatsAppOnboarding.AccessToken.Parse(token.AccessToken), LifeOf(token.ExpiresIn))
            : null;

    public override string ToString() => nameof(WireToken);

    // 0 means "never" wherever Meta writes it; what does not fit an Int32 is no lifetime either.
    private static TimeSpan? LifeOf(long? seconds) => seconds is > 0 and <= int.MaxValue ? TimeSpan.FromSeconds(seconds.Value) : null;
}
