using System.Security.Cryptography;
using System.Text;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Notices;

/// <summary>A host whose accounts were connected by persons, or by a system user, in one and the same Meta.</summary>
public sealed class PersonsHost : IAsyncDisposable
{
    private readonly MetaEmulatorOptions _options;

    private PersonsHost(TheHost host, MetaEmulatorOptions options) => (Host, _options) = (host, options);

    public TheHost Host { get; }

    public static async Task<PersonsHost> StartAsync(Action<HostSetup>? configure = null)
    {
        var options = new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User };
        return new PersonsHost(await TheHost.StartAsync(configure, options), options);
    }

    /// <summary>Connects an account with a WABA of its own: the id of the Facebook user that Meta gave the token to.</summary>
    public async Task<string> ConnectAsync(string account, EmulatedTokenKind kind = EmulatedTokenKind.User)
    {
        var waba = Host.Meta.World.AddBusiness(account).AddWaba("Main");
        waba.AddNumber($"+1 631-555-{Host.Meta.World.Businesses.Count:0000}", account);
        return await ReconnectAsync(account, waba, kind);
    }

    public async Task<string> ReconnectAsync(string account, EmulatedWaba waba, EmulatedTokenKind kind)
    {
        _options.TokenKind = kind;
        await Host.ConnectAsync(account, waba);
        var inspected = await Host.UseAsync<IGraphClient, GraphResult<TokenInspection>>(
            graph => graph.SendAsync(LoginCalls.InspectToken(AccessToken.Parse(Host.Meta.World.IssuedTokens[^1].Value))));
        return inspected.Value!.UserId!;
    }

    public async Task<PhoneNumber> NumberAsync(string account) => (await Host.ReadAsync(account)).Numbers.Single();

    public async Task<string?> GrantedByAsync(string account) => (await NumberAsync(account)).GrantedBy;

    /// <summary>The accounts whose access was put in doubt so far.</summary>
    public string[] Doubted => [.. Host.Logs.Lines.Where(line => line.EventId == 1611).Select(line => line.Text.Split(' ', ':')[1])];

    public string HashOf(string user, string? secret = null) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? Host.Meta.AppSecret), Encoding.UTF8.GetBytes("grantor:" + user)));

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
