namespace WhatsAppOnboarding.Stores;

/// <summary>
/// Keeps a copy of the derived WABA id where the host wants it, such as a column of its account table. Registered scoped.
/// </summary>
/// <remarks>The copy is for the host's own reading. The library never takes it for the truth.</remarks>
public interface IAccountWabaReferenceSync
{
    /// <summary>
    /// Stages the copy; the store commits it together with the numbers. Runs in the scope of that commit and must not save by itself.
    /// An exception (no such account) fails the whole write; but an account without a row and without a WABA needs no copy, so that a host
    /// that deleted its row first can still disconnect and erase.
    /// </summary>
    Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken = default);

    /// <summary>Every copy that the host has for the account, for the consistency check; empty when the account has no row.</summary>
    Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken = default);
}
