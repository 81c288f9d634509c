using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;

namespace WebHost.Chat;

/// <summary>
/// Brings what happens in an account to its open pages. For one node: with several, each would also have to hear of the others' events.
/// </summary>
public sealed class LiveFeed
{
    private const int MaxWaiting = 200;
    private const int MaxPerAccount = 20;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Subscription, byte>> _accounts = new(StringComparer.Ordinal);

    /// <summary>Opens a subscription, or null when the account has too many pages open.</summary>
    public Subscription? Open(AccountId account, string session)
    {
        var open = _accounts.GetOrAdd(account.ToString(), _ => new());
        if (open.Count >= MaxPerAccount)
            return null;

        var subscription = new Subscription(session, MaxWaiting, closed => open.TryRemove(closed, out _));
        open.TryAdd(subscription, 0);
        return subscription;
    }

    public void Publish(AccountId account, MessageView message) => Publish(account, new SseItem<string>(JsonSerializer.Serialize(message, JsonSerializerOptions.Web), "message"));

    /// <summary>Tells pages that the account's numbers stand otherwise than before. How they stand is for the page to ask.</summary>
    public void PublishNumbers(AccountId account) => Publish(account, new SseItem<string>("", "numbers"));

    /// <summary>Tells pages that two threads turned out to be one.</summary>
    public void PublishThreads(AccountId account) => Publish(account, new SseItem<string>("", "threads"));

    /// <summary>Ends the streams of a sign-in that has ended.</summary>
    public void EndSession(AccountId account, string session)
    {
        foreach (var subscription in Of(account.ToString()).Where(s => s.Session == session))
            subscription.End();
    }

    /// <summary>Ends all streams of an account that is gone.</summary>
    public void EndAccount(string account)
    {
        foreach (var subscription in Of(account))
            subscription.End();
        _accounts.TryRemove(account, out _);
    }

    private void Publish(AccountId account, SseItem<string> news)
    {
        foreach (var subscription in Of(account.ToString()))
            subscription.Offer(news);
    }

    private IEnumerable<Subscription> Of(string account) => _accounts.TryGetValue(account, out var open) ? open.Keys : [];

    public sealed class Subscription(string session, int capacity, Action<Subscription> closed) : IDisposable
    {
        private readonly Channel<SseItem<string>> _channel = Channel.CreateBounded<SseItem<string>>(capacity);

        public string Session => session;

        public ChannelReader<SseItem<string>> News => _channel.Reader;

        /// <summary>A page that does not keep up loses its stream: it comes back, and then reads everything again.</summary>
        public void Offer(SseItem<string> news)
        {
            if (!_channel.Writer.TryWrite(news))
                End();
        }

        public void End() => _channel.Writer.TryComplete();

        public void Dispose()
        {
            End();
            closed(this);
        }
    }
}
