using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// Looks a host over: its settings, keys and stores, Meta's view of the app, and the host's own address as seen from outside. Reads only. Its parts run side by side, each with
/// what it found so far in the answer when the time is over.
/// </summary>
internal sealed partial class Examination(IServiceProvider services)
{
    /// <summary>What all of it may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The parts, and what it means when one breaks.</summary>
    private static readonly (string Name, string Broken, Func<Examined, CancellationToken, IAsyncEnumerable<Finding>> Find)[] Parts =
    [
        ("settings", "examination_cut_short", SettingFindings.FindAsync),
        ("keys", "keys_unreadable", KeyFindings.FindAsync),
        ("stores", "store_unreachable", StoreFindings.FindAsync),
        ("meta", "examination_cut_short", MetaFindings.FindAsync),
        ("handshake", "examination_cut_short", HandshakeFindings.FindAsync),
    ];

    private readonly ILogger _log = services.GetRequiredService<ILogger<Examination>>();

    /// <summary>What is wrong: what does not work now first; nothing when all is well.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var host = new Examined(services);
        using var limit = new CancellationTokenSource(Limit, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var found = await Task.WhenAll(Parts.Select(part => RunAsync(host, part.Name, part.Broken, part.Find, either.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. found.SelectMany(part => part).DistinctBy(one => (one.Code, one.Subject)).OrderBy(Diagnoses.PlaceOf)];
    }

    private async Task<IReadOnlyCollection<Finding>> RunAsync(
        Examined host, string name, string broken, Func<Examined, CancellationToken, IAsyncEnumerable<Finding>> find, CancellationToken cancellationToken)
    {
        var found = new ConcurrentQueue<Finding>();
        try
        {
            // On a thread of its own, and left behind when the time is over: a key ring or store may block.
            await Task.Run(CollectAsync, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (exception is not OperationCanceledException)
                LogBroke(_log, exception, name);
            var code = exception is OperationCanceledException ? "examination_cut_short" : broken;
            found.Enqueue(host.Found(code, code == "examination_cut_short" ? name : null));
        }

        return [.. found];

        async Task CollectAsync()
        {
            await foreach (var one in find(host, cancellationToken).ConfigureAwait(false))
                found.Enqueue(one);
        }
    }

    [LoggerMessage(1650, LogLevel.Warning, "The examination of this host broke off in its part {Part}")]
    private static partial void LogBroke(ILogger logger, Exception exception, string part);
}
