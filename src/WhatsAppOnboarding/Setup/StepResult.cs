using System.Diagnostics.CodeAnalysis;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>What became of a step at Meta: its value, or a stable code and what Meta said.</summary>
internal sealed class StepResult<T>
    where T : class
{
    public StepResult(T value) => Value = value;

    public StepResult(string code, GraphError? error = null)
    {
        Code = code;
        Error = error;
    }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Code))]
    public bool Succeeded => Value is not null;

    public T? Value { get; }

    public string? Code { get; }

    public GraphError? Error { get; }

    /// <summary>Of a list: whether something in it could not be read, so that what is missing is not known to be missing.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Whether Meta answered and said no, so that nothing was done.</summary>
    public bool IsRefused => Error?.Kind is GraphErrorKind.TokenInvalid or GraphErrorKind.PermissionMissing or GraphErrorKind.NotFound
        or GraphErrorKind.Rejected or GraphErrorKind.AppMisconfigured;

    /// <summary>A failed step as one that stays open.</summary>
    public OpenStep ToOpenStep(string step, DateTimeOffset at) => new()
    {
        Step = step,
        Code = Code ?? ErrorCodes.Pending,
        Since = at,
        MetaCode = Error?.Code,
        MetaTraceId = Error?.TraceId,
    };

    public static StepResult<T> From(GraphResult<T> result) => result.Succeeded
        ? new StepResult<T>(result.Value) { IsCutShort = result.IsCutShort }
        : new StepResult<T>(MetaErrors.StableOf(result.Error), result.Error);
}

/// <summary>Calls to Meta that concern one number or WABA. When the deadline ends one, whether Meta did what was asked is not known.</summary>
internal static class StepCalls
{
    public static Task<StepResult<T>> RunAsync<T>(this IGraphClient graph, GraphCall<T> call, CancellationToken deadline)
        where T : class => WithinAsync(limited => graph.SendAsync(call, limited), deadline);

    /// <summary>As <see cref="IGraphClient.ReadAllAsync"/>.</summary>
    public static Task<StepResult<IReadOnlyList<T>>> RunAsync<T>(this IGraphClient graph, Func<string?, GraphCall<GraphPage<T>>> page, CancellationToken deadline) =>
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

/// <summary>What a subscription changes in a number.</summary>
internal static class SubscribedNumber
{
    /// <summary>The number as it is then, whether or not it succeeded.</summary>
    public static PhoneNumber With(this PhoneNumber number, StepResult<GraphDone> subscribed, DateTimeOffset at) =>
        subscribed.Succeeded ? number.Subscribed(at) : number.WithOpenStep(subscribed.ToOpenStep(StepNames.Subscribe, at));
}
