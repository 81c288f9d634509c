using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Framework;

/// <summary>The servers that are measured against each other.</summary>
internal static class Hosts
{
    /// <summary>Reads the body and checks the signature, and nothing else.</summary>
    public static async Task<WebApplication> StartBareAsync()
    {
        var app = Builder().Build();
        app.Run(async context =>
        {
            var length = (int)context.Request.ContentLength.GetValueOrDefault();
            var body = System.Buffers.ArrayPool<byte>.Shared.Rent(length);
            await context.Request.Body.ReadExactlyAsync(body.AsMemory(0, length));
            var signed = WebhookSignature.IsValid(body.AsSpan(0, length), context.Request.Headers[WebhookSignature.HeaderName], Post.AppSecret);
            System.Buffers.ArrayPool<byte>.Shared.Return(body);
            context.Response.StatusCode = signed ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>The library with one handler; <paramref name="configure"/> adds stores.</summary>
    public static async Task<WebApplication> StartLibraryAsync<THandler>(
        Action<WhatsAppOnboardingBuilder>? configure = null, Dictionary<string, string?>? settings = null, Func<IServiceProvider, Task>? prepare = null)
        where THandler : class, IWebhookHandler
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WhatsAppOnboarding:AppId"] = "1234567890",
            ["WhatsAppOnboarding:AppSecret"] = Post.AppSecret,
            ["WhatsAppOnboarding:WebhookVerifyToken"] = "a-verify-token-that-is-long-enough-for-it",
            ["WhatsAppOnboarding:PublicOrigin"] = "https://app.example.com",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        var onboarding = builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding")).AddWebhookHandler<THandler>();
        configure?.Invoke(onboarding);
        var app = builder.Build();
        app.MapWhatsAppWebhooks();
        if (prepare is not null)
            await prepare(app.Services);
        await app.StartAsync();
        return app;
    }

    /// <summary>Makes an account hold a number, without Meta, if it holds none yet.</summary>
    public static async Task HoldAsync(IServiceProvider services, string account, string number = Bodies.Number, string waba = Bodies.Waba)
    {
        await using var scope = services.CreateAsyncScope();
        var now = DateTimeOffset.UtcNow;
        var id = AccountId.Parse(account);
        await scope.ServiceProvider.GetRequiredService<NumberAuthority>().WriteAsync(id, account => account.Numbers.Count > 0 ? [] : [new PhoneNumber
        {
            AccountId = id,
            PhoneNumberId = PhoneNumberId.Parse(number),
            WabaId = WabaId.Parse(waba),
            State = NumberState.Active,
            Generation = Guid.NewGuid(),
            ConnectSequence = 1,
            GrantOrder = 0,
            Token = new SealedSecret("sealed"),
            Evidence = new NumberEvidence { TokenInspectedAt = now, ListedAt = now, SubscribedAt = now, RegisteredAt = now },
            CreatedAt = now,
            ConnectedAt = now,
        }]);
    }

    public static int PortOf(WebApplication app) => new Uri(app.Urls.First()).Port;

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }
}
