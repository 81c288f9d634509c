using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>Asks Meta what a token is good for: whose app, which permissions on which WABAs, until when. Made in the app's own name.</summary>
/// <remarks>
/// A dead token is a success with <see cref="TokenInspection.IsValid"/> false.
/// Source: https://developers.facebook.com/docs/graph-api/reference/debug_token
/// </remarks>
/// <param name="Token">The token to look at.</param>
public sealed record InspectToken(AccessToken Token) : GraphCall<TokenInspection>
{
    internal override string Operation => "inspect_token";

    internal override string Path => "debug_token";

    internal override GraphCredential Credential => GraphCredential.App;

    internal override void AddQuery(GraphQuery query, GraphOptions options) => query.Add("input_token", Token.Reveal());

    internal override TokenInspection? Read(ReadOnlySpan<byte> json) => WireInspection.Read(json);
}

/// <summary>What Meta says about a token.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/debug_token</remarks>
public sealed record TokenInspection
{
    /// <summary>Whether the token works now. When it does not, the rest may be missing.</summary>
    public required bool IsValid { get; init; }

    /// <summary>The app that the token was issued to, or null when Meta did not say. Compare it with your own.</summary>
    public string? AppId { get; init; }

    /// <summary><c>USER</c>, <c>SYSTEM_USER</c>, <c>PAGE</c>, <c>APP</c>, or what Meta adds later.</summary>
    public string? Type { get; init; }

    /// <summary>When the token ends (UTC), or null when it does not end by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a person must log in again for the app to keep reading their data (UTC), or null when there is no such end.</summary>
    public DateTimeOffset? DataAccessExpiresAt { get; init; }

    /// <summary>The permissions granted.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The permissions granted, each with what it was granted for.</summary>
    public IReadOnlyList<GranularScope> GranularScopes { get; init; } = [];

    /// <summary>Whom the token speaks for, by an id that is valid for this app only.</summary>
    public string? UserId { get; init; }
}

/// <summary>A permission and what it was granted for.</summary>
/// <param name="Scope">The permission, such as <c>whatsapp_business_management</c>.</param>
/// <param name="TargetIds">
/// The ids it covers, latest first: WABA ids for the permissions named after WhatsApp, portfolio ids for <c>business_management</c>.
/// Empty means that no target was named, not that there is none.
/// </param>
public sealed record GranularScope(string Scope, IReadOnlyList<string> TargetIds);

/// <summary>The answer of debug_token as Meta writes it.</summary>
internal sealed record WireInspection(WireInspection.Inspected Data)
{
    public static TokenInspection? Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, GraphJson.Default.WireInspection) is { Data: var data }
            ? new()
            {
                IsValid = data.IsValid,
                AppId = data.AppId,
                Type = data.Type,
                ExpiresAt = TimeOf(data.ExpiresAt),
                DataAccessExpiresAt = TimeOf(data.DataAccessExpiresAt),
                Scopes = [.. (data.Scopes ?? []).OfType<string>()],
                GranularScopes = [.. (data.GranularScopes ?? []).OfType<Granular>().Select(scope => new GranularScope(scope.Scope, [.. (scope.TargetIds ?? []).OfType<string>()]))],
                UserId = data.UserId,
            }
            : null;

    // Seconds since 1970; 0 means "never".
    private static DateTimeOffset? TimeOf(long? seconds) => seconds switch
    {
        null or 0 => null,
        > 0 and <= 253_402_300_799 => DateTimeOffset.FromUnixTimeSeconds(seconds.Value),
        _ => throw new JsonException("Not a time."),
    };

    internal sealed record Inspected(
        bool IsValid,
        string? AppId = null,
        string? Type = null,
        long? ExpiresAt = null,
        long? DataAccessExpiresAt = null,
        string?[]? Scopes = null,
        Granular?[]? GranularScopes = null,
        string? UserId = null);

    internal sealed record Granular(string Scope, string?[]? TargetIds = null);
}
