using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>An examination asked for from outside: by operators over HTTP, and by health probes, which it must never bring down.</summary>
public sealed class DoctorProbeTests
{
    private const string Doctor = "/api/operator/whatsapp/doctor";

    [Fact]
    public async Task The_route_is_there_only_when_it_is_mapped_and_only_for_those_whom_its_policy_names()
    {
        await using var host = await StartMappedAsync();
        using var nobody = host.Host.OpenApi(null);
        using var member = host.Host.OpenApi("acme");
        using var operators = host.Host.OpenApi("operators");
        (await nobody.GetAsync(Doctor, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await member.GetAsync(Doctor, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var (status, body) = await AskAsync(operators);
        (status, body.GetProperty("status").GetString(), body.GetProperty("findings").GetArrayLength()).ShouldBe((HttpStatusCode.OK, "healthy", 0));

        host.Meta.Service.GoDown();
        (status, body) = await AskAsync(operators);
        (status, body.GetProperty("status").GetString()).ShouldBe((HttpStatusCode.OK, "unhealthy"));
        body.GetProperty("findings")[0].GetProperty("code").GetString().ShouldBe("meta_unreachable");
        body.GetProperty("findings")[0].GetProperty("action").GetString().ShouldNotBeNullOrEmpty();

        await using var other = await DoctorHost.StartAsync();
        using var same = other.Host.OpenApi("operators");
        (await same.GetAsync(Doctor, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Liveness_and_readiness_stay_green_while_Meta_is_down_and_the_check_says_so()
    {
        await using var host = await StartMappedAsync();
        host.Meta.Service.GoDown();
        using var probe = host.Host.OpenApi(null);

        (await ProbeAsync(probe, "/health/operator")).ShouldBe((HttpStatusCode.OK, "Degraded"));
        (await ProbeAsync(probe, "/health/live")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        (await ProbeAsync(probe, "/health/ready")).ShouldBe((HttpStatusCode.OK, "Degraded"), "a load balancer that asks all checks takes no node away");

        var report = await host.Host.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        report.Entries["whatsapp_onboarding"].Data.Keys.ShouldBe(["meta_unreachable"]);
        host.Meta.Calls.Of(GraphOperations.ListAppSubscriptions).Count.ShouldBe(1, "probes do not call Meta each time");
    }

    [Fact]
    public async Task A_host_may_have_the_check_fail_and_it_looks_again_after_five_minutes()
    {
        await using var host = await StartMappedAsync(HealthStatus.Unhealthy);
        using var probe = host.Host.OpenApi(null);
        (await ProbeAsync(probe, "/health/operator")).ShouldBe((HttpStatusCode.OK, "Healthy"));

        host.Meta.Service.GoDown();
        (await ProbeAsync(probe, "/health/operator")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        host.Clock.Ahead = TimeSpan.FromMinutes(6);
        (await ProbeAsync(probe, "/health/operator")).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy"));
        (await ProbeAsync(probe, "/health/live")).ShouldBe((HttpStatusCode.OK, "Healthy"));
    }

    private static Task<DoctorHost> StartMappedAsync(HealthStatus failure = HealthStatus.Degraded) => DoctorHost.StartAsync((setup, _) =>
    {
        setup.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireClaim("account_id", "operators"));
        setup.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]).AddWhatsAppOnboarding(failureStatus: failure, tags: ["operator"]);
        setup.App = app =>
        {
            app.MapWhatsAppDoctor("operators");
            app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
            app.MapHealthChecks("/health/operator", new HealthCheckOptions { Predicate = check => check.Tags.Contains("operator") });
            app.MapHealthChecks("/health/ready");
        };
    });

    private static async Task<(HttpStatusCode Status, string Text)> ProbeAsync(HttpClient probe, string path)
    {
        var answer = await probe.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(HttpClient client)
    {
        var answer = await client.GetAsync(Doctor, TestContext.Current.CancellationToken);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return (answer.StatusCode, await Browser.JsonAsync(answer));
    }
}
