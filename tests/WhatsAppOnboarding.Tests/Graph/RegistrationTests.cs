using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class RegistrationTests
{
    [Fact]
    public void Registering_twice_is_registering_once()
    {
        var once = new ServiceCollection().AddGraphClient();
        var count = once.Count;
        once.AddGraphClient().Count.ShouldBe(count);
    }

    [Fact]
    public async Task A_host_may_bring_a_client_of_its_own()
    {
        using var services = new ServiceCollection().AddSingleton<IGraphClient, TheHostsOwn>().AddGraphClient().BuildServiceProvider();
        var result = await services.GetRequiredService<IGraphClient>().SendAsync(Some.Subscribing, TestContext.Current.CancellationToken);
        result.Succeeded.ShouldBeTrue();
    }

    private sealed class TheHostsOwn : IGraphClient
    {
        public Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken cancellationToken = default)
            where T : class => Task.FromResult(call.ToString() switch
            {
                "subscribe_app" => (GraphResult<T>)(T)(object)new GraphDone(),
                var operation => new GraphError { Kind = GraphErrorKind.Rejected, Operation = operation },
            });
    }
}
