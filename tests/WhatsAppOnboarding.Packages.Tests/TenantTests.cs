using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>Who has an IdentityDbContext with keys of their own, a filter by tenant, PostgreSQL and migrations.</summary>
public sealed class TenantTests(Strangers strangers) : IAsyncLifetime
{
    private const int MostLines = 10;

    private readonly NpgsqlConnectionStringBuilder _database = new(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_POSTGRES").ShouldNotBeNull("Run this by tests/run.sh, which starts PostgreSQL."))
    {
        Database = $"tenants_{Guid.NewGuid():N}",
    };

    [Fact]
    public async Task What_customers_write_is_kept_in_a_migrated_database_and_seen_by_the_tenant_alone()
    {
        await MigrateAsync();
        await using var host = await strangers.StartAsync("Tenants", "--ConnectionStrings:App", _database.ConnectionString);
        using var ann = NewClient(host);
        using var bob = NewClient(host);
        (await ann.PostAsync("/sign-up?name=ann", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await bob.PostAsync("/sign-up?name=bob", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var waba = await ConnectAsync(ann, host);

        using var message = new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = waba.Number, ["from"] = "+1 650-555-0123", ["name"] = "Ada", ["do"] = "send", ["text"] = "Are you open?" });
        (await host.Client.PostAsync(new Uri(host.Meta, "/phone"), message)).EnsureSuccessStatusCode();

        await LocalHost.UntilAsync(async () => (await MineAsync(ann))["messages"]!.AsArray().Count == 1);
        (await MineAsync(ann)).ToJsonString().ShouldBe($$"""{"accounts":["{{waba.Id}}"],"messages":["Are you open?"]}""");
        (await MineAsync(bob)).ToJsonString().ShouldBe("""{"accounts":[null],"messages":[]}""");
    }

    [Fact]
    public void The_page_on_stores_is_typed_in_ten_lines()
    {
        var page = DocsPage.Of("docs/stores.md");
        new[] { "stores", "model", "migration" }.Sum(name => page.Snippet(name).Typed.Length).ShouldBeInRange(3, MostLines);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var server = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {_database.Database} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    /// <summary>The commands of the page, with a tool that lies in the strangers' folder. What was just built is not built again before the first.</summary>
    private async Task MigrateAsync()
    {
        await strangers.DotnetAsync(".", ["tool", "install", "dotnet-ef", "--version", "10.0.15", "--tool-path", strangers["tools"]]);
        foreach (var (command, index) in DocsPage.Of("docs/stores.md").Snippet("migration").Typed.Select((command, index) => (command, index)))
        {
            var words = command.Split(' ');
            words[..2].ShouldBe(["dotnet", "ef"]);
            await strangers.DotnetAsync("Tenants", [.. words[2..], .. index == 0 ? ["--no-build"] : Array.Empty<string>()], new Dictionary<string, string> { ["ConnectionStrings__App"] = _database.ConnectionString }, Path.Combine(strangers["tools"], "dotnet-ef"));
        }
    }

    private static HttpClient NewClient(StrangersHost host) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

    /// <summary>Presses Connect WhatsApp, continues at the emulated Meta as its page has it filled in, and comes back.</summary>
    private static async Task<(string Id, string Number)> ConnectAsync(HttpClient browser, StrangersHost host)
    {
        using var pressed = await browser.GetAsync("/api/integrations/whatsapp/connect");
        pressed.Headers.Location.ShouldNotBeNull().Port.ShouldBe(host.Meta.Port);
        using var back = await browser.GetAsync(await ConsentAsync(browser, pressed.Headers.Location));
        back.Headers.Location!.ToString().ShouldStartWith("/dashboard?whatsapp=connected");
        var status = (await browser.GetFromJsonAsync<JsonNode>("/api/integrations/whatsapp/status"))!;
        return (status["wabaId"]!.GetValue<string>(), status["phoneNumbers"]![0]!["id"]!.GetValue<string>());
    }

    private static async Task<Uri> ConsentAsync(HttpClient browser, Uri dialog)
    {
        var waba = Regex.Match(await browser.GetStringAsync(dialog), @"name=""waba"" value=""(\d+)""").Groups[1].Value;
        using var form = new FormUrlEncodedContent(QueryHelpers.ParseQuery(dialog.Query).Select(field => KeyValuePair.Create(field.Key, field.Value.ToString())).Concat([new("decision", "continue"), new("waba", waba)]));
        using var answer = await browser.PostAsync(dialog, form);
        return answer.Headers.Location.ShouldNotBeNull();
    }

    private static async Task<JsonNode> MineAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonNode>("/mine"))!;
}
