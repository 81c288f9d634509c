using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Testing.Stores;

/// <summary>The store as the library uses it: resolved in a scope of its own for every call.</summary>
internal sealed class StoreUnderCheck<TStore>(IServiceProvider services, CancellationToken cancellationToken)
    where TStore : class
{
    public async Task<T> UseAsync<T>(Func<TStore, CancellationToken, Task<T>> use)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<TStore>(), cancellationToken).ConfigureAwait(false);
    }

    public Task DoAsync(Func<TStore, CancellationToken, Task> use) => UseAsync(async (store, token) =>
    {
        await use(store, token).ConfigureAwait(false);
        return true;
    });

    /// <summary>Checks all rules, then throws once for all that are broken; that there is no store is one thing, not one for each rule.</summary>
    public async Task RequireAsync<TSubject>(IEnumerable<StoreRule<TSubject>> rules, TSubject subject)
    {
        RequireRegistered();
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
            throw new StoreContractException(typeof(TStore).Name, [.. broken.Select(one => one.Rule)], broken[0].Cause);
    }

    private void RequireRegistered()
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(TStore)) is false)
            throw new StoreContractException(typeof(TStore).Name, [$"there is one: the host registers no {typeof(TStore).Name}"], null);
    }
}

/// <summary>One sentence that must hold of a store, and the check of it.</summary>
internal sealed record StoreRule<TSubject>(string Name, Func<TSubject, Task> CheckAsync);

internal static class Expect
{
    public static void That(bool holds, [CallerArgumentExpression(nameof(holds))] string? what = null)
    {
        if (!holds)
            throw new InvalidOperationException($"expected {what}");
    }

    public static async Task ThrowsAsync<TException>(Func<Task> act, string what)
        where TException : Exception
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (TException)
        {
            return;
        }

        throw new InvalidOperationException($"expected a {typeof(TException).Name}, because {what}");
    }
}
