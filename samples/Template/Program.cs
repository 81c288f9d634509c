using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WhatsApp_Host;
using WhatsAppOnboarding;

var builder = WebApplication.CreateBuilder(args);
var meta = builder.AddEmulatedMeta();   // null where a Meta app is configured

builder.Services.AddDbContext<AppDbContext>(options =>
#if (sqlite)
    options.UseSqlite(builder.Configuration.GetConnectionString("App")));
#else
    options.UseNpgsql(builder.Configuration.GetConnectionString("App")));
#endif

#if (cookies)
builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
#else
builder.Services.AddAuthentication(IdentityConstants.BearerScheme).AddBearerToken(IdentityConstants.BearerScheme);
#endif
builder.Services.AddAuthorization();
builder.Services.AddIdentityCore<AppUser>().AddEntityFrameworkStores<AppDbContext>().AddApiEndpoints().AddClaimsPrincipalFactory<AccountClaims>();

builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"))
#if (chat)
    .AddWebhookHandler<ChatInbox>()
#endif
    .AddEntityFrameworkStores<AppDbContext>();

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    var database = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
#if (sqlite)
    if (meta is not null)
        await database.EnsureDeletedAsync();   // the emulated Meta forgets all at the end, and refuses the tokens of before
#endif
    await database.EnsureCreatedAsync();       // take migrations before production
}

app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();

app.MapGroup("/api/people").MapIdentityApi<AppUser>();   // register, login
#if (chat)
app.MapGroup("/api/chat").RequireAuthorization().MapChat(customer: meta?.Address);
#endif
app.MapWhatsAppOnboarding().RequireAuthorization();      // the account's side
app.MapWhatsAppWebhooks();                               // Meta's side, anonymous, signed
app.MapFallbackToFile("index.html");                     // also /onboarding/whatsapp and /dashboard, where people come back from Meta

await app.RunAsync();
