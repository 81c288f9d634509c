using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsAppOnboarding.Tests.Upkeep;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>The health check of what was taken: worked in time, late, or so much that deliveries are turned away.</summary>
public sealed class InboxHealthTests
{
    [Theory]
    [InlineData(59, false, HealthStatus.Healthy)]
    [InlineData(61, false, HealthStatus.Degraded)]
    [InlineData(0, true, HealthStatus.Unhealthy)]
    public async Task It_says_how_much_waits_for_how_long_and_whether_that_is_well(int seconds, bool isTooMuch, HealthStatus said)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IWebhookIntake>(new FullIntake(TimeSpan.FromSeconds(seconds), isTooMuch))
            .AddHealthChecks().AddWhatsAppInbox(failureStatus: HealthStatus.Unhealthy).Services.BuildServiceProvider();

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        var entry = report.Entries["whatsapp_inbox"];
        (entry.Status, entry.Data["depth"], entry.Data["oldest_age_seconds"]).ShouldBe((said, 7L, (long)seconds));
    }
}
