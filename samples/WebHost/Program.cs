using WebHost.Accounts;
using WebHost.Chat;
using WebHost.Data;
using WebHost.Demo;
using WebHost.Emulator;
using WebHost.Languages;
using WebHost.Operator;
using WebHost.Security;

var isDemo = args.Contains(DemoSetup.Switch);
var builder = WebApplication.CreateBuilder([.. args.Where(word => word != DemoSetup.Switch)]);
if (args is ["emulator", ..])
{
    await EmulatorAlone.RunAsync(builder.Configuration);
    return;
}

builder.UseDefaultAddress();
if (isDemo)
    builder.UseDemo();
await builder.AddEmulatorAsync();

builder.UseOwnHosts();
builder.AddDatabase();
builder.AddKeys();
builder.AddAccounts();
builder.Services.AddChat();
builder.Services.AddPackedFiles();
builder.Services.AddLanguages();

builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"))
    .AddEntityFrameworkStores<AppDbContext>()
    .SyncAccountReference<AppUser>(user => user.AccountId, user => user.WabaId)
    .AddWebhookHandler<ChatWebhookHandler>()
    .AddAccountEventHandler<LiveNumbers>();

builder.Services.AddRazorPages(pages =>
{
    pages.Conventions.AuthorizePage("/Dashboard");
    pages.Conventions.AuthorizePage("/Template");
    pages.Conventions.AuthorizePage("/Account");
    pages.Conventions.AuthorizePage("/Attempts");
    pages.Conventions.AuthorizePage("/Operator", Operators.Policy);
    pages.Conventions.AuthorizeFolder("/Operator", Operators.Policy);
    pages.Conventions.AuthorizeFolder("/Onboarding");
})
    .AddViewLocalization()
    .AddViewOptions(views => views.HtmlHelperOptions.ClientValidationEnabled = false)
    .AddDataAnnotationsLocalization(options => options.DataAnnotationLocalizerProvider = (_, words) => words.Create(typeof(Words)));

var app = builder.Build();
await app.PrepareDatabaseAsync();
app.CheckKeys();

app.UseSecurityHeaders();
app.UseLanguages();
app.UseErrorPages();
app.UseFreshStaticFiles();
app.UseAuthentication();
app.UseAuthorization();

app.MapWhatsAppOnboarding().RequireAuthorization();
app.MapWhatsAppWebhooks();
app.MapWhatsAppLinks();
app.MapChat();
app.MapLanguageChoice();
app.MapRazorPages();
if (isDemo)
    app.MapDemo();

if (args is ["parked", ..])
    await ParkedCommand.RunAsync(app, args);

// A word that is misplaced must not start a server instead.
else if (args.Contains("restored"))
    await RestoredCommand.RunAsync(app);
else if (args is ["webhooks", ..])
    await WebhooksCommand.RunAsync(app, args);
else if (args is ["doctor", ..])
    await DoctorCommand.RunAsync(app);
else
    await app.RunAsync();

/// <summary>Visible so that tests can start the sample in-process.</summary>
public partial class Program;
