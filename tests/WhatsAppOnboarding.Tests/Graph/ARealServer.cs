using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>The real client and a real server on loopback in place of Meta, for what only a wire can show.</summary>
internal sealed class ARealServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ServiceProvider _services;

    private ARealServer(WebApplication server)
    {
        _server = server;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<TimeProvider>(Time);
        services.AddGraphClient();
        services.Configure<GraphOptions>(options =>
            (options.AppId, options.AppSecret, options.BaseAddress, options.MaxRetries) = (Some.AppId, Some.AppSecret, new(server.Urls.First()), 0));
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public CollectedLogs Logs { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public IGraphClient Client => _services.GetRequiredService<IGraphClient>();

    public Uri Address => new(_server.Urls.First());

    public static async Task<ARealServer> StartAsync(RequestDelegate meta)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(meta);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server);
    }

    /// <summary>Sends. A call that would hang fails instead: its own limits stand still with the clock.</summary>
    public Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call)
        where T : class => Client.SendAsync(call, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    public Task StopAsync() => _server.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }
}
