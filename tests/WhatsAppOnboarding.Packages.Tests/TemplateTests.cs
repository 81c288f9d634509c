using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>What somebody has after dotnet new: a project that builds without a warning, runs at once, and has an emulated Meta to connect to.</summary>
public sealed class TemplateTests(Strangers strangers)
{
    private const int MostLines = 4;

    [Fact]
    public void From_an_empty_folder_to_a_host_of_ones_own_takes_four_lines() =>
        DocsPage.Of("src/WhatsAppOnboarding.Templates/README.md").Snippets[0].Typed.Length.ShouldBeInRange(3, MostLines);

    [Fact]
    public async Task A_made_host_builds_runs_and_leads_to_the_emulated_Meta()
    {
        await using var host = await strangers.StartAsync("my-shop");
        var api = host.Client;
        (await api.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldContain("<title>my-shop</title>");
        (await api.GetAsync("/api/chat", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var person = new JsonObject { ["email"] = "ann@example.com", ["password"] = "Secret-1" };
        (await api.PostAsJsonAsync("/api/people/register", person, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var login = await api.PostAsJsonAsync("/api/people/login", person, TestContext.Current.CancellationToken);
        var token = JsonNode.Parse(await login.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["accessToken"]!.GetValue<string>();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        api.DefaultRequestHeaders.Accept.ParseAdd("application/json");

        JsonNode.Parse(await api.GetStringAsync("/api/chat", TestContext.Current.CancellationToken))!["messages"]!.AsArray().ShouldBeEmpty();
        var start = JsonNode.Parse(await api.GetStringAsync("/api/integrations/whatsapp/connect", TestContext.Current.CancellationToken))!;
        var dialog = new Uri(start["url"]!.GetValue<string>());
        dialog.Port.ShouldBe(host.Meta.Port);
        (await api.GetAsync(dialog, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
