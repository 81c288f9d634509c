using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>What is secret is exchanged while two nodes send, receive and connect.</summary>
public sealed class RotationTests(ITestOutputHelper output) : IDisposable
{
    private static readonly AccountId Chat = AccountId.Parse("chat");

    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentDictionary<string, int> _done = new();
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly CancellationTokenSource _stop = new();
    private int _repeated;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Keys_app_secret_and_verify_token_are_exchanged_and_no_send_webhook_or_connect_fails()
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql, 2);
        await nodes.AddAccountsAsync(Chat.ToString(), "busy-0", "busy-1", "left");
        var (chat, busy) = (nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Chat"), nodes.Meta.World.AddBusiness("Wind & Wool").AddWaba("Busy"));
        var number = ToRegister(chat.AddNumber("+1 631-555-0100", "Lucky Shrub"));
        ToRegister(busy.AddNumber("+1 631-555-0101", "Wind & Wool"));
        await nodes[0].ConnectAsync(Chat.ToString(), chat);
        await nodes[0].ConnectAsync("left", busy);
        await nodes[0].DisconnectAsync("left");
        (await nodes[0].ReadAsync("left")).Numbers.ShouldAllBe(left => !left.IsHeld && left.Pins.Count == 1);
        Task[] load =
        [
            .. new[] { 0, 1 }.SelectMany(node => new[]
            {
                RunAsync($"send {node}", () => SendAsync(nodes[node], number)),
                RunAsync($"webhook {node}", () => ReceiveAsync(nodes[node], chat, number)),
                RunAsync($"connect {node}", () => ConnectAsync(nodes, node, busy)),
            }),
        ];
        await MoreAsync();

        var keys = await TurnKeysAsync(nodes);
        await MoreAsync();
        await ResetAppSecretAsync(nodes);
        await MoreAsync();
        await TurnVerifyTokenAsync(nodes);
        await MoreAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(load);

        output.WriteLine(string.Join(", ", _done.OrderBy(done => done.Key).Select(done => $"{done.Key}: {done.Value}")));
        _failures.ShouldBeEmpty();
        nodes[0].Events.TextsOf("chat").Concat(nodes[1].Events.TextsOf("chat")).Order().ShouldBe(_texts.Order());
        await LookAfterAsync(nodes, "chat", "busy-0", "busy-1", "left");
        foreach (var kept in new[] { "chat", "busy-0", "busy-1", "left" })
            (await SealsAsync(nodes, kept)).ShouldAllBe(key => key == keys.Now, $"{kept} had {keys.Before}");
        (await SealsAsync(nodes, "left")).ShouldNotBeEmpty();
        (await nodes[1].UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(Chat, PhoneNumberId.Parse(number.Id)))).Token.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_a_revoked_key_sealed_is_not_sealed_anew()
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.Sqlite);
        await nodes.AddAccountsAsync(Chat.ToString());
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        ToRegister(waba.AddNumber("+1 631-555-0100", "Lucky Shrub"));
        await nodes[0].ConnectAsync(Chat.ToString(), waba);
        var before = (await nodes[0].ReadAsync("chat")).Numbers.Single();
        var manager = nodes[0].App.Services.GetRequiredService<IKeyManager>();

        manager.RevokeAllKeys(DateTimeOffset.UtcNow, "They were stolen.");
        await Eventually.TrueAsync(async () => await CodeAsync() == ErrorCodes.TokenUnreadable, "the node has read the keys again");
        await LookAfterAsync(nodes, "chat");

        var after = (await nodes[0].ReadAsync("chat")).Numbers.Single();
        (after.Token, after.Pins.Single().Sealed).ShouldBe((before.Token, before.Pins.Single().Sealed));
        (await CodeAsync()).ShouldBe(ErrorCodes.TokenUnreadable);

        async Task<string?> CodeAsync() =>
            (await nodes[0].UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(Chat, before.PhoneNumberId))).Code;
    }

    /// <summary>A number that the connect registers, so that a PIN is kept of it.</summary>
    private static EmulatedNumber ToRegister(EmulatedNumber number)
    {
        (number.Status, number.PlatformType) = ("PENDING", "NOT_APPLICABLE");
        return number;
    }

    /// <summary>A new key that every node knows before it counts, as the framework does it by itself within two days.</summary>
    private static async Task<(Guid Before, Guid Now)> TurnKeysAsync(Nodes nodes)
    {
        var managers = new[] { 0, 1 }.Select(node => nodes[node].App.Services.GetRequiredService<IKeyManager>()).ToArray();
        var before = (await SealsAsync(nodes, "chat")).Distinct().Single();
        var activation = DateTimeOffset.UtcNow.AddSeconds(2);
        var key = managers[0].CreateNewKey(activation, activation.AddDays(90)).KeyId;
        ReadAgain(managers[1]);
        await Eventually.TrueAsync(() => DateTimeOffset.UtcNow > activation, "the key counts");
        foreach (var manager in managers)
            ReadAgain(manager);
        return (before, key);
    }

    /// <summary>What a node does once a day: it reads the keys. A revocation of a key that nobody has makes it do so now.</summary>
    private static void ReadAgain(IKeyManager manager) => manager.RevokeKey(Guid.NewGuid());

    private async Task ResetAppSecretAsync(Nodes nodes)
    {
        var before = nodes.Meta.AppSecret;
        var now = nodes.Meta.ResetAppSecret();
        await Eventually.TrueAsync(() => _repeated > 0, "the nodes do not know the new secret yet");
        foreach (var node in new[] { 0, 1 })
        {
            Configure(nodes[node], ("PreviousAppSecret", before), ("PreviousAppSecretUntil", DateTimeOffset.UtcNow.AddDays(3).ToString("O")), ("AppSecret", now));
            await MoreAsync($"{node}");
        }
    }

    private static async Task TurnVerifyTokenAsync(Nodes nodes)
    {
        const string Now = "another-verify-token-of-32-characters-or-more";
        foreach (var (first, second) in new[] { (TheHost.VerifyToken, Now), (Now, TheHost.VerifyToken), (Now, null) })
        {
            foreach (var node in new[] { 0, 1 })
            {
                Configure(nodes[node], ("WebhookVerifyToken", first), ("SecondWebhookVerifyToken", second));
                foreach (var asked in new[] { 0, 1 })
                    (await nodes.Meta.Webhooks.ConfigureAsync(new Uri(nodes[asked].Address, "/webhooks/whatsapp"), nodes[node].App.Configuration["WhatsAppOnboarding:WebhookVerifyToken"]!)).ShouldBeTrue();
            }
        }

        (await nodes.Meta.Webhooks.ConfigureAsync(new Uri(nodes[0].Address, "/webhooks/whatsapp"), TheHost.VerifyToken)).ShouldBeFalse("the older one is known no more");
    }

    private static void Configure(TheHost node, params (string Key, string? Value)[] settings)
    {
        foreach (var (key, value) in settings)
            node.App.Configuration["WhatsAppOnboarding:" + key] = value;
        ((IConfigurationRoot)node.App.Configuration).Reload();
    }

    private async Task RunAsync(string name, Func<Task<string?>> work)
    {
        while (!_stop.IsCancellationRequested)
        {
            if (await work() is { } failure)
                _failures.Enqueue($"{name}: {failure}");
            _done.AddOrUpdate(name, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Goes on until each kind of work was done three times more, on each node or on that one.</summary>
    private async Task MoreAsync(string node = "")
    {
        var before = _done.ToDictionary();
        var patience = new Patience("the load goes on", TimeSpan.FromMinutes(1));
        while (_done.Count < 6 || _done.Any(done => done.Key.EndsWith(node, StringComparison.Ordinal) && done.Value < before.GetValueOrDefault(done.Key) + 3))
            await patience.TurnAsync();
    }

    private static async Task<string?> SendAsync(TheHost node, EmulatedNumber number)
    {
        var id = PhoneNumberId.Parse(number.Id);
        var token = await node.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(Chat, id));
        if (token.Token is not { } open)
            return token.Code;
        var sent = await node.UseAsync<IGraphClient, GraphResult<SentMessage>>(graph => graph.SendAsync(WhatsAppCalls.SendMessage(open, id, MessageRecipient.Phone("+16315550199"), MessageContent.Text("Hello"))));
        return sent.Error?.ToString();
    }

    /// <summary>What is not answered 200 comes again, as from Meta.</summary>
    private async Task<string?> ReceiveAsync(TheHost node, EmulatedWaba waba, EmulatedNumber number)
    {
        using var meta = node.OpenApi(null);
        var text = Guid.NewGuid().ToString("N");
        _texts.Enqueue(text);
        var patience = new Patience($"{text} is taken", TimeSpan.FromMinutes(1));
        while ((await meta.DeliverAsync(node, SignedPost.Text(waba.Id, number.Id, text))).StatusCode != HttpStatusCode.OK)
        {
            Interlocked.Increment(ref _repeated);
            await patience.TurnAsync();
        }

        return null;
    }

    private static async Task<string?> ConnectAsync(Nodes nodes, int node, EmulatedWaba waba)
    {
        using var api = nodes[node].OpenApi($"busy-{node}");
        var answer = await api.PostAsync(new { code = nodes.Meta.IssuePopupCode([waba.Id]), state = await api.StartPopupStateAsync(), @event = "FINISH", wabaIds = new[] { waba.Id } });
        var code = await ApiConnect.CodeOf(answer);
        return code == "connected" ? null : code;
    }

    /// <summary>The key that sealed each of an account's secrets: its id stands in front of what it sealed.</summary>
    private static async Task<Guid[]> SealsAsync(Nodes nodes, string account) =>
    [
        .. (await nodes[0].ReadAsync(account)).Numbers.SelectMany(number => number.Pins.Select(pin => pin.Sealed).Append(number.Token).OfType<SealedSecret>())
            .Select(secret => new Guid(WebEncoders.Base64UrlDecode(secret.Reveal()).AsSpan(4, 16))),
    ];

    private static async Task LookAfterAsync(Nodes nodes, params string[] accounts)
    {
        foreach (var account in accounts)
            await nodes[0].UseAsync<IPhoneNumberStore, int>(async store => { await store.PostponeAsync(AccountId.Parse(account), DateTimeOffset.UtcNow.AddMinutes(-1)); return 0; });
        await nodes[0].App.Services.GetRequiredService<AccountUpkeep>().RunAsync(TestContext.Current.CancellationToken);
    }
}
