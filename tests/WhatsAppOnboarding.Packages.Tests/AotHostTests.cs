using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>A host that was published as a native program works in Production: what analyzers of trimming cannot see shows here.</summary>
public sealed class AotHostTests
{
    private const string VerifyToken = "a-verify-token-of-32-characters-or-more";

    [Fact]
    public async Task A_native_host_connects_takes_a_signed_delivery_and_sends()
    {
        await using var meta = await MetaEmulator.StartAsync(null, TestContext.Current.CancellationToken);
        var number = meta.World.AddBusiness("Lucky Shrub").AddWaba("Lucky Shrub").AddNumber("+1 631-555-0100", "Lucky Shrub");
        var address = LocalHost.FreeAddress();
        using var process = Start(address, meta);
        try
        {
            using var api = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { "X-Account", "acme" } } };
            await LocalHost.UntilItAnswersAsync(api, "/heard", process);
            (await meta.Webhooks.ConfigureAsync(new Uri(address, "/webhooks/whatsapp"), VerifyToken, cancellationToken: TestContext.Current.CancellationToken)).ShouldBeTrue();

            var start = await JsonAsync(api, HttpMethod.Get, "/api/integrations/whatsapp/connect", null);
            var back = HttpUtility.ParseQueryString((await meta.ApproveAsync(new Uri(start["url"]!.GetValue<string>()), null, TestContext.Current.CancellationToken)).Query);
            var connected = await JsonAsync(api, HttpMethod.Post, "/api/integrations/whatsapp/oauth", new JsonObject { ["code"] = back["code"], ["state"] = back["state"] });
            connected["code"]!.GetValue<string>().ShouldBe("connected");

            var delivery = await meta.Webhooks.ReceiveMessageAsync(number.Id, "+1 650-555-0123", "Ada", "Are you open?", TestContext.Current.CancellationToken);
            delivery.Status.ShouldBe(DeliveryStatus.Delivered);
            (await api.GetStringAsync("/heard", TestContext.Current.CancellationToken)).ShouldBe("Are you open?");

            var sent = await api.GetStringAsync($"/send?from={number.Id}&to=16505550123&text=Until+six", TestContext.Current.CancellationToken);
            meta.World.Messages.Single(message => message.Id == sent).Body.ShouldBe("Until six");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(Uri address, MetaEmulator meta)
    {
        var program = Environment.GetEnvironmentVariable("WHATSAPP_TESTS_AOT_HOST").ShouldNotBeNull("Run this by tests/run.sh, which publishes the native host first.");
        var start = new ProcessStartInfo(program, ["--urls", address.GetLeftPart(UriPartial.Authority)]);
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["AppId"] = meta.AppId,
            ["AppSecret"] = meta.AppSecret,
            ["GraphBaseAddress"] = meta.Address.ToString(),
            ["DialogBaseAddress"] = meta.Address.ToString(),
            ["AllowOtherMetaHosts"] = "true",
            ["PublicOrigin"] = "https://app.example.com",
            ["WebhookVerifyToken"] = VerifyToken,
        })
            start.Environment[$"WhatsAppOnboarding__{key}"] = value;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return Process.Start(start)!;
    }

    private static async Task<JsonNode> JsonAsync(HttpClient api, HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await api.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }
}
