using WebHost.Data;

namespace WebHost.Chat;

/// <summary>Has an account's open pages show anew how its numbers stand. The library tells it after the commit, so they read what is true.</summary>
public sealed class LiveNumbers(AppDbContext db) : IAccountEventHandler
{
    public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accountEvent);
        return accountEvent.Kind is AccountEvent.PinRead
            ? Task.CompletedTask
            : db.TellAsync(new LiveNews(accountEvent.AccountId.ToString(), LiveNews.Numbers), cancellationToken);
    }
}
