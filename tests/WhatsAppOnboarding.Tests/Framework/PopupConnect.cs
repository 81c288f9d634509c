using System.Net.Http.Json;
using System.Text.Json;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>The way of a page that opens Meta's popup: ask what opens it, let the person finish there, post what came of it.</summary>
public static class PopupConnect
{
    /// <summary>For <see cref="TheHost.StartAsync"/>: a configuration, without which there is no popup.</summary>
    public static void Configure(HostSetup setup) => setup["ConfigurationId"] = "9876543210";

    public static async Task<JsonElement> StartPopupAsync(this HttpClient api, string query = "")
    {
        var answer = await api.AskAsync($"{Browser.Connect}?way=popup{query}");
        answer.EnsureSuccessStatusCode();
        return await Browser.JsonAsync(answer);
    }

    public static async Task<string> StartPopupStateAsync(this HttpClient api) => (await api.StartPopupAsync()).GetProperty("state").GetString()!;

    public static Task<HttpResponseMessage> AskAsync(this HttpClient api, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("application/json");
        return api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> PostAsync(this HttpClient api, object body, string path = ApiConnect.OAuth) =>
        api.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    /// <summary>The whole way with these hints: the answer to the post.</summary>
    public static async Task<HttpResponseMessage> ConnectByPopupAsync(this HttpClient api, TheHost host, params EmulatedWaba[] hints)
    {
        var state = await api.StartPopupStateAsync();
        return await api.PostAsync(new { code = host.Meta.IssuePopupCode(), state, @event = "FINISH", wabaIds = hints.Select(waba => waba.Id) });
    }

    public static async Task<JsonElement> AttemptAsync(this HttpClient api, Guid attempt) =>
        await Browser.JsonAsync(await api.AskAsync($"/api/integrations/whatsapp/attempts/{attempt}"));
}
