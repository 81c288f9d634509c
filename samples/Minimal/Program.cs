using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

const string cookies = CookieAuthenticationDefaults.AuthenticationScheme;
var builder = WebApplication.CreateBuilder(args);
// The framework's request log writes query strings, and Meta sends codes in them.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
var emulated = builder.Environment.IsDevelopment() && string.IsNullOrEmpty(builder.Configuration["WhatsAppOnboarding:AppId"]);
await using var meta = emulated ? await EmulatedMeta.StartAsync(builder.Configuration) : null;

builder.Services.AddAuthentication(cookies).AddCookie(options => options.LoginPath = "/");
builder.Services.AddAuthorization();
builder.Services.AddDbContext<AppDbContext>(options => options.UseSqlite("Data Source=minimal.db"));
builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"))
    .AddEntityFrameworkStores<AppDbContext>()
    .AddWebhookHandler<Inbox>();

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    var database = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
    if (emulated)
        await database.EnsureDeletedAsync();   // the emulated Meta begins anew at each start and refuses the tokens of the last one
    await database.EnsureCreatedAsync();       // an app of your own has migrations
}

app.UseAuthentication();
app.UseAuthorization();
app.MapWhatsAppOnboarding().RequireAuthorization();
app.MapWhatsAppWebhooks();

app.MapGet("/", () => Page("""<form method="post"><button>Sign in as the admin of account 7</button></form>"""));
app.MapPost("/", async (HttpContext http) =>
{
    await http.SignInAsync(cookies, new ClaimsPrincipal(new ClaimsIdentity([new Claim("account_id", "7")], cookies)));
    return Results.Redirect("/onboarding/whatsapp");
});
app.MapGet("/onboarding/whatsapp", (string? attempt, string? error) => Page($"""
    <p>{(error is not null && attempt is null ? Html(ErrorCatalogue.Find(error).Message) : "")}</p>
    <script type="module" src="/integrations/whatsapp/whatsapp-connect.js"></script>
    <whatsapp-connect attempt="{Html(attempt)}" success-url="/dashboard">
      <form action="/api/integrations/whatsapp/connect"><button>Connect WhatsApp</button></form>
    </whatsapp-connect>
    """)).RequireAuthorization();
app.MapGet("/dashboard", async (ClaimsPrincipal user, IWhatsAppAccounts accounts, AppDbContext db) =>
{
    var account = Account(user);
    var status = await accounts.GetStatusAsync(account);
    var messages = await db.Messages.Where(message => message.AccountId == account.ToString()).OrderByDescending(message => message.Id).Take(50).ToListAsync();
    return Page($"""
        <p>Connected: {string.Join(", ", status.PhoneNumbers.Where(number => number.Connected).Select(number => Html(number.DisplayPhone)))}</p>
        {string.Concat(messages.Select(message => $"""
            <form method="post"><p>{Html(message.Customer)}: {Html(message.Text)}</p>
            <input type="hidden" name="message" value="{message.Id}"><input name="text" required><button>Answer</button></form>
            """))}
        <p><a href="/dashboard">Look again</a> {(meta is null ? "" : $"""<a href="{meta.Address}">Write as a customer</a>""")}</p>
        """);
}).RequireAuthorization();
app.MapPost("/dashboard", async (HttpContext http, IWhatsAppAccounts accounts, IGraphClient graph, AppDbContext db) =>
{
    var (account, form) = (Account(http.User), await http.Request.ReadFormAsync());
    var (id, text) = (int.TryParse(form["message"], out var read) ? read : 0, form["text"].ToString());
    if (await db.Messages.SingleOrDefaultAsync(message => message.Id == id && message.AccountId == account.ToString()) is not { } asked)
        return Results.NotFound();

    var from = PhoneNumberId.Parse(asked.PhoneNumberId);
    var token = await accounts.GetTokenAsync(account, from);
    if (!token.Available)
        return Page($"<p>{Html(ErrorCatalogue.Find(token.Code).Message)}</p>");
    var sent = await graph.SendAsync(WhatsAppCalls.SendMessage(token.Token, from, MessageRecipient.Phone(asked.Customer), MessageContent.Text(text)));
    return sent.Succeeded ? Results.Redirect("/dashboard") : Page($"<p>{Html(sent.Error.ToString())}</p>");
}).RequireAuthorization();
await app.RunAsync();

static AccountId Account(ClaimsPrincipal user) => AccountId.Parse(user.FindFirstValue("account_id")!);
static string Html(string? text) => HtmlEncoder.Default.Encode(text ?? "");
static IResult Page(string body) => Results.Content($"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Minimal</title><body>{body}</body></html>""", "text/html");

/// <summary>The host's one database: its messages, and what the library keeps.</summary>
internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Message> Messages => Set<Message>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWhatsAppOnboarding();
}

internal sealed record Message(string AccountId, string PhoneNumberId, string Customer, string Text)
{
    public int Id { get; init; }
}

/// <summary>Stages what customers write; the library saves it together with its note that the event is handled.</summary>
internal sealed class Inbox(AppDbContext db) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default)
    {
        if (webhookEvent is { Content: MessageReceived { From: { } customer, Text: { } text }, PhoneNumberId: { } number })
            db.Add(new Message(webhookEvent.AccountId.ToString(), number.ToString(), customer, text));
        return Task.CompletedTask;
    }
}
