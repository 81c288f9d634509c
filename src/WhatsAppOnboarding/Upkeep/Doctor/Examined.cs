using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>A host under examination: what it is made of, and what is found in it.</summary>
internal sealed class Examined(IServiceProvider services)
{
    public WhatsAppOnboardingOptions Options { get; } = services.GetRequiredService<IOptionsMonitor<WhatsAppOnboardingOptions>>().CurrentValue;

    public TimeProvider Time { get; } = services.GetRequiredService<TimeProvider>();

    public IServiceScopeFactory Scopes { get; } = services.GetRequiredService<IServiceScopeFactory>();

    /// <summary>Whether somebody develops: what is kept in memory or in the clear then is meant.</summary>
    public bool IsDevelopment { get; } = services.GetRequiredService<IHostEnvironment>().IsDevelopment();

    public DateTimeOffset Now => Time.GetUtcNow();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public T? Find<T>()
        where T : class => services.GetService<T>();

    public Finding Found(string code, string? subject = null, string? reason = null)
    {
        var row = Diagnoses.Find(code);
        return new() { Code = code, At = Now, Message = row.Message, Action = row.Action, Subject = subject, Reason = reason };
    }
}
