namespace WebHost.Chat;

/// <summary>Has an account's open pages show anew how its numbers stand. The library tells it after the commit, so they read what is true.</summary>
public sealed class LiveNumbers(LiveFeed feed) : IAccountEventHandler
{
    public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accountEvent);
        if (accountEvent.Kind is not AccountEvent.PinRead)
            feed.PublishNumbers(accountEvent.AccountId);
        return Task.CompletedTask;
    }
}
