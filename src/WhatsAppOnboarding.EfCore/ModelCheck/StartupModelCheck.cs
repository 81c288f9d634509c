using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.References;
using WhatsAppOnboarding.EfCore.Stores;

namespace WhatsAppOnboarding.EfCore.ModelCheck;

/// <summary>Refuses to start with half a registration, and says which line is missing. Builds the model; never asks the database.</summary>
internal sealed class StartupModelCheck(IServiceScopeFactory scopes, IServiceProviderIsService registered) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            string[] missing = [.. Missing(scope.ServiceProvider)];
            if (missing.Length > 0)
                throw new InvalidOperationException("WhatsAppOnboarding cannot start with this registration:" + string.Concat(missing.Select(line => $"\n- {line}")));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Missing(IServiceProvider services)
    {
        AccountColumn[] columns = [.. services.GetServices<AccountColumn>()];
        if (services.GetService<HostContextType>() is not { Type: var context })
            return columns.Select(column => MissingLine.Stores(column));
        if (!registered.IsService(context))
            return [MissingLine.Context(context)];

        var policy = services.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value.SharedNumbers;
        return ModelRules.Missing(services.GetRequiredService<HostContext>().Value.Model, context, policy, columns);
    }
}

internal static class ModelRules
{
    public static IEnumerable<string> Missing(IModel model, Type context, SharedNumbersPolicy policy, IReadOnlyCollection<AccountColumn> columns)
    {
        if (model.FindEntityType(typeof(PhoneNumberRow)) is null)
            yield return MissingLine.Model(context, policy);
        else if (policy is SharedNumbersPolicy.Refuse && !HeldNumber.IsIn(model))
            yield return MissingLine.OneAccountPerNumber(context);
        else if (policy is SharedNumbersPolicy.Allow && HeldNumber.IsIn(model))
            yield return MissingLine.Refuse(context);

        foreach (var column in columns)
        {
            if (model.FindEntityType(column.Entity) is not { } entity)
                yield return MissingLine.Entity(context, column);
            else if (new[] { column.KeyProperty, column.CopyProperty }.FirstOrDefault(name => entity.FindProperty(name) is null) is { } unmapped)
                yield return MissingLine.Property(column, unmapped);
        }
    }
}
