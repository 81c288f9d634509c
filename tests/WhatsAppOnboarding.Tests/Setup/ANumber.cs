using System.Net.Http.Json;
using System.Text.Json;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Setup;

/// <summary>A host and one number at Meta, and what accounts do with it.</summary>
internal sealed class ANumber : IAsyncDisposable
{
    public const string Steps = "/api/integrations/whatsapp/steps";
    public const string Pin = "/api/integrations/whatsapp/pin";

    private ANumber(TheHost host, EmulatedNumber number) => (Host, AtMeta) = (host, number);

    public TheHost Host { get; }

    public EmulatedNumber AtMeta { get; }

    public PhoneNumberId Id => PhoneNumberId.Parse(AtMeta.Id);

    public FaultScript Faults => Host.Meta.Faults;

    public static async Task<ANumber> StartAsync(
        Action<EmulatedNumber>? shape = null, Action<HostSetup>? configure = null, MetaEmulatorOptions? meta = null)
    {
        var host = await TheHost.StartAsync(configure, meta);
        return new ANumber(host, host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One", shape));
    }

    /// <summary>Verified, and registered nowhere.</summary>
    public static void Unregistered(EmulatedNumber number) => (number.Status, number.PlatformType) = ("PENDING", "NOT_APPLICABLE");

    public static void Unverified(EmulatedNumber number)
    {
        Unregistered(number);
        number.CodeVerificationStatus = "NOT_VERIFIED";
    }

    public static void OnBusinessApp(EmulatedNumber number) => number.IsOnBizApp = true;

    /// <summary>Connects; the outcome's code.</summary>
    public async Task<string> ConnectAsync(string account = "acme")
    {
        using var api = Host.OpenApi(account);
        var (code, state) = await api.GrantAsync(Host);
        return await ApiConnect.CodeOf(await api.FinishAsync(code, state));
    }

    public async Task<PhoneNumber> ReadAsync(string account = "acme") => (await Host.ReadAsync(account)).Numbers.Single(number => number.PhoneNumberId == Id);

    /// <summary>Asks for a step; <c>ok</c> or the code of the refusal.</summary>
    public async Task<string> StepAsync(object body, string account = "acme")
    {
        using var api = Host.OpenApi(account);
        var answer = await api.PostAsJsonAsync(Steps, body, TestContext.Current.CancellationToken);
        var json = await Browser.JsonAsync(answer);
        json.GetProperty("success").GetBoolean().ShouldBe(answer.IsSuccessStatusCode);
        return answer.IsSuccessStatusCode ? "ok" : json.GetProperty("code").GetString()!;
    }

    public Task<string> StepAsync(string step, string account = "acme") => StepAsync(new { phoneNumberId = AtMeta.Id, step }, account);

    public Task<string> RegisterAsync(string pin) => StepAsync(new { phoneNumberId = AtMeta.Id, step = "register", pin });

    /// <summary>The number in the account's status.</summary>
    public async Task<JsonElement> StatusAsync(string account = "acme")
    {
        using var browser = await Host.OpenBrowserAsync(account);
        return (await browser.StatusAsync()).GetProperty("phoneNumbers").EnumerateArray().Single(view => view.GetProperty("id").GetString() == AtMeta.Id);
    }

    public Task<KeptPin?> ReadPinAsync(string account = "acme") =>
        Host.UseAsync<IWhatsAppSetup, KeptPin?>(setup => setup.ReadPinAsync(AccountId.Parse(account), Id));

    public int Calls(string operation) => Host.Meta.Calls.Of(operation).Count;

    /// <summary>The steps that are open, with their codes.</summary>
    public async Task<string[]> OpenAsync() => [.. (await ReadAsync()).OpenSteps.Select(step => $"{step.Step}: {step.Code}")];

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
