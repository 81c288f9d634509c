using System.Net;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>What an account may begin is one number, however many nodes serve it.</summary>
public sealed class LimitNodesTests
{
    private readonly Dictionary<int, MovedClock> _clocks = new() { [0] = new(), [1] = new() };

    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory, MemberData(nameof(Databases))]
    public async Task Starts_on_two_nodes_share_the_limit_until_the_window_ends_and_hold_up_no_other_account(DatabaseKind kind)
    {
        await using var nodes = await StartAsync(kind);
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");
        await first.StartAsync();
        await second.StartAsync();
        await first.StartAsync();

        foreach (var api in (HttpClient[])[second, first, second])
            await RefusedAsync(await AskAsync(api), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        using var other = nodes[1].OpenApi("birch");
        await other.StartAsync();
        (await AskAsync(first, "?renews=true")).StatusCode.ShouldBe(HttpStatusCode.OK, "a new state for a late code is no start");

        Move(TimeSpan.FromMinutes(10));
        await second.StartAsync();
        await first.StartAsync();
        await second.StartAsync();
        await RefusedAsync(await AskAsync(first), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_forty_starts_at_once_on_two_nodes_no_more_than_the_limit_are_granted_and_those_refused_are_not_counted(DatabaseKind kind)
    {
        await using var nodes = await StartAsync(kind, starts: 10);
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AskAsync(i % 2 == 0 ? first : second)));

        var granted = answers.Count(answer => answer.StatusCode == HttpStatusCode.OK);
        granted.ShouldBeLessThanOrEqualTo(10);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            await RefusedAsync(refused, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(11));
        for (; granted < 10; granted++)
            await second.StartAsync();
        await RefusedAsync(await AskAsync(first), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Exchanges_on_two_nodes_share_the_limit_and_what_is_refused_is_not_used_up(DatabaseKind kind)
    {
        await using var nodes = await StartAsync(kind, starts: 10, exchanges: 2);
        nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");
        var grants = new List<(string Code, string State)>();
        for (var i = 0; i < 3; i++)
            grants.Add(await first.GrantAsync(nodes[0]));
        (await first.FinishAsync(grants[0].Code, grants[0].State)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.FinishAsync(grants[1].Code, grants[1].State)).StatusCode.ShouldBe(HttpStatusCode.OK);

        foreach (var api in (HttpClient[])[first, second])
            await RefusedAsync(await api.FinishAsync(grants[2].Code, grants[2].State), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        (await second.FinishAsync(grants[0].Code, grants[0].State)).StatusCode.ShouldBe(HttpStatusCode.OK, "what is finished is told on every node");
        nodes.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(2);

        Move(TimeSpan.FromMinutes(10));
        (await ApiConnect.CodeOf(await second.FinishAsync(grants[2].Code, grants[2].State))).ShouldBe("connected");
    }

    [Theory, InlineData(-2), InlineData(2)]
    public async Task Nodes_whose_clocks_are_two_minutes_apart_share_the_limit(int minutes)
    {
        await using var nodes = await StartAsync(DatabaseKind.Sqlite);
        _clocks[1].Off = TimeSpan.FromMinutes(minutes);
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");
        await first.StartAsync();
        await second.StartAsync();
        await first.StartAsync();

        foreach (var api in (HttpClient[])[first, second])
            await RefusedAsync(await AskAsync(api), TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(12));
    }

    [Fact]
    public async Task While_nothing_can_be_counted_nothing_begins_and_everybody_is_told()
    {
        var trouble = new Trouble();
        await using var nodes = await StartAsync(DatabaseKind.Sqlite, starts: 10, interceptor: trouble);
        nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = nodes[0].OpenApi("acme");
        var (code, state) = await api.GrantAsync(nodes[0]);

        foreach (var ask in (Func<Task<HttpResponseMessage>>[])[() => AskAsync(api), () => api.FinishAsync(code, state)])
        {
            trouble.FailBefore();
            var answer = await ask();
            (answer.StatusCode, await ApiConnect.CodeOf(answer)).ShouldBe((HttpStatusCode.ServiceUnavailable, "service_unavailable"));
        }

        nodes.Meta.Calls.Of(GraphOperations.ExchangeCode).ShouldBeEmpty();
        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("connected");
    }

    [Fact]
    public async Task To_count_a_start_takes_three_short_commands_and_to_refuse_one_two()
    {
        var counter = new CommandCounter();
        await using var nodes = await StartAsync(DatabaseKind.PostgreSql, starts: 1, interceptor: counter);
        using var api = nodes[0].OpenApi("acme");
        counter.Commands.Clear();

        await api.StartAsync();
        counter.Commands.Count(command => command.Contains("\"WhatsAppMetaCalls\"", StringComparison.Ordinal)).ShouldBe(3);
        counter.Commands.Count.ShouldBe(4, "and one writes down the start");

        counter.Commands.Clear();
        (await AskAsync(api)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        counter.Commands.Count.ShouldBe(2);
        counter.Commands.ShouldAllBe(command => command.StartsWith("SELECT"));
    }

    private async Task<Nodes> StartAsync(DatabaseKind kind, int starts = 3, int exchanges = 5, IInterceptor? interceptor = null)
    {
        var clocks = new Queue<MovedClock>(_clocks.Values);
        var nodes = await Nodes.StartAsync(kind, 2, options => _ = interceptor is null ? options : options.AddInterceptors(interceptor), configure: setup =>
        {
            (setup["MaxStarts"], setup["MaxExchanges"]) = ($"{starts}", $"{exchanges}");
            setup.Services.AddSingleton<TimeProvider>(clocks.Dequeue());
        });
        await nodes.AddAccountsAsync("acme", "birch");
        return nodes;
    }

    private void Move(TimeSpan by)
    {
        foreach (var clock in _clocks.Values)
            clock.Off += by;
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient api, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, WhatsAppOnboarding.Tests.Browser.Connect + query);
        request.Headers.Accept.ParseAdd("application/json");
        return api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, TimeSpan least, TimeSpan most)
    {
        (answer.StatusCode, await ApiConnect.CodeOf(answer)).ShouldBe((HttpStatusCode.TooManyRequests, "too_many_attempts"));
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(least, most);
    }

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Off;
    }
}
