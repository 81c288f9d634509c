using System.Collections.Concurrent;
using System.Security.Claims;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton<Heard>();
builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding")).AddWebhookHandler<HearingHandler>();

var app = builder.Build();
app.Use((context, next) =>
{
    if (context.Request.Headers["X-Account"] is [{ } account])
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("account_id", account)], "test"));
    return next();
});
app.MapWhatsAppOnboarding();
app.MapWhatsAppWebhooks();
app.Map("/heard", (HttpContext context) => context.Response.WriteAsync(string.Join('\n', context.RequestServices.GetRequiredService<Heard>().Texts)));
app.Map("/send", async (HttpContext context) =>
{
    var (account, query) = (AccountId.Parse(context.User.FindFirstValue("account_id")!), context.Request.Query);
    var from = PhoneNumberId.Parse(query["from"]!);
    var token = await context.RequestServices.GetRequiredService<IWhatsAppAccounts>().GetTokenAsync(account, from);
    var call = WhatsAppCalls.SendMessage(token.Token!, from, MessageRecipient.Phone(query["to"]!), MessageContent.Text(query["text"]!));
    var sent = await context.RequestServices.GetRequiredService<IGraphClient>().SendAsync(call);
    await context.Response.WriteAsync(sent.Succeeded ? sent.Value.Id : sent.Error.ToString());
});
await app.RunAsync();

/// <summary>What customers wrote.</summary>
internal sealed class Heard
{
    public ConcurrentQueue<string> Texts { get; } = new();
}

internal sealed class HearingHandler(Heard heard) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default)
    {
        if (webhookEvent is { Field: "messages", Content: MessageReceived { Text: { } text } })
            heard.Texts.Enqueue(text);
        return Task.CompletedTask;
    }
}
