using System.Text.Json.Serialization;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>An access token that the emulator handed out.</summary>
public sealed class EmulatedToken
{
    private readonly MetaWorld _world;
    private readonly HashSet<string> _wabaIds;

    internal EmulatedToken(MetaWorld world, string value, TokenGrant grant, DateTimeOffset issuedAt, DateTimeOffset? expiresAt)
    {
        _world = world;
        _wabaIds = [.. grant.WabaIds];
        Value = value;
        Grant = grant;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
    }

    /// <summary>The token itself: a secret, to look for in logs and tables.</summary>
    [JsonIgnore]
    public string Value { get; }

    /// <summary>Whose token it is.</summary>
    public EmulatedTokenKind Kind => Grant.Kind;

    /// <summary>The app-scoped id of the person or system user, as <c>debug_token</c> and signed requests name it.</summary>
    public string UserId => Grant.UserId;

    /// <summary>The permissions that it carries.</summary>
    public IReadOnlyList<string> Scopes => Grant.Scopes;

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>When it ends.</summary>
    /// <value>Null: never.</value>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Whether it was revoked, or lost its last WABA.</summary>
    public bool IsRevoked => RevokedSubcode is not null;

    /// <summary>The WABAs that it opens.</summary>
    public IReadOnlyList<string> WabaIds
    {
        get
        {
            lock (_world.Gate)
                return [.. _wabaIds];
        }
    }

    internal TokenGrant Grant { get; }

    internal int? RevokedSubcode { get; private set; }

    internal bool Opens(EmulatedWaba waba) => _wabaIds.Contains(waba.Id);

    internal void Revoke(int subcode) => RevokedSubcode ??= subcode;

    internal bool Lose(string wabaId) => _wabaIds.Remove(wabaId);

    /// <summary>Kind and issue date; never the token.</summary>
    public override string ToString() => $"{Kind} token issued {IssuedAt:O}";
}
