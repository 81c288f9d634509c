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
    /// <param name="call">The call to make, for example one of <see cref="WhatsAppCalls"/>.</param>
    /// <param name="cancellationToken">Ends the call early, by an <see cref="OperationCanceledException"/>.</param>
    Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken cancellationToken = default)
        where T : class;

    /// <summary>
    /// Reads every page of a listing, one after the other. A listing that cannot be read to its end is an error, never a shorter list:
    /// the first page's error that fails, or <see cref="GraphErrorKind.UnreadableAnswer"/> when the pages go in a circle or are more than 100.
    /// </summary>
    /// <example><c>graph.ReadAllAsync(after => WhatsAppCalls.ListTemplates(token, waba, after))</c></example>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="page">Makes the call for the page after a cursor; the cursor of the first page is null.</param>
    /// <param name="cancellationToken">Ends the reading early, by an <see cref="OperationCanceledException"/>.</param>
    Task<GraphResult<IReadOnlyList<T>>> ReadAllAsync<T>(Func<string?, GraphCall<GraphPage<T>>> page, CancellationToken cancellationToken = default) =>
        GraphPage.ReadAllAsync(this, page, cancellationToken);
}
