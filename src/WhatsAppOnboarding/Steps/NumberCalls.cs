using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Steps;

/// <summary>Makes calls to Meta that concern one number.</summary>
internal sealed class NumberCalls(IGraphClient graph)
{
    /// <summary>Makes the call. When the deadline ends it, whether Meta did what was asked is not known.</summary>
    public async Task<StepResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken deadline)
        where T : class
    {
        try
        {
            return StepResult<T>.From(await graph.SendAsync(call, deadline).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new StepResult<T>(ErrorCodes.MetaTimeout);
        }
    }
}
