using System.Net;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

var builder = WebApplication.CreateBuilder(args);
var meta = builder.AddEmulatedMeta();   // null where a Meta app is configured

builder.Services.AddAuthentication("cookie").AddCookie("cookie", options => options.LoginPath = "/");
builder.Services.AddAuthorization();
builder.Services.AddDbContext<AppDbContext>(options => options.UseSqlite("Data Source=minimal.db"));
builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"))
    .AddEntityFrameworkStores<AppDbContext>()
    .AddWebhookHandler<Inbox>();

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    var database = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
    if (meta is not null)
        await database.EnsureDeletedAsync();   // the emulated Meta forgets all at the end, and refuses the tokens of before
    await database.EnsureCreatedAsync();       // an app of your own has migrations
}

app.MapWhatsAppOnboarding().RequireAuthorization();   // the account's side
app.MapWhatsAppWebhooks();                            // Meta's side, anonymous, signed

app.MapGet("/", () => Page("""<form method="post"><button>Sign in as the admin of account 7</button></form>"""));
app.MapPost("/", () => Results.SignIn(new(new ClaimsIdentity([new("account_id", "7")], "cookie")), new() { RedirectUri = "/onboarding/whatsapp" }));

app.MapGet("/onboarding/whatsapp", () => Page("""
    <script type="module" src="/integrations/whatsapp/whatsapp-connect.js"></script>
    <whatsapp-connect success-url="/dashboard">
      <form action="/api/integrations/whatsapp/connect"><button>Connect WhatsApp</button></form>
    </whatsapp-connect>
    """)).RequireAuthorization();

app.MapGet("/dashboard", async (ClaimsPrincipal user, IWhatsAppAccounts accounts, AppDbContext db) =>
{
    var account = Account(user);
    var numbers = (await accounts.GetStatusAsync(account)).PhoneNumbers.Where(number => number.Connected).Select(number => number.DisplayPhone);
    var messages = await db.Messages.Where(message => message.AccountId == account.ToString()).OrderByDescending(message => message.Id).Take(50).ToListAsync();
    return Page($"""
        <p>Connected: {Html(string.Join(", ", numbers))}. <a href="/dashboard">Look again</a></p>
        {string.Concat(messages.Select(message => $"""
            <form method="post" action="{Html($"/dashboard?from={message.Number}&to={Uri.EscapeDataString(message.Customer)}")}">
            <p>{Html(message.Customer)}: {Html(message.Text)}</p><input name="text" aria-label="Text" required><button>Answer</button></form>
            """))}
        {(meta is null ? "" : $"""<p><a href="{Html(meta.Address.ToString())}">Write as a customer</a></p>""")}
        """);
}).RequireAuthorization();

app.MapPost("/dashboard", async (PhoneNumberId from, string to, HttpContext http, IWhatsAppAccounts accounts, IGraphClient graph, WhatsAppWords words) =>
{
    var content = MessageContent.Text((await http.Request.ReadFormAsync())["text"].ToString());
    var token = await accounts.GetTokenAsync(Account(http.User), from);   // of the account's own numbers only
    if (!token.Available)
        return Page(Html(words.Error(token.Code).Message));
    var recipient = to.Contains('.') ? MessageRecipient.User(to) : MessageRecipient.Phone(to);   // a customer with a username has no number
    var sent = await graph.SendAsync(WhatsAppCalls.SendMessage(token.Token, from, recipient, content));
    if (sent.Error is not { } error)
        return Results.Redirect("/dashboard");
    await accounts.ReportFailureAsync(Account(http.User), from, token.Token, error);   // what it says of the number is seen at once
    return Page(Html(error.ToString()));
}).RequireAuthorization();

await app.RunAsync();

static AccountId Account(ClaimsPrincipal user) => AccountId.Parse(user.FindFirstValue("account_id")!);
static string Html(string? text) => WebUtility.HtmlEncode(text) ?? "";
static IResult Page(string body) => Results.Content($"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Minimal</title><body>{body}</body></html>""", "text/html");

/// <summary>The host's one database: its messages, and what the library keeps.</summary>
internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Message> Messages => Set<Message>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWhatsAppOnboarding();
}

internal sealed record Message(int Id, string AccountId, string Number, string Customer, string Text);

/// <summary>Stages what customers write to the business alone; the library saves it together with its note that the event is handled.</summary>
internal sealed class Inbox(AppDbContext db) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default)
    {
        if (webhookEvent is { Content: MessageReceived { GroupId: null, TargetId: null, Type: not "system", Text: { } text } message, PhoneNumberId: { } number }
            && (message.From ?? message.FromUserId) is { } customer)
            db.Add(new Message(0, $"{webhookEvent.AccountId}", $"{number}", customer, text));
        return Task.CompletedTask;
    }
}
