using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Errors;

namespace WebHost.BrowserTests.Component;

/// <summary>A host whose component is the real one and whose answers are the test's.</summary>
public sealed class StubService : IAsyncDisposable
{
    public const string AttemptId = "6f1c2a9e-0b7d-4c55-9b64-3f1d8f6f2a10";
    public const string Nonce = "bm9uY2U";
    private const string Base = "/api/integrations/whatsapp";

    private readonly WebApplication _app;
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StubService(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>What the page has in its main part.</summary>
    public string Markup { get; set; } = $"""<whatsapp-connect nonce="{Nonce}"></whatsapp-connect>""";

    /// <summary>What else the page has in its head.</summary>
    public string Head { get; set; } = "";

    public string Language { get; set; } = "en";

    /// <summary>Another origin that the page may ask.</summary>
    public string OtherOrigin { get; set; } = "";

    /// <summary>Whether pages of other origins may ask, with a bearer token.</summary>
    public bool AllowsOrigins { get; set; }

    public StubAnswer Start { get; set; } = new(Popup());

    public StubAnswer Finish { get; set; } = new(Connected());

    public StubAnswer Choice { get; set; } = new(Connected());

    public StubAnswer Attempt { get; set; } = StubAnswer.Problem(404, "attempt_unknown", "Your account has no such connection attempt.", "Press Connect WhatsApp to start again.");

    /// <summary>What is due.</summary>
    public StubAnswer Attention { get; set; } = new(Due());

    /// <summary>Whether posts wait for <see cref="Release"/>.</summary>
    public bool Hold { get; set; }

    /// <summary>Done when an end without a code was told.</summary>
    public Task Reported => _reported.Task;

    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    public IEnumerable<JsonNode> Posts(string path) => Requests.Where(request => request.Method == "POST" && request.Path == Base + path).Select(request => JsonNode.Parse(request.Body)!);

    public static async Task<StubService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
        var app = builder.Build();
        var service = new StubService(app);
        app.Use(service.RecordAsync);
        app.MapGet("/", service.PageAsync);
        app.MapGet("/done", () => "Done");
        app.MapGet(Base + "/connect", context => context.Request.Query["way"] == "popup" ? service.Start.WriteAsync(context) : context.Response.WriteAsync("Meta's dialog"));
        app.MapPost(Base + "/oauth", async context =>
        {
            if (service.Posts("/oauth").Any(post => post["ending"] is not null))
                service._reported.TrySetResult();
            else if (service.Hold)
                await service._release.Task;
            await service.Finish.WriteAsync(context);
        });
        app.MapPost(Base + "/choose", context => service.Choice.WriteAsync(context));
        app.MapGet(Base + "/attempts/{id}", context => service.Attempt.WriteAsync(context));
        app.MapPost(Base + "/attempts/{id}", () => new { success = true });
        app.MapGet(Base + "/attention", context => service.Attention.WriteAsync(context));
        app.MapGet("/vendor/{name}", Frameworks.WriteAsync);
        app.MapWhatsAppOnboarding();
        await app.StartAsync();
        return service;
    }

    public void Release() => _release.TrySetResult();

    public static JsonObject Popup(string state = "state-1") => new()
    {
        ["success"] = true,
        ["attemptId"] = AttemptId,
        ["state"] = state,
        ["popup"] = new JsonObject
        {
            ["sdkAddress"] = "https://connect.facebook.net/en_US/sdk.js",
            ["appId"] = "123",
            ["version"] = "v25.0",
            ["configurationId"] = "456",
            ["extras"] = new JsonObject { ["setup"] = new JsonObject() },
            ["messageOrigin"] = null,
        },
        ["links"] = new JsonObject { ["finish"] = Base + "/oauth", ["attempt"] = $"{Base}/attempts/{AttemptId}", ["choose"] = Base + "/choose" },
    };

    public static JsonObject Connected(string code = "connected") => new()
    {
        ["success"] = true,
        ["code"] = code,
        ["message"] = "The server's words.",
        ["phoneCount"] = 1,
        ["phones"] = new JsonArray(new JsonObject { ["id"] = "106", ["display"] = "+1 631-555-0100" }),
        ["attemptId"] = AttemptId,
    };

