using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Whether what was taken is worked in time, as a health check. It looks nothing up.</summary>
internal sealed class InboxHealth(IWebhookIntake? intake, TimeSpan longest) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(ResultOf(context.Registration.FailureStatus));

    private HealthCheckResult ResultOf(HealthStatus failure)
    {
        if (intake?.Backlog is not { } backlog)
            return HealthCheckResult.Healthy("Nothing is known to wait.");
        var data = new Dictionary<string, object> { ["depth"] = backlog.Depth, ["oldest_age_seconds"] = (long)backlog.OldestAge.TotalSeconds };
        return backlog.IsTooMuch ? new HealthCheckResult(failure, "So much waits that deliveries are turned away.", data: data)
            : backlog.OldestAge > longest ? HealthCheckResult.Degraded("What was taken waits for long.", data: data)
            : HealthCheckResult.Healthy("What is taken is worked in time.", data);
    }
}
