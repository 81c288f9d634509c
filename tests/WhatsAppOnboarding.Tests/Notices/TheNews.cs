using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Notices;

/// <summary>A host with one connected number, and what Meta tells it of the number's WABA.</summary>
internal sealed class TheNews : IAsyncDisposable
{
    private TheNews(TheHost host, ManualTimeProvider clock, EmulatedNumber number) => (Host, Clock, Number) = (host, clock, number);

    public TheHost Host { get; }

    public ManualTimeProvider Clock { get; }

    public EmulatedNumber Number { get; }

    public EmulatedWaba Waba => Number.Waba;

    /// <summary>Connects a number a minute ago.</summary>
    public static async Task<TheNews> StartAsync(Action<EmulatedNumber>? shape = null, Action<EmulatedWaba>? more = null)
    {
        var clock = new ManualTimeProvider();
        var host = await TheHost.StartAsync(
            setup =>
            {
                setup.Services.AddSingleton<TimeProvider>(clock);
                setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
            },
            new MetaEmulatorOptions { TimeProvider = clock });
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One", shape);
        more?.Invoke(number.Waba);
        var news = new TheNews(host, clock, number);
        await news.ConnectAsync("acme");
        clock.Advance(TimeSpan.FromMinutes(1));
        return news;
    }

    public async Task ConnectAsync(string account)
    {
        using var api = Host.OpenApi(account);
        var (code, state) = await api.GrantAsync(Host);
        (await api.FinishAsync(code, state)).EnsureSuccessStatusCode();
    }

    /// <summary>Lets Meta tell something, now or so long after or before now; how the app answered.</summary>
    public Task<int?> TellAsync(string field, string value, double seconds = 0, string? entry = null) =>
        SendAsync(field, value, Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds(), entry);

    /// <summary>As <see cref="TellAsync"/>, an <c>account_update</c> of this event.</summary>
    public Task<int?> UpdateAsync(string name, double seconds = 0) => TellAsync("account_update", $$"""{"event":"{{name}}"}""", seconds);

    /// <summary>As <see cref="UpdateAsync"/>, with this as the entry's time: null leaves it out.</summary>
    public Task<int?> UpdateAtAsync(string name, JsonNode? time) => SendAsync("account_update", $$"""{"event":"{{name}}"}""", time);

    public async Task<PhoneNumber> ReadAsync(string account = "acme") =>
        (await Host.ReadAsync(account)).Numbers.Single(number => number.PhoneNumberId.ToString() == Number.Id);

    public async Task<NumberState> StateAsync(string account = "acme") => (await ReadAsync(account)).State;

    /// <summary>Why there is no token to send with; null when there is one.</summary>
    public async Task<string?> SendingAsync(string account = "acme") => (await Host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(
        accounts => accounts.GetTokenAsync(AccountId.Parse(account), PhoneNumberId.Parse(Number.Id)))).Code;

    public async Task<JsonElement> StatusAsync(string account = "acme")
    {
        using var browser = await Host.OpenBrowserAsync(account);
        return (await browser.StatusAsync()).GetProperty("phoneNumbers").EnumerateArray().Single(view => view.GetProperty("id").GetString() == Number.Id);
    }

    public async Task<string[]> FindingsAsync(string account = "acme") =>
        [.. (await StatusAsync(account)).GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()!)];

    /// <summary>What the host was told, in order, without what connecting tells.</summary>
    public string[] Told(string account = "acme") =>
        [.. Host.Events.Account.Where(told => told.Kind is not (AccountEvent.Connected or AccountEvent.Reconnected or AccountEvent.NumberShared) && told.AccountId.ToString() == account).Select(told => told.Kind)];

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task<int?> SendAsync(string field, string value, JsonNode? time, string? entry = null)
    {
        var told = new JsonObject
        {
            ["id"] = entry ?? Waba.Id,
            ["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = JsonNode.Parse(value) }),
        };
        if (time is not null)
            told["time"] = time;
        var payload = new JsonObject { ["object"] = "whatsapp_business_account", ["entry"] = new JsonArray(told) };
        return (await Host.Meta.Webhooks.SendAsync(payload, TestContext.Current.CancellationToken)).LastStatusCode;
    }
}
