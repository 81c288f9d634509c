using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>
/// Writes deliveries into the host's database, those that arrive together in one commit; what arrives while nothing else does waits for nobody. Any node works on them. A singleton.
/// </summary>
internal sealed class EfWebhookIntake : IWebhookIntake
{
    /// <summary>By whichever clock: the node that works it may be minutes behind the one that took it.</summary>
    private static readonly DateTimeOffset AtOnce = DateTimeOffset.UnixEpoch;

    private const int MostInOneCommit = 256;
    private const int MostBytesWaiting = 64 * 1024 * 1024;

    private readonly InboxNode _node;
    private readonly IOptionsMonitor<WhatsAppOnboardingOptions> _options;
    private readonly TimeProvider _time;
    private readonly Together<IReadOnlyList<InboxRow>, bool> _commits;
    private readonly Histogram<int> _batches;
    private HashSet<string> _fullLanes = [];
    private long _bytes;

    public EfWebhookIntake(InboxNode node, IOptionsMonitor<WhatsAppOnboardingOptions> options, IMeterFactory meters, TimeProvider time)
    {
        (_node, _options, _time) = (node, options, time);
        _commits = new(MostInOneCommit, CommitAsync);
        _batches = meters.Create(WhatsAppOnboardingOptions.TelemetryName).CreateHistogram<int>("whatsapp_onboarding.inbox.batch", "{delivery}", "Deliveries that were taken into the inbox in one commit.");
    }

    public IntakeBacklog? Backlog { get; private set; }

    public async Task<DeliveryAnswer> TakeAsync(TakenDelivery delivery, CancellationToken cancellationToken)
    {
        var parts = delivery.Split();
        if (parts.Count == 0)
            return DeliveryAnswer.Ok;
        if (Backlog is { IsTooMuch: true } || parts.Any(part => _fullLanes.Contains(part.Lane)))
            return DeliveryAnswer.Backlog;
        if (Interlocked.Add(ref _bytes, delivery.Body.Length) > MostBytesWaiting)
        {
            Interlocked.Add(ref _bytes, -delivery.Body.Length);
            return DeliveryAnswer.Busy;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.CurrentValue.Webhooks.DeliveryTimeout);
        await WriteAsync([.. parts.Select(Row)], delivery.Body.Length).WaitAsync(patience.Token).ConfigureAwait(false);
        return DeliveryAnswer.Ok;
    }

    /// <summary>What nobody waits for any more is in memory, too, until the database has answered.</summary>
    private async Task WriteAsync(IReadOnlyList<InboxRow> rows, int size)
    {
        try
        {
            await _commits.AddAsync(rows).ConfigureAwait(false);
            _node.Signal();
        }
        finally
        {
            Interlocked.Add(ref _bytes, -size);
        }
    }

    /// <summary>What waits, by lane.</summary>
    public void Note(IReadOnlyCollection<InboxLane> lanes)
    {
        var (limits, now) = (_options.CurrentValue.Webhooks, _time.GetUtcNow());
        var depth = lanes.Sum(lane => lane.Count);
        _fullLanes = [.. lanes.Where(lane => lane.Count >= limits.MaxBacklog / 4 || AgeOf(lane) >= limits.MaxBacklogAge).Select(lane => lane.Lane)];
        Backlog = new IntakeBacklog { Depth = depth, OldestAge = lanes.Select(AgeOf).Append(TimeSpan.Zero).Max(), At = now, IsTooMuch = depth >= limits.MaxBacklog };

        // One that fails keeps what is behind it waiting for reasons of its own.
        TimeSpan AgeOf(InboxLane lane) => lane.MostFailures == 0 ? now - lane.OldestAt : TimeSpan.Zero;
    }

    private async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<IReadOnlyList<InboxRow>> deliveries)
    {
        await _node.UseAsync<InboxTable>(table => table.AddAsync([.. deliveries.SelectMany(rows => rows)], CancellationToken.None)).ConfigureAwait(false);
        _batches.Record(deliveries.Count);
        return new bool[deliveries.Count];
    }

    /// <summary>The body is the request's own; it is kept for longer.</summary>
    public static InboxRow Row(TakenDelivery part)
    {
        var receivedAt = UtcTime.Cut(part.ReceivedAt);
        return new InboxRow
        {
            Shard = InboxShards.Of(part.Lane),
            Lane = part.Lane,
            Number = part.Number,
            IsNotice = part.IsNotice,
            Body = part.Body.ToArray(),
            Size = part.Body.Length,
            ReceivedAt = receivedAt,
            TraceParent = part.TraceParent is { Length: <= 64 } trace ? trace : null,
            DueAt = AtOnce,
        };
    }
}
