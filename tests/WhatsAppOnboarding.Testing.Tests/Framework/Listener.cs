using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Tests.Framework;

/// <summary>An app's webhook callback that checks what Meta sends.</summary>
internal sealed class Listener(WebApplication app) : IAsyncDisposable
{
    public const string VerifyToken = "a verify token & more";

    public Uri Callback => new(app.Urls.First() + "/hook?x=1");

    public int Answer { get; set; } = 200;

    public string AppSecret { get; set; } = "";

    public int Handshakes { get; private set; }

    /// <summary>What is echoed instead of the challenge.</summary>
    public string? Echo { get; set; }

    /// <summary>The answer to a form, whose fields are kept in <see cref="Forms"/>.</summary>
    public string FormAnswer { get; set; } = "";

    public ConcurrentQueue<string> Forms { get; } = [];

    public ConcurrentQueue<string> Bodies { get; } = [];

    public SemaphoreSlim Arrived { get; } = new(0);

    public static async Task<Listener> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var listener = new Listener(app);
        app.Run(listener.HandleAsync);
        await app.StartAsync(cancellationToken);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Arrived.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            Handshakes++;
            var known = http.Request.Query["hub.mode"] == "subscribe" && http.Request.Query["hub.verify_token"] == VerifyToken;
            http.Response.StatusCode = known ? 200 : 403;
            if (known)
                await http.Response.WriteAsync(Echo ?? http.Request.Query["hub.challenge"].ToString());
            return;
        }

        if (http.Request.HasFormContentType)
        {
            Forms.Enqueue((await http.Request.ReadFormAsync())["signed_request"].ToString());
            await http.Response.WriteAsync(FormAnswer);
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), body.ToArray()));
        http.Response.StatusCode = http.Request.Headers["X-Hub-Signature-256"] == signature ? Answer : 401;
        Bodies.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        Arrived.Release();
    }
}
