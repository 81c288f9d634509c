namespace WhatsAppOnboarding.Testing;

/// <summary>A gate in front of one call, so that a test can order concurrent ones.</summary>
public sealed class HeldCall
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal HeldCall(bool afterEffect) => AfterEffect = afterEffect;

    /// <summary>Done when the call has arrived at the gate.</summary>
    public Task Reached => _reached.Task;

    internal bool AfterEffect { get; }

    /// <summary>Opens the gate.</summary>
    public void Release() => _released.TrySetResult();

    internal Task PassAsync(CancellationToken gone)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(gone);
    }
}
