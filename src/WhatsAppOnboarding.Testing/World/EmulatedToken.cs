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
        DataAccessEndsAt = grant.Kind == EmulatedTokenKind.User ? issuedAt.AddDays(90) : null;
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

    /// <summary>When it ends: 190 with subcode 463 from then on. May be set at any time.</summary>
    /// <value>Null: never.</value>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the access to the person's data ends, whatever <see cref="ExpiresAt"/> says: <c>debug_token</c> still calls it valid, all else is 190. May be set at any time.</summary>
    /// <value>90 days after it was issued for a person; null for a system user: never.</value>
    public DateTimeOffset? DataAccessEndsAt { get; set; }

    /// <summary>Whether it was revoked, or lost its last WABA.</summary>
    public bool IsRevoked => RevokedSubcode is not null;

    /// <summary>The WABAs that it opens now.</summary>
    public IReadOnlyList<string> WabaIds
    {
        get
        {
            lock (_world.Gate)
                return [.. _wabaIds.Where(id => _world.FindWaba(id) is { IsShared: true })];
        }
    }

    internal TokenGrant Grant { get; }

    internal int? RevokedSubcode { get; private set; }

    /// <summary>Makes it worthless: 190 from now on. A token that is revoked stays so, with its first subcode.</summary>
    /// <param name="subcode">458 (the app was removed) or 467 (ended otherwise); of a person also 459 (a check is due), 460 (the password was changed) or 464 (not confirmed).</param>
    /// <exception cref="ArgumentException">The subcode is about a person, and this is the token of a system user.</exception>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/guides/error-handling</remarks>
    public void Revoke(int subcode = 467)
    {
        if (Kind != EmulatedTokenKind.User && subcode is (459 or 460 or 464))
            throw new ArgumentException($"{subcode} ends the tokens of persons only. Use 458 or 467 for a system user.", nameof(subcode));
        RevokedSubcode ??= subcode;
    }

    /// <summary>Sets the life that it has left from now on; nothing or less ends it at once.</summary>
    public void EndIn(TimeSpan left) => ExpiresAt = _world.Now + left;

    internal bool Opens(EmulatedWaba waba) => waba.IsShared && _wabaIds.Contains(waba.Id);

    /// <summary>What an extended token carries on: the grant without the WABAs that were taken from this one.</summary>
    internal TokenGrant Left() => Grant with { WabaIds = [.. Grant.WabaIds.Where(_wabaIds.Contains)] };

    /// <summary>Whether it held the WABA, and now holds none.</summary>
    internal bool LoseLast(string wabaId) => Lose(wabaId) && _wabaIds.Count == 0;

    internal bool Lose(string wabaId) => _wabaIds.Remove(wabaId);

    /// <summary>Kind and issue date; never the token.</summary>
    public override string ToString() => $"{Kind} token issued {IssuedAt:O}";
}
