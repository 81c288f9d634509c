using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>The examination as a health check, which is asked every few seconds: it examines seldom, and never lets a probe wait.</summary>
internal sealed class ExaminationHealth(IServiceScopeFactory scopes, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<Finding>>? _running;
    private IReadOnlyList<Finding>? _last;
    private DateTimeOffset _begunAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var running = Run();
        await Task.WhenAny(running, Task.Delay(Patience, time, cancellationToken)).ConfigureAwait(false);
        if (running.IsFaulted)
            return HealthCheckResult.Degraded("This host could not be examined.");
        if (running.IsCompletedSuccessfully)
            _last = await running.ConfigureAwait(false);
        return _last is { } findings ? ResultOf(findings, context.Registration.FailureStatus) : HealthCheckResult.Healthy("The first examination is under way.");
    }

    private static HealthCheckResult ResultOf(IReadOnlyList<Finding> findings, HealthStatus failure)
    {
        var status = Diagnoses.StatusOf(findings);
        var data = findings.GroupBy(finding => finding.Code).ToDictionary(of => of.Key, of => (object)$"{of.First().Message} {of.First().Action}");
        return findings.Count == 0
            ? HealthCheckResult.Healthy("Nothing is wrong.")
            : new HealthCheckResult(status is HealthStatus.Unhealthy ? failure : status, string.Join(", ", data.Keys), data: data);
    }

    private Task<IReadOnlyList<Finding>> Run()
    {
        lock (_gate)
        {
            if (_running is { IsCompleted: false } || (_running is not null && time.GetUtcNow() < _begunAt + Every))
                return _running;
            _begunAt = time.GetUtcNow();
            return _running = Task.Run(ExamineAsync);
        }
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync()
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await new Examination(scope.ServiceProvider).RunAsync(CancellationToken.None).ConfigureAwait(false);
    }
}

/// <summary>The operators' route.</summary>
internal static class DoctorEndpoint
{
    public static async Task AnswerAsync(Task<IReadOnlyList<Finding>> examination, HttpContext context)
    {
        var findings = await examination.ConfigureAwait(false);
        var status = Diagnoses.StatusOf(findings) switch { HealthStatus.Healthy => "healthy", HealthStatus.Degraded => "degraded", _ => "unhealthy" };
        await context.Response.WriteAsJsonAsync(new DoctorAnswer { Status = status, Findings = findings }, DoctorJson.Default.DoctorAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

/// <summary>What an examination found.</summary>
internal sealed record DoctorAnswer
{
    public bool Success { get; init; } = true;

    /// <summary><c>healthy</c>; <c>degraded</c> where nothing is worse than worth knowing; <c>unhealthy</c> where something does not work now.</summary>
    public required string Status { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DoctorAnswer))]
internal sealed partial class DoctorJson : JsonSerializerContext;
