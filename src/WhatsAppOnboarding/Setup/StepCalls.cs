using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Setup;

/// <summary>Makes calls to Meta that concern one number or WABA. When the deadline ends one, whether Meta did what was asked is not known.</summary>
internal sealed class StepCalls(IGraphClient graph)
{
    public Task<StepResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken deadline)
        where T : class => WithinAsync(limited => graph.SendAsync(call, limited), deadline);

    /// <summary>As <see cref="IGraphClient.ReadAllAsync"/>.</summary>
    public Task<StepResult<IReadOnlyList<T>>> ReadAllAsync<T>(Func<string?, GraphCall<GraphPage<T>>> page, CancellationToken deadline) =>
        WithinAsync(limited => graph.ReadAllAsync(page, limited), deadline);

    private static async Task<StepResult<T>> WithinAsync<T>(Func<CancellationToken, Task<GraphResult<T>>> call, CancellationToken deadline)
        where T : class
    {
        try
        {
            return StepResult<T>.From(await call(deadline).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new StepResult<T>(ErrorCodes.MetaTimeout);
        }
    }
}
