namespace WhatsAppOnboarding.Graph;

/// <summary>Reads listings to their end.</summary>
public static class GraphPaging
{
    /// <summary>The most pages that are read of one listing.</summary>
    public const int MaxPages = 100;

    /// <summary>
    /// Reads every page of a listing, one after the other. A listing that cannot be read to its end is an error, never a shorter list:
    /// the first page's error that fails, or <see cref="GraphErrorKind.UnreadableAnswer"/> when the pages go in a circle or are more than <see cref="MaxPages"/>.
    /// </summary>
    /// <example><c>graph.ReadAllAsync(after => new ListPhoneNumbers(token, waba, after))</c></example>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="graph">The client to call with.</param>
    /// <param name="page">Makes the call for the page after a cursor; the cursor of the first page is null.</param>
    /// <param name="cancellationToken">Ends the reading early, by an <see cref="OperationCanceledException"/>.</param>
    public static async Task<GraphResult<IReadOnlyList<T>>> ReadAllAsync<T>(
        this IGraphClient graph, Func<string?, GraphCall<GraphPage<T>>> page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(page);

        List<T> items = [];
        HashSet<string> cursors = new(StringComparer.Ordinal);
        string? after = null;
        string operation;
        do
        {
            var call = page(after);
            operation = call.Operation;
            var result = await graph.SendAsync(call, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
                return result.Error;

            items.AddRange(result.Value.Items);
            after = result.Value.After;
            if (after is null)
                return new GraphResult<IReadOnlyList<T>>(items);
        }
        while (cursors.Add(after) && cursors.Count < MaxPages);

        return new GraphError { Kind = GraphErrorKind.UnreadableAnswer, Operation = operation };
    }
}
