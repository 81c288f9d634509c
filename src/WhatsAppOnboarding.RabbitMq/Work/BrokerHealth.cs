using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsAppOnboarding.RabbitMq.Broker;
using WhatsAppOnboarding.RabbitMq.Intake;

namespace WhatsAppOnboarding.RabbitMq.Work;

/// <summary>Whether deliveries are taken in and worked.</summary>
internal sealed class BrokerHealth(RabbitMqWorker worker, Publisher publisher, RabbitMqIntake intake) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var backlog = intake.Backlog;
        var data = new Dictionary<string, object> { ["depth"] = backlog?.Depth ?? 0, ["oldest_age_seconds"] = (long)(backlog?.OldestAge.TotalSeconds ?? 0) };
        var trouble = !worker.IsConnected ? "The broker is not reached: deliveries are answered 503. The log has why (1700)."
            : publisher.IsBlocked ? "The broker is short of memory or disk and takes nothing in: deliveries are answered 503. Look at its alarms."
            : backlog is { IsTooMuch: true } ? "Too much waits: deliveries are answered 503. Look for slow or failing handlers, or add nodes."
            : null;
        return Task.FromResult(trouble is null ? HealthCheckResult.Healthy(data: data) : new HealthCheckResult(context.Registration.FailureStatus, trouble, data: data));
    }
}
