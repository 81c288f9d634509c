using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using WhatsAppOnboarding.Tests.Framework;

// One namespace up, where its name is found before the library's namespace Browser.
namespace WhatsAppOnboarding.Tests;

/// <summary>One browser: its cookies, and redirects that a test follows by hand.</summary>
public sealed class Browser(TheHost host) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };

    public const string Connect = "/api/integrations/whatsapp/connect";
    public const string Callback = "/integrations/whatsapp/callback";

    /// <summary>The attempt that the last return from Meta named, if it named one.</summary>
    public Guid? Attempt { get; private set; }

    public async Task SignInAsync(string account) => (await PostAsync($"/sign-in?account={account}")).EnsureSuccessStatusCode();

    public async Task SignOutAsync() => (await PostAsync("/sign-out")).EnsureSuccessStatusCode();

    public Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? change = null) => SendAsync(HttpMethod.Get, path, null, change);

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) =>
        SendAsync(HttpMethod.Post, path, body, request => request.Headers.Add("Sec-Fetch-Site", "same-origin"));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        change?.Invoke(request);
        return _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Presses Connect WhatsApp: the dialog's address.</summary>
    public async Task<Uri> StartAsync(string query = "")
    {
        var answer = await GetAsync(Connect + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return answer.Headers.Location!;
    }

    /// <summary>The whole way as a person goes it: press, consent, come back. Where the browser ends up.</summary>
    public async Task<string> ConnectAsync(params string[] wabas)
    {
        var back = await host.Meta.ApproveAsync(await StartAsync(), wabas.Length == 0 ? null : wabas, TestContext.Current.CancellationToken);
        return await ReturnAsync(back);
    }

    /// <summary>Comes back from Meta: where the host sends the browser, without the attempt's id.</summary>
    public async Task<string> ReturnAsync(Uri back)
    {
        var answer = await GetAsync(back.PathAndQuery);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var parts = answer.Headers.Location!.OriginalString.Split("&attempt=");
        Attempt = parts.Length == 2 ? Guid.Parse(parts[1]) : null;
        return parts[0];
    }

    /// <summary>Sends the form of a page without scripts: where the host sends the browser, or the status where it does not.</summary>
    public Task<string> ChooseByFormAsync(params (string Name, string Value)[] fields) => ChooseByFormFromAsync("same-origin", fields);

    public async Task<string> ChooseByFormFromAsync(string site, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var answer = await SendAsync(HttpMethod.Post, "/api/integrations/whatsapp/choose", null, request =>
        {
            request.Content = form;
            request.Headers.Add("Sec-Fetch-Site", site);
        });
        return answer.Headers.Location?.OriginalString ?? $"{(int)answer.StatusCode}";
    }

    public async Task<JsonElement> StatusAsync() => await JsonAsync(await GetAsync("/api/integrations/whatsapp/status"));

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    public static string Query(Uri address, string name) => HttpUtility.ParseQueryString(address.Query)[name] ?? "";

    public void Dispose() => _client.Dispose();
}
