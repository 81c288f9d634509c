using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>
/// A host whose accounts are looked after by a clock of the test: time passes from one round to the next, and each round has ended before it goes on. What is due is
/// taken at the full minute, as by the host's own clockwork, which does not run here.
/// </summary>
internal sealed class TheAccounts : IAsyncDisposable
{
    /// <summary>Within which a loss is noticed.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromHours(6);

    private static readonly string[] OfConnecting = [AccountEvent.Connected, AccountEvent.Reconnected, AccountEvent.NumberShared, AccountEvent.Noticed];

    private int _names;

    private TheAccounts(TheHost host, ManualTimeProvider clock, MetaEmulatorOptions options, CountedCalls calls) => (Host, Clock, Options, Calls) = (host, clock, options, calls);

    public TheHost Host { get; }

    public MetaEmulator Meta => Host.Meta;

    public ManualTimeProvider Clock { get; }

    /// <summary>May be changed between two connects.</summary>
    public MetaEmulatorOptions Options { get; }

    public CountedCalls Calls { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<TheAccounts> StartAsync(Action<HostSetup>? configure = null)
    {
        var clock = new ManualTimeProvider();
        var calls = new CountedCalls(clock);
        var options = new MetaEmulatorOptions { TimeProvider = clock };
        var host = await TheHost.StartAsync(
            setup =>
            {
                PopupConnect.Configure(setup);
                setup.RecordsWebhooks = false;
                setup.Services.AddSingleton<TimeProvider>(clock);
                setup.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
                setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
                setup.Services.AddHttpClient(GraphRegistration.ClientName).AddHttpMessageHandler(() => calls);
                configure?.Invoke(setup);
                var library = setup.Library;
                setup.Library = builder =>
                {
                    builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(Housekeeping)));
                    library?.Invoke(builder);
                };
            },
            options);
        calls.Meta = host.Meta;
        return new TheAccounts(host, clock, options, calls);
    }

    /// <summary>A WABA with some numbers, which no account holds yet.</summary>
    public EmulatedWaba AddWaba(int numbers = 1)
    {
        var waba = Meta.World.AddBusiness($"Business {++_names}").AddWaba("Main");
        for (var number = 0; number < numbers; number++)
            waba.AddNumber($"+1 631-555-{_names:0000}{number}", $"Number {number}");
        return waba;
    }

    /// <summary>Connects an account with a token of its own, for the first time or again.</summary>
    public async Task<EmulatedToken> ConnectAsync(string account, EmulatedWaba waba)
    {
        using var api = Host.OpenApi(account);
        var state = await api.StartPopupStateAsync();
        var answer = await api.PostAsync(new { code = Meta.IssuePopupCode([waba.Id]), state, @event = "FINISH", wabaIds = new[] { waba.Id } });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return Meta.World.IssuedTokens[^1];
    }

    /// <summary>Lets time pass, with every round that falls due on the way.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Now + time;
        while (NextRound() is var next && next <= end)
        {
            Clock.Advance(next - Now);
            await Service<AccountUpkeep>().RunAsync(TestContext.Current.CancellationToken);
            await Service<AccountEventDelivery>().DeliverWaitingAsync(TestContext.Current.CancellationToken);
        }

        Clock.Advance(end - Now);
    }

    public Task PassAsync(double days) => PassAsync(TimeSpan.FromDays(days));

    /// <summary>What the host was told of an account, in order, without what connecting tells: what, and about what.</summary>
    public string[] Told(string account) => [.. EventsOf(account).Select(one => one.Reason is null ? one.Kind : $"{one.Kind} {one.Reason}")];

    /// <summary>As <see cref="Told"/>, of events that were looked up already, with their times.</summary>
    public static IEnumerable<(string What, DateTimeOffset At)> EventsIn(IEnumerable<AccountEvent> told) => told
        .Where(one => !OfConnecting.Contains(one.Kind)).Select(one => (one.Reason is null ? one.Kind : $"{one.Kind} {one.Reason}", one.At));

    public IEnumerable<AccountEvent> EventsOf(string account) =>
        Host.Events.Account.Where(one => one.AccountId.ToString() == account && !OfConnecting.Contains(one.Kind));

    public async Task<PhoneNumberView> StatusAsync(string account) =>
        (await Host.UseAsync<IWhatsAppAccounts, OnboardingStatus>(accounts => accounts.GetStatusAsync(AccountId.Parse(account)))).PhoneNumbers[0];

    public T Service<T>()
        where T : notnull => Host.App.Services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>The full minute at which the next account is due; the next one at the earliest.</summary>
    private DateTimeOffset NextRound()
    {
        var minute = TimeSpan.FromMinutes(1).Ticks;
        var due = Service<InMemoryPhoneNumbers>().Accounts.Values.Min(account => account.Reference.DueAt) ?? DateTimeOffset.MaxValue.AddDays(-1);
        var earliest = due > Now ? due : Now.AddTicks(1);
        return new DateTimeOffset((earliest.Ticks + minute - 1) / minute * minute, TimeSpan.Zero);
    }
}
