using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.BearerToken;

var builder = WebApplication.CreateBuilder(args);
builder.AddEmulatedMeta();
builder.Services.AddAuthorization().AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken();
builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
//@ docs/component.md#cors

var app = builder.Build();

app.MapPost("/login", (string account) => Results.SignIn(new(new ClaimsIdentity([new("account_id", account)], BearerTokenDefaults.AuthenticationScheme))));
//@ docs/component.md#pipeline
app.MapWhatsAppWebhooks();

app.Run();
