using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Hosting;

/// <summary>A host that publishes OpenAPI has every JSON route in it, with what it takes, answers and refuses.</summary>
public sealed class OpenApiTests
{
    private static readonly string[] Expected =
    [
        "get /api/integrations/whatsapp/attention WhatsAppAttention",
        "get /api/integrations/whatsapp/attempts/{attempt} WhatsAppAttempt",
        "get /api/integrations/whatsapp/connect WhatsAppConnect",
        "get /api/integrations/whatsapp/status WhatsAppStatus",
        "get /api/operator/whatsapp/doctor WhatsAppDoctor",
        "post /api/integrations/whatsapp/attempts/{attempt} WhatsAppAttemptAlive",
        "post /api/integrations/whatsapp/choose WhatsAppChooseNumbers",
        "post /api/integrations/whatsapp/disconnect WhatsAppDisconnect",
        "post /api/integrations/whatsapp/oauth WhatsAppFinishConnect",
        "post /api/integrations/whatsapp/pin WhatsAppReadPin",
        "post /api/integrations/whatsapp/steps WhatsAppRunStep",
    ];

    [Fact]
    public async Task Every_json_route_is_described()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddOpenApi();
            setup.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireAuthenticatedUser());
            setup.App = app =>
            {
                app.MapOpenApi();
                app.MapWhatsAppDoctor("operators");
            };
        });
        using var client = host.OpenApi(null);
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));

        JsonProperty[] paths = [.. document.RootElement.GetProperty("paths").EnumerateObject().Where(path => path.Name.Contains("/whatsapp/", StringComparison.Ordinal))];
        paths.SelectMany(path => path.Value.EnumerateObject(), (path, call) => $"{call.Name} {path.Name} {call.Value.GetProperty("operationId").GetString()}")
            .ShouldBe(Expected, ignoreOrder: true);
        foreach (var call in paths.SelectMany(path => path.Value.EnumerateObject()))
        {
            var responses = call.Value.GetProperty("responses");
            responses.GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema").ValueKind.ShouldBe(JsonValueKind.Object);
            responses.GetProperty("401").GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").ValueKind.ShouldBe(JsonValueKind.Object);
            (call.Name == "post").ShouldBe(call.Value.TryGetProperty("requestBody", out _), call.Value.GetProperty("operationId").GetString()!);
        }

        document.RootElement.GetRawText().ShouldNotContain("access_token", Case.Insensitive);
    }
}
