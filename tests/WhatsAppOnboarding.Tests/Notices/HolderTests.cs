using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Notices;

/// <summary>One WABA that ten accounts hold: what Meta says of it is followed for all of them side by side, and none waits for another.</summary>
public sealed class HolderTests
{
    private const int Holders = 10;

    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(2);

    private readonly ManualTimeProvider _clock = new();
    private readonly Troubles _troubles = new();

    [Fact]
    public async Task A_removal_is_followed_for_those_whom_meta_answers_and_a_silence_for_others_holds_nobody_up()
    {
        await using var host = await StartAsync();
        var waba = await ConnectAllAsync(host);
        host.Meta.World.RemoveAppFrom(waba.Id);
        host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Hang(), times: Holders / 2);

        (await TellAsync(host, waba, "PARTNER_REMOVED")).ShouldBe(HttpStatusCode.OK);

        var states = await StatesAsync(host);
        states.Count(state => state is NumberState.Inactive).ShouldBe(Holders / 2);
        states.Count(state => state is NumberState.Paused).ShouldBe(Holders / 2, "what is not known is asked again");
    }

    [Fact]
    public async Task One_that_cannot_be_written_and_one_that_hangs_keep_no_other_from_being_followed()
    {
        await using var host = await StartAsync();
        var waba = await ConnectAllAsync(host);
        _troubles.Failing = AccountId.Parse("acme0");
        _troubles.Hanging.UnionWith(Enumerable.Range(1, 5).Select(n => AccountId.Parse($"acme{n}")));

        (await TellAsync(host, waba, "ACCOUNT_OFFBOARDED")).ShouldBe(HttpStatusCode.ServiceUnavailable, "what is not written comes again");

        (await StatesAsync(host))[6..].ShouldAllBe(state => state == NumberState.Paused);
        _troubles.Failing = null;
        _troubles.Hanging.Clear();
        (await TellAsync(host, waba, "ACCOUNT_OFFBOARDED")).ShouldBe(HttpStatusCode.OK);
        (await StatesAsync(host)).ShouldAllBe(state => state == NumberState.Paused);
    }

    [Fact]
    public async Task A_handler_that_hangs_on_each_event_of_each_holder_refuses_no_delivery()
    {
        await using var host = await StartAsync(library => library.AddAccountEventHandler<HangingHandler>());
        var waba = await ConnectAllAsync(host);
        host.Meta.World.RemoveAppFrom(waba.Id);
        _troubles.Hangs = true;

        (await TellAsync(host, waba, "PARTNER_REMOVED")).ShouldBe(HttpStatusCode.OK);

        (await StatesAsync(host)).ShouldAllBe(state => state == NumberState.Inactive);
    }

    [Fact]
    public async Task A_handler_that_hangs_on_each_event_of_each_holder_keeps_who_connects_for_ten_seconds_at_most()
    {
        await using var host = await StartAsync(library => library.AddAccountEventHandler<HangingHandler>());
        await ConnectAllAsync(host);
        _troubles.Hangs = true;
        using var api = host.OpenApi("birch");
        var (code, state) = await api.GrantAsync(host);
        var began = _clock.GetUtcNow();

        var connecting = api.FinishAsync(code, state);
        await _troubles.Reached.Task;
        (await ApiConnect.CodeOf(await _clock.AdvanceUntilAsync(connecting, TimeSpan.FromSeconds(1)))).ShouldBe("connected");

        (_clock.GetUtcNow() - began).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private async Task<TheHost> StartAsync(Action<WhatsAppOnboardingBuilder>? more = null) => await TheHost.StartAsync(setup =>
    {
        setup["Webhooks:DeliveryTimeout"] = DeliveryTimeout.ToString();
        setup.Services.AddSingleton<TimeProvider>(_clock);
        setup.Services.AddSingleton(_troubles);
        setup.Services.AddScoped(provider => TroubledStore.Over(ActivatorUtilities.CreateInstance<InMemoryPhoneNumberStore>(provider), _troubles));
        setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
        setup.Library = library => more?.Invoke(library);
    });

    private static async Task<EmulatedWaba> ConnectAllAsync(TheHost host)
    {
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        for (var n = 0; n < Holders; n++)
        {
            using var api = host.OpenApi($"acme{n}");
            var (code, state) = await api.GrantAsync(host);
            (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("connected");
        }

        return waba;
    }

    private async Task<HttpStatusCode> TellAsync(TheHost host, EmulatedWaba waba, string name)
    {
        using var client = host.OpenApi(null);
        var body = $$$"""{"entry":[{"id":"{{{waba.Id}}}","time":{{{_clock.GetUtcNow().ToUnixTimeSeconds()}}},"changes":[{"field":"account_update","value":{"event":"{{{name}}}"}}]}]}""";
        return (await client.DeliverAsync(host, body)).StatusCode;
    }

    private static async Task<NumberState[]> StatesAsync(TheHost host)
    {
        var states = new List<NumberState>();
        for (var n = 0; n < Holders; n++)
            states.Add((await host.ReadAsync($"acme{n}")).Numbers.Single().State);
        return [.. states];
    }

    private sealed class Troubles
    {
        public AccountId? Failing { get; set; }

        public HashSet<AccountId> Hanging { get; } = [];

        public bool Hangs { get; set; }

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class HangingHandler(Troubles troubles) : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken)
        {
            if (!troubles.Hangs)
                return Task.CompletedTask;
            troubles.Reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        }
    }

    /// <summary>The store in memory, but that some accounts cannot be written.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "A proxy is made by deriving from it.")]
    private class TroubledStore : DispatchProxy
    {
        private (IPhoneNumberStore Inner, Troubles Troubles) _of;

        public static IPhoneNumberStore Over(IPhoneNumberStore inner, Troubles troubles)
        {
            var store = Create<IPhoneNumberStore, TroubledStore>();
            ((TroubledStore)(object)store)._of = (inner, troubles);
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IPhoneNumberStore.WriteAsync) && args![0] is AccountId account)
            {
                if (account == _of.Troubles.Failing)
                    return Task.FromException<PhoneNumberWrite>(new InvalidOperationException("The row is locked."));
                if (_of.Troubles.Hanging.Contains(account))
                    return HangAsync((CancellationToken)args[2]!);
            }

            return targetMethod.Invoke(_of.Inner, args);
        }

        private static async Task<PhoneNumberWrite> HangAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new UnreachableException();
        }
    }
}
