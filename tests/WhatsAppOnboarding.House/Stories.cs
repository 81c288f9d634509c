using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.House;

/// <summary>
/// What an account lives through, over HTTP, with its numbers in a database. Each story begins with a host that has just started, so it counts all
/// that a story needs and nothing of the start; it ends when nothing more happens.
/// </summary>
internal static class Stories
{
    public const string Command = "stories";

    private const string Routes = "/api/integrations/whatsapp/";

    public static readonly (string Story, int Limit)[] Limits = [("connect by popup", 97), ("webhook", 70), ("disconnect", 58), ("registration", 68)];

    public static Dictionary<string, string?> SettingsWithoutMeta => new() { ["AppId"] = "1234567890", ["AppSecret"] = new string('a', 32) };

    public static async Task<int> RunAsync()
    {
        var names = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, InstrumentedCopy.FileList));
        var folder = Directory.CreateTempSubdirectory("house");
        await using var meta = await MetaEmulator.StartAsync();
        var business = meta.World.AddBusiness("Lucky Shrub");
        var first = business.AddWaba("First").AddUnregisteredNumber("+1 631-555-0100", "One");
        var second = business.AddWaba("Second").AddUnregisteredNumber("+1 631-555-0200", "Two");

        await TellAsync("connect by popup", client => ConnectAsync(client, meta, first));
        await TellAsync("webhook", async client =>
        {
            var body = Encoding.UTF8.GetBytes(Message(first));
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            content.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(meta.AppSecret), body)));
            (await client.PostAsync("/webhooks/whatsapp", content)).EnsureSuccessStatusCode();
            for (var tries = 0; StoryHost.Handled != 1 && tries < 200; tries++)
                await Task.Delay(50);
            if (StoryHost.Handled != 1)
                throw new InvalidOperationException("The message did not come to the handler.");
        });
        await TellAsync("disconnect", client => PostAsync(client, "disconnect", new { }));

        // A number that is connected, and could not be registered then.
        meta.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await TellAsync(null, client => ConnectAsync(client, meta, second));
        await TellAsync("registration", client => PostAsync(client, "steps", new { phoneNumberId = second.Id, step = "register" }));
        folder.Delete(recursive: true);
        return 0;

        async Task TellAsync(string? story, Func<HttpClient, Task> act)
        {
            await using var host = await StoryHost.StartAsync(meta, folder, takesWebhooks: story is "webhook");
            using var client = new HttpClient { BaseAddress = host.Address };
            await QuietAsync();
            Hits.Reset();
            await act(client);
            await QuietAsync();
            if (story is not null)
                Console.WriteLine(string.Join('\t', [story, .. Hits.Read().Select(file => names[file]).Order(StringComparer.Ordinal)]));
        }
    }

    public static WhatsAppOnboardingBuilder AddLibrary(WebApplicationBuilder builder, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("WhatsAppOnboarding:" + setting.Key, setting.Value)));
        return builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
    }

    /// <summary>Waits until nothing has run for a while that had not run before.</summary>
    private static async Task QuietAsync()
    {
        for (var (seen, quiet) = (-1, 0); quiet < 10; await Task.Delay(100))
        {
            var now = Hits.Read().Length;
            (seen, quiet) = (now, now == seen ? quiet + 1 : 0);
        }
    }

    private static async Task ConnectAsync(HttpClient client, MetaEmulator meta, EmulatedNumber number)
    {
        using var start = new HttpRequestMessage(HttpMethod.Get, Routes + "connect?way=popup");
        start.Headers.Accept.ParseAdd("application/json");
        var state = (await JsonAsync(await client.SendAsync(start))).GetProperty("state").GetString();
        await PostAsync(client, "oauth", new { code = meta.IssuePopupCode([number.Waba.Id]), state, @event = "FINISH", wabaIds = new[] { number.Waba.Id } });
    }

    private static async Task PostAsync(HttpClient client, string route, object body) => await JsonAsync(await client.PostAsJsonAsync(Routes + route, body));

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{(int)answer.StatusCode} {text}");
    }

    private static string Message(EmulatedNumber number) =>
        $$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{number.Waba.Id}}}","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"16315550100","phone_number_id":"{{{number.Id}}}"},"contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234"}],"messages":[{"from":"16505551234","id":"wamid.one","timestamp":"1749416383","type":"text","text":{"body":"Hello"}}]}}]}]}
        """;
}
