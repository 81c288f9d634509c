using System.Collections.Concurrent;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing;

/// <summary>
/// Stands in for the library's work while an <see cref="IWebhookIntake"/> is checked, and shows what the intake hands over. Of a host for
/// <see cref="StoreContract.CheckWebhookIntakeAsync"/>: <c>services.AddSingleton&lt;IWebhookWork, ObservedWork&gt;()</c>.
/// </summary>
public sealed class ObservedWork : IWebhookWork
{
    private readonly ConcurrentQueue<TakenDelivery> _worked = new();

    /// <summary>What was handed over, each time that it was, with a copy of its body.</summary>
    public IReadOnlyList<TakenDelivery> Worked => [.. _worked];

    /// <summary>What comes of it, given the delivery and how often its lane and number were worked, this time included. Default: done at once.</summary>
    public Func<TakenDelivery, int, Task<WorkResult>> Then { get; set; } = (_, _) => Task.FromResult(WorkResult.Done);

    /// <inheritdoc/>
    public async Task<WorkResult> WorkAsync(TakenDelivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        _worked.Enqueue(delivery with { Body = delivery.Body.ToArray() });
        var times = _worked.Count(one => one.Lane == delivery.Lane && one.Number == delivery.Number);
        try
        {
            return await Then(delivery, times).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return WorkResult.Postponed;
        }
    }
}
