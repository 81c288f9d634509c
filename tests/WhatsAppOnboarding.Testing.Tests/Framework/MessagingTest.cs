using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Tests.Framework;

/// <summary>An app that sends messages and hears what becomes of them.</summary>
public abstract class MessagingTest : EmulatorTest
{
    protected const string Customer = "16505550123";

    private string? _token;

    private protected string Token => _token ??= Meta.World.IssueToken().Value;

    private protected static EmulatedCustomer Ada { get; } = new("Ada", "+1 650-555-0123");

    /// <summary>Sends a message to <see cref="Customer"/>; the JSON holds its type and content.</summary>
    private protected Task<GraphReply> SendAsync(string json)
    {
        var message = JsonNode.Parse(json)!.AsObject();
        message["messaging_product"] ??= "whatsapp";
        if (message["recipient"] is null && message["status"] is null)
            message["to"] ??= Customer;
        return Graph.PostAsync($"/v25.0/{Number.Id}/messages", Token, message);
    }

    private protected Task<GraphReply> SendTextAsync() => SendAsync("""{"type":"text","text":{"body":"Hi"}}""");

    private protected async Task<string> UploadAsync(string type = "image/jpeg", int bytes = 3) =>
        (string)(await PostFileAsync(new byte[bytes], type))["id"]!;

    private protected Task<GraphReply> PostFileAsync(byte[] content, string partType, string? type = null, string product = "whatsapp")
    {
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(partType);
        return Graph.PostAsync($"/v25.0/{Number.Id}/media", Token, new MultipartFormDataContent
        {
            { new StringContent(product), "messaging_product" },
            { new StringContent(type ?? partType), "type" },
            { part, "file", "file.bin" },
        });
    }

    private protected async Task<Listener> ListenAsync()
    {
        var app = await Listener.StartAsync(Ct);
        app.AppSecret = Meta.AppSecret;
        (await Meta.Webhooks.ConfigureAsync(app.Callback, Listener.VerifyToken, Ct)).ShouldBeTrue();
        Waba.IsAppSubscribed = true;
        return app;
    }

    /// <summary>The next status that the app is told.</summary>
    private protected static async Task<JsonNode> NextStatusAsync(Listener app)
    {
        (await app.Arrived.WaitAsync(TimeSpan.FromSeconds(30), Ct)).ShouldBeTrue();
        app.Bodies.TryDequeue(out var body).ShouldBeTrue();
        return JsonNode.Parse(body!)!["entry"]![0]!["changes"]![0]!["value"]!["statuses"]![0]!;
    }

    private protected static async Task ShouldFailAsync(Listener app, int code)
    {
        var status = await NextStatusAsync(app);
        ((string?)status["status"]).ShouldBe("failed");
        ((int?)status["errors"]![0]!["code"]).ShouldBe(code);
        ((string?)status["errors"]![0]!["title"]).ShouldNotBeNullOrEmpty();
    }
}
