using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
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
            while (subscription.News.TryRead(out var one))
            {
                if (await ShowAsync(one, cancellationToken) is { } item)
                    yield return item;
            }

            if (subscription.News.Completion.IsCompleted)
                break;
        }

        yield return new("", "ended");
    }

    /// <summary>A message as it is by now; of all else the page asks for itself. Null where the message is gone.</summary>
    private async Task<SseItem<string>?> ShowAsync(LiveNews news, CancellationToken cancellationToken)
    {
        if (news.Kind is not LiveNews.Message)
            return new("", news.Kind);
        await using var scope = scopes.CreateAsyncScope();
        var history = scope.ServiceProvider.GetRequiredService<ChatHistory>();
        return await history.ViewAsync(AccountId.Parse(news.Account), long.Parse(news.About, CultureInfo.InvariantCulture), cancellationToken) is { } view
            ? new(JsonSerializer.Serialize(view, JsonSerializerOptions.Web), news.Kind)
            : null;
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
