using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>An app that has Meta emulated beside it while it is developed.</summary>
public sealed class BesideTests
{
    [Fact]
    public async Task In_Development_the_emulator_is_the_apps_Meta_and_knows_where_its_webhooks_go()
    {
        var builder = NewApp(Environments.Development);
        var meta = builder.AddEmulatedMeta(options => options.AppName = "Shop").ShouldNotBeNull();
        builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
        await using var app = builder.Build();
        app.MapWhatsAppWebhooks();
        await app.StartAsync(TestContext.Current.CancellationToken);

        builder.Configuration["WhatsAppOnboarding:GraphBaseAddress"].ShouldBe(meta.Address.ToString());
        app.Services.GetRequiredService<MetaEmulator>().ShouldBeSameAs(meta);
        meta.Webhooks.Callback.ShouldBe(new Uri(new Uri(app.Urls.Single()), "/webhooks/whatsapp"));
        using var browser = new HttpClient();
        (await browser.GetStringAsync(new Uri(meta.Address, "/world"), TestContext.Current.CancellationToken)).ShouldContain("Shop");

        await app.DisposeAsync();
        await Should.ThrowAsync<HttpRequestException>(() => browser.GetStringAsync(meta.Address, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Development", "1234567890")]
    public void With_Meta_itself_and_outside_Development_nothing_is_done(string environment, string? app)
    {
        var builder = NewApp(environment, KeyValuePair.Create("WhatsAppOnboarding:AppId", app));

        builder.AddEmulatedMeta().ShouldBeNull();

        builder.Services.ShouldNotContain(service => service.ServiceType == typeof(MetaEmulator));
        builder.Configuration["WhatsAppOnboarding:AppId"].ShouldBe(app);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var builder = NewApp(Environments.Development, KeyValuePair.Create<string, string?>("EmulatorPort", $"{((IPEndPoint)other.LocalEndpoint).Port}"));
        builder.AddEmulatedMeta();
        builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
        await using var app = builder.Build();

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        refusal.Message.ShouldEndWith("Stop what uses it, or set EmulatorPort to another one.");
    }

    private static WebApplicationBuilder NewApp(string environment, params KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("EmulatorPort", "0")]).AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }
}
