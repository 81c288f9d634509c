using Microsoft.AspNetCore.WebUtilities;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests.Framework;

/// <summary>One emulator with one business, one WABA and two numbers per test.</summary>
public abstract class EmulatorTest : IAsyncLifetime
{
    protected const string Redirect = "https://saas.example/integrations/whatsapp/callback";

    private protected ManualTimeProvider Clock { get; } = new();

    private protected MetaEmulatorOptions Options { get; } = new();

    private protected MetaEmulator Meta { get; private set; } = null!;

    private protected GraphHttp Graph { get; private set; } = null!;

    private protected EmulatedBusiness Business { get; private set; } = null!;

    private protected EmulatedWaba Waba { get; private set; } = null!;

    private protected EmulatedNumber Number { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Options.TimeProvider = Clock;
        Meta = await MetaEmulator.StartAsync(Options, Ct);
        Graph = new GraphHttp(Meta);
        Business = Meta.World.AddBusiness("Lucky Shrub");
        Waba = Business.AddWaba("Lucky Shrub WABA");
        Number = Waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        Waba.AddNumber("+1 631-555-0101", "Lucky Shrub Support");
    }

    public async ValueTask DisposeAsync()
    {
        Graph.Dispose();
        await Meta.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Uri Dialog(string redirectUri = Redirect, string more = "&scope=whatsapp_business_management,whatsapp_business_messaging", string? appId = null) =>
        new(Meta.Address, $"/v25.0/dialog/oauth?client_id={appId ?? Meta.AppId}&redirect_uri={Uri.EscapeDataString(redirectUri)}&state=s%26t&response_type=code{more}");

    private protected async Task<string> GetCodeAsync(params string[] wabaIds) =>
        Query(await Meta.ApproveAsync(Dialog(), wabaIds.Length == 0 ? null : wabaIds, Ct))["code"];

    private protected static Dictionary<string, string> Query(Uri uri) =>
        QueryHelpers.ParseQuery(uri.Query).ToDictionary(item => item.Key, item => item.Value.ToString());
}
