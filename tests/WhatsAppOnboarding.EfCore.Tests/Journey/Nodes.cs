using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>One or more nodes of one host: the same database, the same keys, the same Meta.</summary>
public sealed class Nodes : IAsyncDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("whatsapp-keys-");
    private readonly List<TheHost> _nodes = [];

    private Nodes(TestDatabase database, MetaEmulator meta) => (Database, Meta) = (database, meta);

    public TestDatabase Database { get; }

    public MetaEmulator Meta { get; }

    public TheHost this[int node] => _nodes[node];

    public static async Task<Nodes> StartAsync(
        DatabaseKind kind, int count = 1, Action<DbContextOptionsBuilder>? options = null, bool ask = false, Action<HostSetup>? configure = null, bool pool = false)
    {
        var nodes = new Nodes(await TestDatabase.CreateAsync(kind), await MetaEmulator.StartAsync());
        var empty = new DbContextOptionsBuilder<PlainContext>();
        nodes.Database.Use(empty);
        await using (var context = new PlainContext(empty.Options))
            await context.Database.EnsureCreatedAsync();
        for (var i = 0; i < count; i++)
        {
            nodes._nodes.Add(await TheHost.StartAsync(setup =>
            {
                setup.KeyFolder = nodes._keys;
                PopupConnect.Configure(setup);
                setup["NumberChoice"] = ask ? "Ask" : "All";
                // Most tests look at what came of a delivery when it is answered.
                setup["Webhooks:UseInbox"] = "false";
                setup["MaxStarts"] = setup["MaxExchanges"] = "100000";
                _ = pool ? setup.Services.AddDbContextPool<PlainContext>(Use) : setup.Services.AddDbContext<PlainContext>(Use);
                setup.Library = library => library.AddEntityFrameworkStores<PlainContext>().SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId);
                configure?.Invoke(setup);
            }, meta: nodes.Meta));
        }

        await nodes.Meta.Webhooks.ConfigureAsync(new Uri(nodes[0].Address, "/webhooks/whatsapp"), TheHost.VerifyToken);
        return nodes;

        void Use(DbContextOptionsBuilder context)
        {
            nodes.Database.Use(context);
            options?.Invoke(context);
        }
    }

    public Task AddAccountsAsync(params string[] accounts) => UseContextAsync(context =>
    {
        context.AddRange(accounts.Select(account => new TextAccount { Id = account }));
        return context.SaveChangesAsync();
    });

    public async Task<T> UseContextAsync<T>(Func<PlainContext, Task<T>> use)
    {
        await using var scope = this[0].App.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<PlainContext>());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await Meta.DisposeAsync();
        await Database.DisposeAsync();
        _keys.Delete(recursive: true);
    }
}
