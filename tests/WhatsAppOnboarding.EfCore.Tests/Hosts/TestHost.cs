using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Stores;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Hosts;

/// <summary>The services of a host with a database of its own.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly HostKind _kind;

    private TestHost(TestDatabase database, HostKind kind, Action<DbContextOptionsBuilder>? options, Action<WhatsAppOnboardingBuilder>? more)
    {
        (_database, _kind) = (database, kind);
        var configuration = HostServices.Configuration(kind is HostKind.Refusing ? "Refuse" : "Allow");
        var services = HostServices.Create();
        var builder = services.AddWhatsAppOnboarding(configuration).AddStores(kind, context =>
        {
            database.Use(context);
            options?.Invoke(context);
        });
        more?.Invoke(builder);
        Services = services.BuildServiceProvider(validateScopes: true);
    }

    public ServiceProvider Services { get; }

    public static async Task<TestHost> StartAsync(
        DatabaseKind database, HostKind kind = HostKind.Plain, Action<DbContextOptionsBuilder>? options = null, Action<WhatsAppOnboardingBuilder>? more = null)
    {
        var host = new TestHost(await TestDatabase.CreateAsync(database), kind, options, more);
        await host.WithContextAsync(context => context.Database.EnsureCreatedAsync());
        return host;
    }

    public async Task<AccountId> CreateAccountAsync(CancellationToken cancellationToken = default)
    {
        var (row, id) = _kind.NewAccount();
        await WithContextAsync(context =>
        {
            context.Add(row);
            return context.SaveChangesAsync(cancellationToken);
        });
        return id;
    }

    public async Task<T> WithContextAsync<T>(Func<DbContext, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<HostContext>().Value);
    }

    public async Task<T> WithStoreAsync<T>(Func<IPhoneNumberStore, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IPhoneNumberStore>());
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
