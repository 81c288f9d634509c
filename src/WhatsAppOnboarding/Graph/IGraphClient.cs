namespace WhatsAppOnboarding.Graph;

/// <summary>Calls Meta's Graph API: one call in, one result out.</summary>
/// <remarks>
/// What Meta refuses, and what cannot be reached or read, is a result and not an exception. Exceptions are left for misuse (an id that was never
/// given a value) and for <see cref="OperationCanceledException"/>, which means that the caller itself gave up. Safe to use from many threads.
/// </remarks>
public interface IGraphClient
{
    /// <summary>Makes one call. A call that may safely be repeated is repeated a few times when Meta is busy or out of reach.</summary>
    /// <typeparam name="T">What Meta answers to this call.</typeparam>
    /// <param name="call">The call to make, for example <see cref="ListPhoneNumbers"/>.</param>
    /// <param name="cancellationToken">Ends the call early, by an <see cref="OperationCanceledException"/>.</param>
    Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken cancellationToken = default)
        where T : class;
}