    public static JsonObject Due(params JsonObject[] items) => new() { ["success"] = true, ["items"] = new JsonArray([.. items]) };

    public static JsonObject Item(string code, string message, bool blocks = false, string? link = null, string? dueAt = null) => new()
    {
        ["code"] = code,
        ["message"] = message,
        ["action"] = "Do this about it.",
        ["who"] = "account",
        ["blocks"] = blocks,
        ["link"] = link,
        ["phoneNumberIds"] = new JsonArray("106"),
        ["phones"] = new JsonArray("+1 631-555-0100"),
        ["since"] = null,
        ["dueAt"] = dueAt,
    };

    /// <summary>An attempt with these steps done, each as <c>name</c> or <c>name:error</c>.</summary>
    public static JsonObject Steps(string? outcome, params string[] steps) => new()
    {
        ["success"] = true,
        ["attemptId"] = AttemptId,
        ["outcome"] = outcome,
        ["message"] = outcome is null ? null : "The server's words.",
        ["phones"] = new JsonArray(),
        ["steps"] = new JsonArray([.. steps.Select(step => new JsonObject { ["step"] = step.Split(':')[0], ["result"] = step.Contains(':', StringComparison.Ordinal) ? step.Split(':')[1] : "ok" })]),
    };

    public static JsonObject Choose(params (string Id, string Display, string? Name, bool Held)[] numbers)
    {
        var attempt = Steps("choose", "exchange", "list");
        attempt["code"] = "choose";
        attempt["choice"] = new JsonObject
        {
            ["until"] = "2026-01-01T12:30:00Z",
            ["numbers"] = new JsonArray([.. numbers.Select(number => new JsonObject { ["id"] = number.Id, ["wabaId"] = "524", ["display"] = number.Display, ["name"] = number.Name, ["held"] = number.Held })]),
        };
        return attempt;
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
    }

    private async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue(new StubRequest(context.Request.Method, context.Request.Path, context.Request.QueryString.ToString(), context.Request.Headers.AcceptLanguage.ToString(), await reader.ReadToEndAsync(), context.Request.Headers.Authorization.ToString()));
        if (AllowsOrigins)
        {
            context.Response.Headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
            context.Response.Headers.AccessControlAllowHeaders = "authorization, content-type";
        }

        if (!HttpMethods.IsOptions(context.Request.Method))
            await next(context);
    }

    private Task PageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = $"default-src 'self'; script-src 'self' 'nonce-{Nonce}' https://connect.facebook.net; frame-src 'self' https://www.facebook.com; connect-src 'self' {OtherOrigin}";
        return context.Response.WriteAsync($"""
            <!doctype html><html lang="{Language}"><head><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Connect</title>
            <script type="module" src="/integrations/whatsapp/whatsapp-connect.js"></script>{Head}</head>
            <body><main><h1>Channels</h1>{Markup}</main></body></html>
            """);
    }

    private static Dictionary<string, string?> Settings()
    {
        // The real routes stand aside for the stubs, all but the component's.
        string[] aside = ["Connect", "OAuth", "Callback", "Status", "Disconnect", "Attempts", "Choose", "Steps", "Pin", "Attention"];
        var settings = aside.ToDictionary(name => $"WhatsAppOnboarding:Paths:{name}", string? (name) => "/aside/" + name);
        settings["WhatsAppOnboarding:AppId"] = "123";
        settings["WhatsAppOnboarding:AppSecret"] = "secret";
        return settings;
    }
}

public sealed record StubRequest(string Method, string Path, string Query, string Language, string Body, string Authorization);

/// <summary>An answer of the server.</summary>
public sealed record StubAnswer(JsonNode? Body, int Status = 200)
{
    public static StubAnswer Problem(int status, string code, string message, string action, bool retryable = true) => new(
        new JsonObject { ["success"] = false, ["code"] = code, ["message"] = message, ["action"] = action, ["retryable"] = retryable }, status);

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = Status < 400 ? "application/json" : "application/problem+json";
        return Body is null ? Task.CompletedTask : context.Response.WriteAsync(Body.ToJsonString(JsonSerializerOptions.Web));
    }
}
