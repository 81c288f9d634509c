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
    public async Task Beside_an_app_it_has_the_same_ids_after_a_restart_whatever_was_added_in_between()
    {
        var first = await RunOnceAsync(world => [AddShop(world, "Lucky Shrub"), AddShop(world, "Lucky Shrub"), AddShop(world, "Green Corner")]);
        var second = await RunOnceAsync(world => [AddShop(world, "Green Corner"), AddShop(world, "Somebody new"), AddShop(world, "Lucky Shrub"), AddShop(world, "Lucky Shrub")]);

        first.Ids.Distinct().Count().ShouldBe(3 * 4);
        second.Ids.ShouldBe([.. first.Ids[8..], .. second.Ids[4..8], .. first.Ids[..8]]);
        second.Ids[4..8].Intersect(first.Ids).ShouldBeEmpty();
        second.Ids.ShouldAllBe(id => id.Length == 15 && id.All(char.IsAsciiDigit));
        (second.AppId, second.Partner).ShouldBe((first.AppId, first.Partner));
        (second.Secret, second.Token).ShouldNotBe((first.Secret, first.Token));
    }

    [Fact]
    public async Task Beside_an_app_what_the_options_name_is_kept_and_a_removed_number_comes_back_under_its_id()
    {
        var ran = await RunOnceAsync(world =>
        {
            var waba = world.AddBusiness("A", "1").AddWaba("A", "2");
            var number = waba.AddNumber("+1 631-555-0100", "A");
            number.Remove();
            waba.AddNumber("+1 631-555-0100", "A").Id.ShouldBe(number.Id);
            return [];
        }, new MetaEmulatorOptions { AppId = "77", AppSecret = "s" });
        (ran.AppId, ran.Secret).ShouldBe(("77", "s"));
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

    private static IReadOnlyList<string> AddShop(MetaWorld world, string name)
    {
        var business = world.AddBusiness(name);
        var waba = business.AddWaba("Main");
        return [business.Id, waba.Id, waba.AddNumber("+1 631-555-0100", name).Id, waba.Templates[0].Id];
    }

    private static async Task<Ran> RunOnceAsync(Func<MetaWorld, IReadOnlyList<string>[]> fill, MetaEmulatorOptions? options = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        Ran? ran = null;
        await MetaEmulator.RunAsync(options ?? new MetaEmulatorOptions(), meta =>
        {
            string[] ids = [.. fill(meta.World).SelectMany(some => some)];
            ran = new Ran(meta.AppId, meta.AppSecret, meta.World.PartnerBusinessId, meta.World.IssueToken().Value, ids);
            stop.Cancel();
        }, stop.Token);
        return ran.ShouldNotBeNull();
    }

    private sealed record Ran(string AppId, string Secret, string Partner, string Token, string[] Ids);

    [Fact]
    public void Public_types_are_sealed_or_static() =>
        typeof(MetaEmulator).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(MetaEmulator).Namespace && type.IsClass && !type.IsSealed)
            .ShouldBeEmpty();
}
