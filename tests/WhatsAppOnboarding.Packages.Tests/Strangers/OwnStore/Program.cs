using WhatsAppOnboarding.Stores;

var builder = WebApplication.CreateBuilder(args);
builder.AddEmulatedMeta();
builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));

var services = builder.Services;
services.AddSingleton<Cabinet>();
services.AddScoped<IPhoneNumberStore, NumberDrawer>();
services.AddScoped<IAccountEventStore, EventDrawer>();
services.AddScoped<IConnectAttemptStore, AttemptDrawer>();
services.AddScoped<ISetupLinkStore, LinkDrawer>();
services.AddScoped<IMetaCallLog, CallDrawer>();

await Checks.RunAsync(services);
