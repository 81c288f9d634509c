using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Tests;

/// <summary>What is wrong with the settings is said at start, with its cure; what is wrong with the broker while the host runs.</summary>
[Collection(nameof(TheBroker))]
public sealed class SetupTests
{
    private const string Password = "k7Tz-never-to-be-seen-Qw9";

    [Theory]
    [InlineData("Shards", "4", "Uri is missing")]
    [InlineData("Uri", $"http://user:{Password}@broker.example.com", "Uri is no address of a broker")]
    [InlineData("Uri", $"amqp://user:{Password}#@broker", "Uri is no address of a broker")]
    [InlineData("Host", "broker.example.com", "User and Password are missing")]
    [InlineData("Host", "broker.example.com:5671", "The port belongs into Port")]
    [InlineData("Prefix", "amq.mine", "Prefix must be")]
    [InlineData("Shards", "65", "Shards must be from 1 to 64")]
    [InlineData("Urls", "amqp://broker", "RabbitMq:Urls is no setting of this library")]
    public async Task A_wrong_setting_stops_the_start_with_its_cure(string key, string value, string says)
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => TheHost.StartAsync(setup =>
        {
            setup["RabbitMq:" + key] = value;
            setup.Library = library => library.AddRabbitMqIntake();
        }));

        error.Message.ShouldContain(says);
        error.Message.ShouldNotContain(Password);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task It_takes_the_place_of_a_stores_inbox_in_any_order(bool first)
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["RabbitMq:Uri"] = "amqp://guest:guest@127.0.0.1:1";
            setup.Library = library => _ = first
                ? library.AddRabbitMqIntake().AddEntityFrameworkStores<PlainContext>()
                : library.AddEntityFrameworkStores<PlainContext>().AddRabbitMqIntake();
            setup.Services.AddDbContext<PlainContext>(options => options.UseSqlite("Data Source=:memory:"));
        });

        host.App.Services.GetServices<IWebhookIntake>().ShouldHaveSingleItem().GetType().Assembly.GetName().Name.ShouldBe("WhatsAppOnboarding.RabbitMq");
    }

    [Fact]
    public async Task Without_a_broker_the_host_starts_answers_503_and_says_so_and_the_password_is_in_no_log()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["RabbitMq:Uri"] = TheBroker.Uri.Replace("guest:guest", $"guest:{Password}", StringComparison.Ordinal);
            setup.Library = library => library.AddRabbitMqIntake();
            setup.Services.AddHealthChecks().AddWhatsAppRabbitMq();
        });
        using var client = host.OpenApi(null);

        (await client.DeliverAsync(host, BrokerNodes.Message("one"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Eventually.TrueAsync(() => host.Logs.Lines.Any(line => line.EventId == 1700), "the line of the log");

        (await host.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["whatsapp_rabbitmq"].Status.ShouldBe(HealthStatus.Degraded);
        host.Logs.Lines.ShouldContain(line => line.EventId == 1702);
        host.Logs.Lines.ShouldNotContain(line => line.Text.Contains(Password));
    }

    [Fact]
    public async Task Queues_that_are_only_looked_for_and_not_there_are_named()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["RabbitMq:Uri"] = TheBroker.Uri;
            setup["RabbitMq:Prefix"] = "nobody-made-these";
            setup["RabbitMq:Topology"] = "Check";
            setup.Library = library => library.AddRabbitMqIntake();
        });

        await Eventually.TrueAsync(() => host.Logs.Lines.Any(line => line.EventId == 1700 && line.Text.Contains("nobody-made-these")), "the line of the log");
    }

    [Fact]
    public async Task The_health_check_knows_the_broker_and_what_waits()
    {
        await using var nodes = await BrokerNodes.StartAsync(configure: (setup, _) => setup.Services.AddHealthChecks().AddWhatsAppRabbitMq());

        var report = (await nodes.Nodes[0].App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["whatsapp_rabbitmq"];

        report.Status.ShouldBe(HealthStatus.Healthy);
        report.Data["depth"].ShouldBe(0L);
    }
}
