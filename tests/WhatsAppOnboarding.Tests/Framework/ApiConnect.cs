using System.Net.Http.Json;
using System.Text.Json;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>A single-page front end's way: ask for the dialog's address, let the person consent, post the code.</summary>
public static class ApiConnect
{
    public const string OAuth = "/api/integrations/whatsapp/oauth";

    public static async Task<Uri> StartAsync(this HttpClient api)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Browser.Connect);
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await api.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return new Uri((await Browser.JsonAsync(answer)).GetProperty("url").GetString()!);
    }

    public static async Task<(string Code, string State)> GrantAsync(this HttpClient api, TheHost host, params string[] wabas)
    {
        var back = await host.Meta.ApproveAsync(await api.StartAsync(), wabas.Length == 0 ? null : wabas, TestContext.Current.CancellationToken);
        return (Browser.Query(back, "code"), Browser.Query(back, "state"));
    }

    public static Task<HttpResponseMessage> FinishAsync(this HttpClient api, string? code, string? state) =>
        api.PostAsJsonAsync(OAuth, new { code, state }, TestContext.Current.CancellationToken);

    public static async Task<string> CodeOf(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("code").GetString()!;
}
