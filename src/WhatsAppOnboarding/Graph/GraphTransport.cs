using System.Net.Sockets;

namespace WhatsAppOnboarding.Graph;

/// <summary>Makes one attempt over HTTP.</summary>
internal sealed class GraphTransport(IHttpClientFactory clients, GraphUsage usage, TimeProvider time)
{
    /// <summary>The largest answer that is read, in bytes; a file has a limit of its own.</summary>
    public const int MaxAnswerBytes = 4 * 1024 * 1024;

    public async Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call, GraphOptions options, GraphShape shape, CancellationToken cancellationToken)
        where T : class
    {
        if (call.Download is { } file && !options.MayHoldFiles(file.Address))
            return new GraphError { Kind = GraphErrorKind.UnreadableAnswer, Operation = call.Operation, Reason = "host_not_allowed" };

        using var request = GraphRequest.Create(call, options, shape);
        using var client = clients.CreateClient(GraphRegistration.ClientName);
        var answer = await TryAsync(call, null, () => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (answer.Value is not { } response)
            return answer.Error!;

        using (response)
        {
            usage.Note(response.Headers, time.GetUtcNow());
            return call.Download is { } download && response.IsSuccessStatusCode
                ? await CopyAsync(call, download, response, cancellationToken).ConfigureAwait(false)
                : await ReadAsync(call, response, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<GraphResult<T>> ReadAsync<T>(GraphCall<T> call, HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        var status = (int)response.StatusCode;
        var body = await TryAsync(call, status, LoadAsync, cancellationToken).ConfigureAwait(false);
        return body.Succeeded ? new GraphAnswer(status, body.Value, RequestedWait.Read(response.Headers, time.GetUtcNow())).ReadAs(call) : body.Error;

        async Task<byte[]> LoadAsync()
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a file to its destination piece by piece. What the destination throws is the host's to see.</summary>
    private static async Task<GraphResult<T>> CopyAsync<T>(GraphCall<T> call, GraphDownload file, HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        var status = (int)response.StatusCode;
        var tooLarge = new GraphError { Kind = GraphErrorKind.UnreadableAnswer, Operation = call.Operation, HttpStatus = status, Reason = "too_large" };
        if (response.Content.Headers.ContentLength > file.MaxBytes)
            return tooLarge;

        var opened = await TryAsync(call, status, () => response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!opened.Succeeded)
            return opened.Error;

        var buffer = new byte[64 * 1024];
        var left = file.MaxBytes;
        while (true)
        {
            var piece = await TryAsync(call, status, async () => new Piece(await opened.Value.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
            if (!piece.Succeeded)
                return piece.Error;
            if (piece.Value.Length == 0)
                return call.Read([])!;
            left -= piece.Value.Length;
            if (left < 0)
                return tooLarge;
            await file.Destination.WriteAsync(buffer.AsMemory(0, piece.Value.Length), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<GraphResult<TStep>> TryAsync<T, TStep>(GraphCall<T> call, int? status, Func<Task<TStep>> step, CancellationToken cancellationToken)
        where T : class
        where TStep : class
    {
        try
        {
            return new GraphResult<TStep>(await step().ConfigureAwait(false));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // A connection that we cut ourselves may look like one that failed.
            cancellationToken.ThrowIfCancellationRequested();
            var reason = ReasonOf(error);
            var kind = reason is "too_large" or "invalid_response" ? GraphErrorKind.UnreadableAnswer : GraphErrorKind.Unreachable;
            return new GraphError { Kind = kind, Operation = call.Operation, HttpStatus = status, Reason = reason };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Not our limit and not the caller: a handler that the host has added gave up.
            return new GraphError { Kind = GraphErrorKind.TimedOut, Operation = call.Operation, HttpStatus = status };
        }
    }

    private static string ReasonOf(Exception error) => (error as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "dns",
        HttpRequestError.SecureConnectionError => "tls",
        HttpRequestError.ProxyTunnelError or HttpRequestError.UserAuthenticationError => "proxy",
        HttpRequestError.ConnectionError when error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "refused",
        HttpRequestError.ConnectionError => "connection",
        HttpRequestError.ConfigurationLimitExceeded => "too_large",
        HttpRequestError.InvalidResponse => "invalid_response",
        HttpRequestError.ResponseEnded => "cut_off",
        _ => "broken_off",
    };

    private sealed record Piece(int Length);
}

/// <summary>A file at Meta and where it goes.</summary>
/// <param name="Address">Where Meta says that it is; called only when its host is one of Meta's.</param>
/// <param name="Destination">What it is written to; it stays open.</param>
/// <param name="MaxBytes">The most that is written.</param>
internal sealed record GraphDownload(Uri Address, Stream Destination, long MaxBytes);
