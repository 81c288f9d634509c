using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Stores;

/// <summary>Where setup and reconnect links are kept: until 30 days after they expire. Registered scoped; the library resolves it for every call in a new scope of its own.</summary>
/// <remarks>All nodes of a host must share it, or a link could be used once on each. An outage is an exception; no verb swallows one.</remarks>
public interface ISetupLinkStore
{
    /// <summary>Adds a new link.</summary>
    Task AddAsync(StoredLink link, CancellationToken cancellationToken = default);

    /// <summary>The link with this hash of its secret; null when there is none.</summary>
    Task<StoredLink?> FindAsync(string urlHash, CancellationToken cancellationToken = default);

    /// <summary>The link with this id, if it is the account's; else null.</summary>
    Task<StoredLink?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken = default);

    /// <summary>The account's links, newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="usableAt">Only those that are neither used nor taken back, nor expired at this time; null for all.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<StoredLink>> ListAsync(AccountId account, DateTimeOffset? usableAt, int max, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes what became of a link (the browser, and of the link itself the press, the attempt, the use and the revocation), if the stored one still has the given
    /// <see cref="StoredLink.Version"/>, which is raised by one; whether it had. Of several who write at once one does. A link that was erased meanwhile stays gone.
    /// </summary>
    Task<bool> UpdateAsync(StoredLink link, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes back every link, of whatever account, that was made at a time or before and is neither used nor taken back: <see cref="SetupLink.RevokedAt"/> becomes that time. Raises
    /// the version of each. Returns how many.
    /// </summary>
    Task<int> RevokeAllAsync(DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Removes links that expired before a time, some hundreds at once. Returns how many; 0 when none is left.</summary>
    Task<int> PruneAsync(DateTimeOffset expiredBefore, CancellationToken cancellationToken = default);

    /// <summary>Removes every link of the account.</summary>
    Task EraseAsync(AccountId account, CancellationToken cancellationToken = default);
}

/// <summary>A link as it is kept. Its secret is not: only a hash.</summary>
public sealed record StoredLink
{
    /// <summary>The link; its <see cref="SetupLink.State"/> means nothing here.</summary>
    public required SetupLink Link { get; init; }

    /// <summary>Whose connection it makes.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>SHA-256 of the secret in its address, 64 lower-case hex digits. Unique. The secret is random, so it needs no salt.</summary>
    public required string UrlHash { get; init; }

    /// <summary>The number that must be granted: a number's id or digits, as they are compared; null for any.</summary>
    public string? Expect { get; init; }

    /// <summary>SHA-256 of the cookie of the browser that pressed first, 64 lower-case hex digits; null before.</summary>
    public string? BrowserHash { get; init; }

    /// <summary>Raised by every write.</summary>
    public long Version { get; init; }

    /// <summary>The link as it stands at a time.</summary>
    internal SetupLink At(DateTimeOffset now)
    {
        var state = Link.UsedAt is not null ? SetupLink.Used
            : Link.RevokedAt is not null ? SetupLink.Revoked
            : Link.ExpiresAt <= now ? SetupLink.Expired
            : BrowserHash is not null ? SetupLink.Pressed
            : SetupLink.Open;
        return Link with
        {
            State = state,
        };
    }

    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
