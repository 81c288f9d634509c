namespace WhatsAppOnboarding.Testing.Stores;

/// <summary>One sentence that must hold of a store, and the check of it.</summary>
internal sealed record StoreRule<TSubject>(string Name, Func<TSubject, Task> CheckAsync)
{
    /// <summary>Checks all rules, then throws once for all that are broken.</summary>
    public static async Task RequireAsync(string store, IEnumerable<StoreRule<TSubject>> rules, TSubject subject, CancellationToken cancellationToken)
    {
        var broken = new List<(string Rule, Exception Cause)>();
        foreach (var rule in rules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await rule.CheckAsync(subject).ConfigureAwait(false);
            }
            catch (Exception cause) when (!cancellationToken.IsCancellationRequested)
            {
                broken.Add(($"{rule.Name}: {cause.Message}", cause));
            }
        }

        if (broken.Count > 0)
            throw new StoreContractException(store, [.. broken.Select(one => one.Rule)], broken[0].Cause);
    }
}
