using WhatsAppOnboarding;
using WhatsAppOnboarding.Stores;

/// <summary>Everything that is kept, in plain lists: whoever reads or writes has it alone.</summary>
public sealed class Cabinet
{
    private readonly SemaphoreSlim _key = new(1, 1);

    public Dictionary<AccountId, AccountPhoneNumbers> Accounts { get; } = [];

    public List<StoredEvent> Events { get; } = [];

    public List<ConnectAttempt> Attempts { get; } = [];

    public List<StartedAttempt> Starts { get; } = [];

    public List<StoredLink> Links { get; } = [];

    public List<MetaCall> Calls { get; } = [];

    public async Task<T> OpenAsync<T>(Func<T> use, CancellationToken cancellationToken) => await OpenAsync(() => Task.FromResult(use()), cancellationToken);

    public async Task<T> OpenAsync<T>(Func<Task<T>> use, CancellationToken cancellationToken)
    {
        await _key.WaitAsync(cancellationToken);
        try
        {
            return await use();
        }
        finally
        {
            _key.Release();
        }
    }
}

public static class Drawers
{
    public static IReadOnlyList<T> ToRead<T>(this IEnumerable<T> some) => [.. some];

    /// <summary>Changes what is meant, and says what it became.</summary>
    public static IReadOnlyList<T> Change<T>(this List<T> drawer, IEnumerable<T> which, Func<T, T> change)
        where T : class
    {
        var changed = new List<T>();
        foreach (var one in which.ToList())
        {
            var index = drawer.IndexOf(one);
            drawer[index] = change(one);
            changed.Add(drawer[index]);
        }

        return changed;
    }
}
