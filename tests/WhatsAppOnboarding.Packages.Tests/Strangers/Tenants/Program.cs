using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding;

var builder = WebApplication.CreateBuilder(args);
builder.AddEmulatedMeta();
builder.Services.AddHttpContextAccessor();
builder.Services.AddScoped<ICurrentTenant, CurrentTenant>();
builder.Services.AddDbContext<AppDbContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("App")));
builder.Services.AddAuthorization().AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
builder.Services.AddIdentityCore<AppUser>().AddEntityFrameworkStores<AppDbContext>().AddSignInManager().AddClaimsPrincipalFactory<AccountClaims>();
//@ docs/stores.md#stores
builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding")).AddWebhookHandler<ChatWebhookHandler>();

var app = builder.Build();

app.MapWhatsAppOnboarding().RequireAuthorization();
app.MapWhatsAppWebhooks();
app.MapPost("/sign-up", async (string name, AppDbContext database, UserManager<AppUser> users, SignInManager<AppUser> signIn) =>
{
    var account = database.Add(new Account { AccountId = Guid.NewGuid() }).Entity;
    await database.SaveChangesAsync();
    var user = new AppUser { UserName = name, AccountId = account.AccountId };
    (await users.CreateAsync(user)).ThrowIfFailed();
    await signIn.SignInAsync(user, isPersistent: false);
});
app.MapGet("/mine", async (AppDbContext database) => new
{
    Accounts = await database.Accounts.Select(account => account.WabaId).ToListAsync(),
    Messages = await database.Messages.Select(message => message.Text).ToListAsync(),
}).RequireAuthorization();

app.Run();

internal static class IdentityResults
{
    public static void ThrowIfFailed(this IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(result.ToString());
    }
}

/// <summary>Who is signed in, by the claim.</summary>
public sealed class CurrentTenant(IHttpContextAccessor http) : ICurrentTenant
{
    public string? Id => http.HttpContext?.User.FindFirstValue("account_id");
}
