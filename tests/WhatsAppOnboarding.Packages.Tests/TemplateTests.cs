using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>What somebody has after dotnet new: a project that builds without a warning, runs at once, and has an emulated Meta to connect to.</summary>
public sealed class TemplateTests : IDisposable
{
    private static readonly string Version = Environment.GetEnvironmentVariable("WHATSAPP_TESTS_PACKED")!;

    private static readonly string Feed = Environment.GetEnvironmentVariable("WHATSAPP_TESTS_FEED")!;

    private readonly string _folder = Directory.CreateTempSubdirectory("template-").FullName;

    [Fact]
    public async Task A_made_host_builds_runs_and_leads_to_the_emulated_Meta()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "nuget.config"), Path.Combine(_folder, "nuget.config"));
        await DotnetAsync("new", "install", Path.Combine(Feed, $"WhatsAppOnboarding.Templates.{Version}.nupkg"), "--debug:custom-hive", Path.Combine(_folder, "hive"));
        await DotnetAsync("new", "whatsapp-onboarding", "--name", "my-shop", "--auth", "bearer", "--debug:custom-hive", Path.Combine(_folder, "hive"));
        await DotnetAsync("build", "my-shop", "-warnaserror", "--nologo", "-v", "quiet");

        var (address, meta) = (LocalHost.FreeAddress(), LocalHost.FreeAddress());
        using var process = Start(address, meta);
        try
        {
            using var api = new HttpClient { BaseAddress = address };
            await LocalHost.UntilItAnswersAsync(api, "/", process);
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
            dialog.Port.ShouldBe(meta.Port);
            (await api.GetAsync(dialog, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Process Start(Uri address, Uri meta)
    {
        var start = new ProcessStartInfo("dotnet", ["bin/Debug/net10.0/my-shop.dll", "--urls", address.GetLeftPart(UriPartial.Authority), "--EmulatorPort", $"{meta.Port}"])
        {
            WorkingDirectory = Path.Combine(_folder, "my-shop"),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        return Process.Start(start)!;
    }

    private async Task DotnetAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output);
    }
}
