using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Journey;

/// <summary>A host whose clock stands and whose upkeep runs when it is told to; cells follow each other in it, each with an account and WABAs of its own.</summary>
internal sealed class FaultBench : IAsyncDisposable
{
    /// <summary>How many looks in a row must find that only time can help, before time moves on.</summary>
    private const int QuietLooks = 6;

    /// <summary>What is called when a story goes wrong, beside what it calls when all is well.</summary>
    private static readonly string[] Undoing = [GraphOperations.UnsubscribeApp, GraphOperations.SubscribeApp, GraphOperations.ReadPhoneNumber];

    private readonly Lock _gate = new();
    private readonly List<RecordedCall> _struck = [];
    private bool _hangs;
    private int _tokens;
    private int _cells;

    private FaultBench(TheHost host, ManualTimeProvider clock, MetaEmulatorOptions meta) => (Host, Clock, Options) = (host, clock, meta);

    public TheHost Host { get; }

    public ManualTimeProvider Clock { get; }

    /// <summary>How Meta is set up; a story may change it.</summary>
    public MetaEmulatorOptions Options { get; }

    public string Account { get; private set; } = "";

    public AccountId AccountId => AccountId.Parse(Account);

    /// <summary>The WABAs of the cell, in the order in which its story made them.</summary>
    public List<EmulatedWaba> Wabas { get; } = [];

    /// <summary>The operations of the calls that went wrong in the cell.</summary>
    public HashSet<string> Struck
    {
        get
        {
            lock (_gate)
                return [.. _struck.Select(call => call.Operation)];
        }
    }

    public WhatsAppOnboardingOptions Library => Host.App.Services.GetRequiredService<IOptionsMonitor<WhatsAppOnboardingOptions>>().CurrentValue;

    private GraphOptions Graph => Host.App.Services.GetRequiredService<IOptionsMonitor<GraphOptions>>().CurrentValue;

    /// <summary>The tokens that Meta issued in the cell.</summary>
    public IEnumerable<EmulatedToken> Tokens => Host.Meta.World.IssuedTokens.Skip(_tokens);

    public ConnectAttempt[] Attempts => Host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>().Of(AccountId);

    public static async Task<FaultBench> StartAsync()
    {
        var clock = new ManualTimeProvider(TimeSpan.FromMinutes(1));
        var meta = new MetaEmulatorOptions { TimeProvider = clock, SendUsageHeaders = false };
        meta.Scopes.Add("business_management");
        var host = await TheHost.StartAsync(
            setup =>
            {
                setup.Services.AddSingleton<TimeProvider>(clock);
                PopupConnect.Configure(setup);
                setup.Library = library => library.Services.Remove(
                    library.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(Housekeeping)));
            },
            meta);
        return new FaultBench(host, clock, meta);
    }

    public void Begin()
    {
        Account = $"cell-{++_cells}";
        Wabas.Clear();
        Host.Logs.Clear();
        Graph.MaxRetries = 0;
        _tokens = Host.Meta.World.IssuedTokens.Count;
    }

    public EmulatedWaba AddWaba(params Action<EmulatedNumber>?[] numbers)
    {
        var business = Wabas is [var first, ..] ? first.Owner : Host.Meta.World.AddBusiness($"Business of {Account}");
        var waba = business.AddWaba($"WABA {Wabas.Count + 1}");
        Wabas.Add(waba);
        foreach (var shape in numbers)
            waba.AddNumber($"+1 631-{_cells % 1000:000}-{Wabas.Count}{waba.Numbers.Count:000}", "Lucky Shrub", shape);
        return waba;
    }

    /// <summary>From now on calls are counted and go wrong as the cell says.</summary>
    public void Strike(FaultCell? cell)
    {
        Host.Meta.Calls.Clear();
        Graph.MaxRetries = cell is { Retries: true } ? 2 : 0;
        lock (_gate)
            _struck.Clear();
        if (cell is null)
            return;
        _hangs = cell.Kind.Hangs;
        foreach (var operation in cell.Spread is FaultSpread.FromThenOn ? cell.Operations.Union(Undoing) : [cell.Operation])
            Host.Meta.Faults.On(operation, cell.Kind.Fault, cell.Spread is FaultSpread.Once ? 1 : int.MaxValue, call => IsToStrike(call, cell.Operation));
    }

    /// <summary>Meta is well again.</summary>
    public void Mend()
    {
        Host.Meta.Faults.Clear();
        _hangs = false;
    }

    /// <summary>Waits for work that may wait for Meta in vain: where nothing else can happen, time moves on.</summary>
    public async Task DriveAsync(Task work)
    {
        var patience = new Patience($"the end of the story of {Account}", TimeSpan.FromSeconds(60));
        for (var quiet = 0; !work.IsCompleted;)
        {
            await patience.TurnAsync();
            quiet = IsQuiet() ? quiet + 1 : 0;
            if (quiet < QuietLooks)
                continue;
            Clock.Advance(_hangs ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(500));
            quiet = 0;
        }

        await work;
    }

    /// <summary>The clock moves on and upkeep runs, once for each of these times.</summary>
    public async Task LookAfterAsync(params TimeSpan[] turns)
    {
        foreach (var turn in turns)
        {
            Clock.Sleep(turn);
            await UpkeepAsync();
        }
    }

    /// <summary>What housekeeping does for attempts and accounts, once.</summary>
    public async Task UpkeepAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        await Host.UseAsync<AttemptUndo, bool>(async undo =>
        {
            await undo.RunAsync(stop);
            return true;
        });
        await Host.App.Services.GetRequiredService<AccountUpkeep>().RunAsync(stop);
    }

    /// <summary>Connects all WABAs of the cell by the redirect: the code with which it ended.</summary>
    public async Task<string> RedirectAsync()
    {
        using var browser = await Host.OpenBrowserAsync(Account);
        var end = await browser.ConnectAsync([.. Wabas.Select(waba => waba.Id)]);
        return end[(end.IndexOf('=') + 1)..];
    }

    public Task<AccountPhoneNumbers> ReadAsync() => Host.ReadAsync(Account);

    public Task<OnboardingStatus> StatusAsync() => Host.UseAsync<IWhatsAppAccounts, OnboardingStatus>(accounts => accounts.GetStatusAsync(AccountId));

    public async Task EndAsync() => await Host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId));

    public ValueTask DisposeAsync()
    {
        Host.Logs.Clear();
        return Host.DisposeAsync();
    }

    private bool IsToStrike(RecordedCall call, string operation)
    {
        lock (_gate)
        {
            if (_struck.Count == 0 && call.Operation != operation)
                return false;
            _struck.Add(call);
            return true;
        }
    }

    /// <summary>Whether a call went wrong, and no other one is under way.</summary>
    private bool IsQuiet()
    {
        lock (_gate)
            return _struck.Count > 0 && Host.Meta.Calls.All.All(call => call.EndedTicks is not null || (_hangs && _struck.Contains(call)));
    }
}
