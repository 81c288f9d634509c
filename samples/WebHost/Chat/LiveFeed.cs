using System.Collections.Concurrent;
using System.Threading.Channels;

namespace WebHost.Chat;

/// <summary>Brings what happens in an account to those of its open pages that are on this node; <see cref="LiveWire"/> brings it here.</summary>
public sealed class LiveFeed
{
    private const int MaxWaiting = 200;
    private const int MaxPerAccount = 20;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Subscription, byte>> _accounts = new(StringComparer.Ordinal);

    /// <summary>Opens a subscription, or null when the account has too many pages open here.</summary>
    public Subscription? Open(AccountId account, string session)
    {
        var open = _accounts.GetOrAdd(account.ToString(), _ => new());
        if (open.Count >= MaxPerAccount)
            return null;

        var subscription = new Subscription(session, MaxWaiting, closed => open.TryRemove(closed, out _));
        open.TryAdd(subscription, 0);
        return subscription;
    }

    public void Take(LiveNews news)
    {
        ArgumentNullException.ThrowIfNull(news);
        foreach (var subscription in _accounts.TryGetValue(news.Account, out var open) ? open.Keys : [])
        {
            if (news.Kind is not (LiveNews.SessionEnded or LiveNews.AccountEnded))
                subscription.Offer(news);
            else if (news.Kind is LiveNews.AccountEnded || subscription.Session == news.About)
                subscription.End();
        }

        if (news.Kind is LiveNews.AccountEnded)
            _accounts.TryRemove(news.Account, out _);
    }

    /// <summary>Has every page read everything again: for a while nothing was heard here.</summary>
    public void ReadAgain()
    {
        foreach (var account in _accounts.Keys)
            Take(new LiveNews(account, LiveNews.ReadAgain));
    }

    public sealed class Subscription(string session, int capacity, Action<Subscription> closed) : IDisposable
    {
        private readonly Channel<LiveNews> _channel = Channel.CreateBounded<LiveNews>(capacity);

        public string Session => session;

        public ChannelReader<LiveNews> News => _channel.Reader;

        /// <summary>A page that does not keep up loses its stream: it comes back, and then reads everything again.</summary>
        public void Offer(LiveNews news)
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
