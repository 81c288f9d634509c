using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WebHost.Accounts;

namespace WebHost.Chat;

/// <summary>A page's stream of events. It lives no longer than the sign-in that opened it.</summary>
public sealed class LiveStream(IServiceScopeFactory scopes)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public async IAsyncEnumerable<SseItem<string>> ReadAsync(
        LiveFeed.Subscription subscription,
        ClaimsPrincipal person,
        SignInSession session,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentNullException.ThrowIfNull(session);
        using var closing = subscription;

        if (!await IsSignedInAsync(person, session))
            yield break;

        // The first event opens the page's connection at once, and tells it to read what it may have missed.
        yield return new("", "ready") { ReconnectionInterval = TimeSpan.FromSeconds(2) };

        while (true)
        {
            var news = await WaitAsync(subscription, cancellationToken);
            if (!await IsSignedInAsync(person, session))
                break;
            if (!news)
                yield return new("", "beat");
            while (subscription.News.TryRead(out var item))
                yield return item;
            if (subscription.News.Completion.IsCompleted)
                break;
        }

        yield return new("", "ended");
    }

    /// <summary>True when there is something to read or the subscription was ended, false when it is time for a beat.</summary>
    private static async Task<bool> WaitAsync(LiveFeed.Subscription subscription, CancellationToken cancellationToken)
    {
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        beat.CancelAfter(Beat);
        try
        {
            await subscription.News.WaitToReadAsync(beat.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> IsSignedInAsync(ClaimsPrincipal person, SignInSession session)
    {
        if (session.ExpiresAt < DateTimeOffset.UtcNow)
            return false;

        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>();
        return await signIn.ValidateSecurityStampAsync(person) is not null;
    }
}
