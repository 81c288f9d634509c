using System.Net;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class LifetimeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_runs_on_the_loopback_only_until_it_is_told_to_stop()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var started = new TaskCompletionSource<MetaEmulator>();
        var running = MetaEmulator.RunAsync(new MetaEmulatorOptions(), started.SetResult, stop.Token);
        var meta = await started.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        meta.Address.Host.ShouldBe(IPAddress.Loopback.ToString());
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(5), Ct);
        using var http = new HttpClient { BaseAddress = meta.Address };
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync("/", Ct));
    }

    [Fact]
    public async Task Two_emulators_have_nothing_in_common()
    {
        await using var one = await MetaEmulator.StartAsync(cancellationToken: Ct);
        await using var two = await MetaEmulator.StartAsync(cancellationToken: Ct);
        one.Address.ShouldNotBe(two.Address);
        one.AppId.ShouldNotBe(two.AppId);
        one.AppSecret.ShouldNotBe(two.AppSecret);
    }

    [Fact]
    public async Task An_id_is_used_once_and_is_made_of_digits()
    {
        await using var meta = await MetaEmulator.StartAsync(cancellationToken: Ct);
        var waba = meta.World.AddBusiness("A", "1").AddWaba("A", "2");
        var number = waba.AddNumber("+1", "A", "3");
        Should.Throw<ArgumentException>(() => waba.AddNumber("+2", "A", "3"));
        Should.Throw<ArgumentException>(() => waba.AddNumber("+2", "A", "../me"));
        number.Remove();
        waba.AddNumber("+2", "A", "3").ShouldBe(meta.World.FindNumber("3"));
    }

    [Fact]
    public void Public_types_are_sealed_or_static() =>
        typeof(MetaEmulator).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(MetaEmulator).Namespace && type.IsClass && !type.IsSealed)
            .ShouldBeEmpty();
}
