using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>A host's own copy of each account's WABA id, which can be told to fail.</summary>
public sealed class HostCopies : IAccountWabaReferenceSync
{
    public ConcurrentDictionary<string, string?> Of { get; } = new();

    public bool Fails { get; set; }

    public void AddTo(HostSetup setup) => setup.Services.AddSingleton<IAccountWabaReferenceSync>(this);

    public Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken)
    {
        if (Fails)
            throw new InvalidOperationException("The host's table is not there.");
        Of[reference.AccountId.ToString()] = reference.WabaId?.ToString();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WabaId?>>(
        Of.TryGetValue(account.ToString(), out var copy) ? [copy is null ? null : WabaId.Parse(copy)] : []);
}
