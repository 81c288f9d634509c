using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Testing;

namespace WebHost.BrowserTests.Framework;

/// <summary>A sample as it is shipped, with the popup, and a Meta of its own whose grants are as wide as Meta's. Its tests run one after the other.</summary>
public sealed class FieldSample : IAsyncLifetime
{
    private readonly string _verifyToken = new('f', 40);
    private SampleProcess? _process;

    public MetaEmulatorOptions Options { get; } = new() { WidenGrants = true };

    public MetaEmulator Meta { get; private set; } = null!;

    public Uri Address => _process!.Address;

    public string Output => _process!.Output;

    public Task KillAsync() => _process!.KillAsync();

    public Task StartAgainAsync() => _process!.StartAgainAsync();

    /// <summary>Waits until the sample's log holds this.</summary>
    public Task SaysAsync(string text) => _process!.SaysAsync(text);

    public async ValueTask InitializeAsync()
    {
        Meta = await MetaEmulator.StartAsync(Options);
        _process = await SampleProcess.StartAsync(new Dictionary<string, string>
        {
            ["WhatsAppOnboarding__AppId"] = Meta.AppId,
            ["WhatsAppOnboarding__AppSecret"] = Meta.AppSecret,
            ["WhatsAppOnboarding__GraphBaseAddress"] = Meta.Address.ToString(),
            ["WhatsAppOnboarding__DialogBaseAddress"] = Meta.Address.ToString(),
            ["WhatsAppOnboarding__SdkAddress"] = new Uri(Meta.Address, "/en_US/sdk.js").ToString(),
            ["WhatsAppOnboarding__ConfigurationId"] = "400000000000001",
            ["WhatsAppOnboarding__WebhookVerifyToken"] = _verifyToken,
        });
        (await Meta.Webhooks.ConfigureAsync(new Uri(Address, "/webhooks/whatsapp"), _verifyToken)).ShouldBeTrue();
    }

    /// <summary>A WABA in a portfolio of its own, with one number that is ready unless <paramref name="shape"/> changes it.</summary>
    public EmulatedNumber AddNumber(Action<EmulatedNumber>? shape = null, string phone = "+1 631-555-0100") =>
        Meta.World.AddBusiness("Lucky Shrub").AddWaba("Lucky Shrub").AddNumber(phone, "Lucky Shrub", shape);

    /// <summary>Verified, and not registered: what a signup ends with.</summary>
    public static void Unregistered(EmulatedNumber number) => (number.Status, number.PlatformType) = ("PENDING", "NOT_APPLICABLE");

    /// <summary>Somebody who has just signed up, without a browser.</summary>
    public async Task<FieldPerson> SignUpAsync()
    {
        var person = new FieldPerson(this);
        var page = await person.PageAsync("/auth/signup");
        var left = await person.SendFormAsync("/auth/signup", page, ("Email", $"owner-{Guid.NewGuid():N}@example.com"), ("Password", Visitor.Password));
        left.ShouldBe("/onboarding/whatsapp");
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        if (Meta is not null)
            await Meta.DisposeAsync();
    }
}

/// <summary>A signed-in person by plain HTTP: what a browser would send, and what it would get.</summary>
public sealed class FieldPerson(FieldSample sample) : IDisposable
{
    private const string Api = "/api/integrations/whatsapp/";

    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    private HttpClient Http => _client ??= new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = sample.Address };

    /// <summary>What a browser needs to be this person.</summary>
    public IEnumerable<Microsoft.Playwright.Cookie> Cookies => _cookies.GetCookies(sample.Address)
        .Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = sample.Address.ToString() });

    public Task<string> PageAsync(string path) => Http.GetStringAsync(path);

    /// <summary>Sends a page's form: where the sample sends the browser.</summary>
    public async Task<string> SendFormAsync(string path, string page, params (string Name, string Value)[] fields)
    {
        var token = Regex.Match(page, "__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)").Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await Http.PostAsync(path, form);
        return answer.Headers.Location?.OriginalString ?? $"{(int)answer.StatusCode}";
    }

    /// <summary>Presses Connect: the address of Meta's dialog.</summary>
    public async Task<Uri> StartAsync(string query = "")
    {
        using var answer = await Http.GetAsync($"{Api}connect{query}");
        return answer.Headers.Location.ShouldNotBeNull();
    }

    /// <summary>The whole way by redirect: where the browser ends.</summary>
    public async Task<string> ConnectAsync(string query = "", params string[] wabas) =>
        await ReturnAsync(await sample.Meta.ApproveAsync(await StartAsync(query), wabas));

    public async Task<string> ReturnAsync(Uri back)
    {
        using var answer = await Http.GetAsync(back.PathAndQuery);
        return answer.Headers.Location.ShouldNotBeNull().OriginalString;
    }

    public async Task<JsonElement> StartPopupAsync(string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api}connect?way=popup{query}") { Headers = { { "Accept", "application/json" } } };
        using var answer = await Http.SendAsync(request);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<string> StartStateAsync(string query = "") => (await StartPopupAsync(query)).GetProperty("state").GetString()!;

    /// <summary>The whole way by the popup, whose window names this number: what the page is answered.</summary>
    public async Task<JsonElement> FinishAsync(EmulatedNumber number, string query = "")
    {
        var state = await StartStateAsync(query);
        return await PostAsync("oauth", new { code = CodeFor(number), state, @event = "FINISH", wabaId = number.Waba.Id, phoneNumberId = number.Id });
    }

    /// <summary>A code of the popup: its token names every WABA of the number's portfolio.</summary>
    public string CodeFor(EmulatedNumber number) => sample.Meta.IssuePopupCode([number.Waba.Id]);

    public async Task<JsonElement> PostAsync(string route, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api + route) { Content = JsonContent.Create(body), Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        using var answer = await Http.SendAsync(request);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<JsonElement[]> NumbersAsync()
    {
        var status = await Http.GetFromJsonAsync<JsonElement>(Api + "status");
        return [.. status.GetProperty("phoneNumbers").EnumerateArray().Where(number => number.GetProperty("isActive").GetBoolean())];
    }

    public async Task<JsonElement> NumberAsync() => (await NumbersAsync()).ShouldHaveSingleItem();

    public async Task<JsonElement> AttemptAsync(JsonElement start)
    {
        using var answer = await Http.GetAsync(start.GetProperty("links").GetProperty("attempt").GetString());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public void Dispose() => _client?.Dispose();
}
