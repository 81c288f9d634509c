using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>A host whose SQLite file is copied and put back; Meta and the Data Protection keys go on.</summary>
internal sealed class RestoredSaas : IAsyncDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("whatsapp-keys-");
    private readonly string _backup = Path.Combine(Path.GetTempPath(), $"whatsapp-backup-{Guid.NewGuid():N}.db");
    private readonly Dictionary<string, EmulatedWaba> _wabas = [];
    private readonly Dictionary<string, EmulatedNumber> _numbers = [];
    private int _names;

    private RestoredSaas(TestDatabase database, MetaEmulator meta, ShiftedClock clock) => (Database, Meta, Clock) = (database, meta, clock);

    public TestDatabase Database { get; }

    public MetaEmulator Meta { get; }

    public ShiftedClock Clock { get; }

    public TheHost Host { get; private set; } = null!;

    public NumberAuthority Numbers => Host.App.Services.GetRequiredService<NumberAuthority>();

    public static async Task<RestoredSaas> StartAsync()
    {
        var clock = new ShiftedClock();
        var saas = new RestoredSaas(await TestDatabase.CreateAsync(DatabaseKind.Sqlite), await MetaEmulator.StartAsync(new MetaEmulatorOptions { TimeProvider = clock }), clock);
        var options = new DbContextOptionsBuilder<PlainContext>();
        saas.Database.Use(options);
        await using (var context = new PlainContext(options.Options))
            await context.Database.EnsureCreatedAsync();
        await saas.StartHostAsync();
        return saas;
    }

    /// <summary>The account's WABA, with a number; the same at each call.</summary>
    public EmulatedWaba Of(string account)
    {
        if (!_wabas.TryGetValue(account, out var waba))
        {
            _wabas[account] = waba = Meta.World.AddBusiness(account).AddWaba(account);
            _numbers[account] = waba.AddNumber($"+1 631-555-{++_names:0000}", account);
        }

        return waba;
    }

    /// <summary>Connects the account with a token of its own, for the first time or again.</summary>
    public async Task<EmulatedToken> ConnectAsync(string account, params EmulatedWaba[] wabas)
    {
        if (wabas.Length == 0)
            wabas = [Of(account)];
        await UseContextAsync(async context => await context.Accounts.FindAsync(account) is null ? context.Add(new TextAccount { Id = account }).Context.SaveChanges() : 0);
        using var api = Host.OpenApi(account);
        var answer = await api.PostAsync(new { code = Meta.IssuePopupCode(wabas.Select(waba => waba.Id)), state = await api.StartPopupStateAsync() });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return Meta.World.IssuedTokens[^1];
    }

    /// <summary>An attempt of the account whose process died when it had subscribed the app.</summary>
    public Task DieAsync(string account)
    {
        var attempt = new ConnectAttempt
        {
            Id = Guid.NewGuid(),
            StateHash = new string('a', 64),
            CodeHash = new string('b', 64),
            AccountId = AccountId.Parse(account),
            Way = "popup",
            Generation = Guid.NewGuid(),
            ClaimedAt = Clock.GetUtcNow(),
            UndoAt = Clock.GetUtcNow().AddMinutes(3),
            Steps = [new AttemptStep { Step = StepNames.Subscribe, EndedAt = Clock.GetUtcNow(), Milliseconds = 0, Result = AttemptStep.Begun, WabaId = Of(account).Id }],
        };
        var services = Host.App.Services;
        attempt = attempt with { UndoToken = services.GetRequiredService<WaitingGrants>().SealUndo(AccessToken.Parse(Meta.World.IssueToken([Of(account).Id]).Value), attempt) };
        return services.GetRequiredService<AttemptRecords>().ClaimAsync(attempt);
    }

    public void TakeBackup() => Copy(Database.ConnectionString, $"Data Source={_backup}");

    /// <summary>Stops the host, puts the backup back, starts the host and marks the moment.</summary>
    public async Task RestoreAsync()
    {
        await Host.DisposeAsync();
        Copy($"Data Source={_backup}", Database.ConnectionString);
        await StartHostAsync();
        Meta.Calls.Clear();
        await MarkAsync();
    }

    public Task<int> MarkAsync() => Host.UseAsync<IWhatsAppOperator, int>(operations => operations.MarkRestoredAsync());

    public Task RunUpkeepAsync() => Host.App.Services.GetRequiredService<AccountUpkeep>().RunAsync(CancellationToken.None);

    public Task RunUndoAsync() => Host.UseAsync<AttemptUndo, bool>(async undo =>
    {
        await undo.RunAsync(CancellationToken.None);
        return true;
    });

    /// <summary>Why there is no token to send with, of the account's first number at Meta; null when there is one.</summary>
    public async Task<string?> SendingAsync(string account) => (await Host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(
        accounts => accounts.GetTokenAsync(AccountId.Parse(account), NumberOf(account)))).Code;

    /// <summary>A customer writes; Meta delivers it if the app is subscribed.</summary>
    public Task<WebhookDelivery> ReceiveAsync(string account, string text)
    {
        Of(account);
        return Meta.Webhooks.ReceiveAsync(MetaMessages.Text(_numbers[account], new EmulatedCustomer("Ann", "+15550001"), text));
    }

    /// <summary>As <see cref="ReceiveAsync"/>, but delivered whatever the app is subscribed to: how it was answered.</summary>
    public async Task<int?> StrayAsync(string account, string text)
    {
        var delivery = await ReceiveAsync(account, text);
        return delivery.LastStatusCode ?? (await Meta.Webhooks.SendAsync(JsonNode.Parse(delivery.Payload)!)).LastStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Meta.DisposeAsync();
        await Database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        File.Delete(_backup);
        _keys.Delete(recursive: true);
    }

    /// <summary>The account's first number, wherever it is now.</summary>
    private PhoneNumberId NumberOf(string account)
    {
        Of(account);
        return PhoneNumberId.Parse(_numbers[account].Id);
    }

    private async Task StartHostAsync()
    {
        Host = await TheHost.StartAsync(
            setup =>
            {
                setup.KeyFolder = _keys;
                PopupConnect.Configure(setup);

                // Its clock stands still, and so would what is to be worked again.
                setup["Webhooks:UseInbox"] = "false";
                setup.Services.AddSingleton<TimeProvider>(Clock);
                setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
                setup.Services.AddDbContext<PlainContext>(Database.Use);
                setup.Library = library =>
                {
                    library.AddEntityFrameworkStores<PlainContext>().SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId);

                    // Its rounds come when the test says so.
                    library.Services.Remove(library.Services.Single(service => service.ImplementationType == typeof(Housekeeping)));
                };
            },
            meta: Meta);
        await Meta.Webhooks.ConfigureAsync(new Uri(Host.Address, "/webhooks/whatsapp"), TheHost.VerifyToken);
    }

    private async Task<T> UseContextAsync<T>(Func<PlainContext, Task<T>> use)
    {
        await using var scope = Host.App.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<PlainContext>());
    }

    private static void Copy(string from, string to)
    {
        using var source = new SqliteConnection(from);
        using var target = new SqliteConnection(to);
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }
}

/// <summary>A clock that goes on, so that writers who meet in the database wait for each other, and that can be set ahead.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Advance(TimeSpan by) => _ahead += by;
}
