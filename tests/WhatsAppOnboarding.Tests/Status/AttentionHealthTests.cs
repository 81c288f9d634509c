using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>The health check of a host that has few accounts: well, due, or not working; and a process that lives whatever it says.</summary>
public sealed class AttentionHealthTests
{
    [Fact]
    public async Task It_says_what_is_due_as_degraded_what_does_not_work_as_unhealthy_and_leaves_liveness_alone()
    {
        await using var host = await StartAsync(checks => checks.AddWhatsAppAttention(AccountId.Parse("acme")));
        (await AskAsync(host)).ShouldBe(("Healthy", "Healthy", ""));

        await host.ConnectAsync("acme");
        (await AskAsync(host)).ShouldBe(("Healthy", "Healthy", ""));

        await ChangeAsync(host, (number, now) => number with { TokenExpiresAt = now.AddDays(3) });
        (await AskAsync(host)).ShouldBe(("Degraded", "Healthy", "token_ends_in_7_days"));

        await ChangeAsync(host, (number, now) => number.SendFailed(131042, now));
        (await AskAsync(host)).ShouldBe(("Unhealthy", "Healthy", "payment_needed token_ends_in_7_days"));
    }

    [Fact]
    public async Task A_number_that_Meta_has_paused_is_unhealthy_although_the_account_can_do_nothing()
    {
        await using var host = await StartAsync(checks => checks.AddWhatsAppAttention(AccountId.Parse("acme"), failureStatus: HealthStatus.Degraded));
        await host.ConnectAsync("acme");
        await ChangeAsync(host, (number, now) => number.WithNotice(new MetaNotice { Kind = MetaNotice.PauseKind, Event = "ACCOUNT_OFFBOARDED", At = now, StopsSending = true }));

        (await AskAsync(host)).ShouldBe(("Degraded", "Healthy", ""));
        (await ReportAsync(host)).Entries["whatsapp_attention"].Description.ShouldBe("Numbers do not receive or do not send.");
    }

    [Fact]
    public async Task Of_several_accounts_the_worst_answers_and_none_is_named()
    {
        await using var host = await StartAsync(checks => checks.AddWhatsAppAttention(
            (services, _) => Task.FromResult<IReadOnlyCollection<AccountId>>([AccountId.Parse("birch"), AccountId.Parse(services.GetRequiredService<string>())]), "numbers", tags: ["people"]));
        await host.ConnectAsync("acme");
        await ChangeAsync(host, (number, now) => number.SendFailed(131042, now));

        var entry = (await ReportAsync(host)).Entries["numbers"];

        (entry.Status, entry.Tags.Single()).ShouldBe((HealthStatus.Unhealthy, "people"));
        $"{entry.Description} {string.Join(' ', entry.Data)}".ShouldNotContain("acme");
    }

    [Fact]
    public async Task What_cannot_be_read_is_degraded_and_never_unhealthy()
    {
        await using var host = await StartAsync(checks => checks.AddWhatsAppAttention((_, _) => throw new InvalidOperationException("the database is away")));

        (await ReportAsync(host)).Entries["whatsapp_attention"].Status.ShouldBe(HealthStatus.Degraded);
    }

    private static async Task<TheHost> StartAsync(Action<IHealthChecksBuilder> add)
    {
        var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton("acme");
            add(setup.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]));
            setup.App = app => app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        return host;
    }

    /// <summary>What the check says, what a liveness probe hears, and the codes of what is due.</summary>
    private static async Task<(string Attention, string Live, string Codes)> AskAsync(TheHost host)
    {
        using var client = host.OpenApi(null);
        var entry = (await ReportAsync(host)).Entries["whatsapp_attention"];
        return ($"{entry.Status}", await client.GetStringAsync("/health/live", TestContext.Current.CancellationToken), string.Join(' ', entry.Data.Keys.Order(StringComparer.Ordinal)));
    }

    private static Task<HealthReport> ReportAsync(TheHost host) => host.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

    private static async Task ChangeAsync(TheHost host, Func<PhoneNumber, DateTimeOffset, PhoneNumber> change) => await host.UseAsync<NumberAuthority, PhoneNumberWrite>(numbers => numbers.WriteAsync(
        AccountId.Parse("acme"), read => [.. read.Numbers.Select(number => change(number, DateTimeOffset.UtcNow))], TestContext.Current.CancellationToken));
}
