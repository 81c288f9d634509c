namespace WhatsAppOnboarding.Graph;

/// <summary>Makes one attempt over HTTP.</summary>
internal sealed class GraphTransport(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The largest answer that is read, in bytes.</summary>
    public const int MaxAnswerBytes = 4 * 1024 * 1024;

    public async Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call, GraphOptions options, CancellationToken cancellationToken)
        where T : class
    {
        using var request = GraphRequest.Create(call, options);
        using var client = clients.CreateClient(GraphRegistration.ClientName);
        int? status = null;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            status = (int)response.StatusCode;
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new GraphAnswer(status.Value, body, RequestedWait.Read(response.Headers, time.GetUtcNow())).ReadAs(call);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // A connection that we cut ourselves may look like one that failed.
            cancellationToken.ThrowIfCancellationRequested();
            return Failure(call, KindOf(error), status);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Not our limit and not the caller: a handler that the host has added gave up.
            return Failure(call, GraphErrorKind.TimedOut, status);
        }
    }

    private static GraphErrorKind KindOf(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse }
            ? GraphErrorKind.UnreadableAnswer
            : GraphErrorKind.Unreachable;

    private static GraphError Failure<T>(GraphCall<T> call, GraphErrorKind kind, int? status)
        where T : class => new() { Kind = kind, Operation = call.Operation, HttpStatus = status };
}
