using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using WhatsAppOnboarding.EfCore.Inbox;
using WhatsAppOnboarding.EfCore.ModelCheck;
using WhatsAppOnboarding.EfCore.References;
using WhatsAppOnboarding.EfCore.Stores;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding;

/// <summary>Keeps the library's records in the host's own database.</summary>
public static class WhatsAppOnboardingBuilderExtensions
{
    /// <summary>
    /// Keeps numbers, account events, attempts, links, logged calls, the webhook ledger and the inbox of webhooks in the host's own context, which also needs <c>modelBuilder.AddWhatsAppOnboarding()</c>.
    /// Works with every way to register a context; safe to call more than once and in any order.
    /// </summary>
    /// <remarks>The library works in DI scopes of its own: it never saves what the host has pending and never opens a transaction. A webhook handler
    /// is the exception that it is made for: what it stages on the context of its own scope is saved when it has finished.</remarks>
    /// <exception cref="InvalidOperationException">It was called for another context before.</exception>
    public static WhatsAppOnboardingBuilder AddEntityFrameworkStores<TContext>(this WhatsAppOnboardingBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Select(service => service.ImplementationInstance).OfType<HostContextType>().FirstOrDefault() is { Type: var first } && first != typeof(TContext))
            throw new InvalidOperationException($"AddEntityFrameworkStores is called for {first.Name} and for {typeof(TContext).Name}. Call it for one of them: all that the library keeps is saved together.");
        services.Replace(ServiceDescriptor.Singleton(new HostContextType(typeof(TContext))));
        services.Replace(ServiceDescriptor.Scoped(provider => new HostContext(provider.GetRequiredService<TContext>())));
        services.TryAddScoped<StoreContext>();
        services.Replace(ServiceDescriptor.Scoped<IPhoneNumberStore, EfPhoneNumberStore>());
        services.Replace(ServiceDescriptor.Scoped<IAccountEventStore, EfAccountEventStore>());
        services.Replace(ServiceDescriptor.Scoped<IConnectAttemptStore, EfConnectAttemptStore>());
        services.Replace(ServiceDescriptor.Scoped<ISetupLinkStore, EfSetupLinkStore>());
        services.Replace(ServiceDescriptor.Scoped<IMetaCallLog, EfMetaCallLog>());
        services.Replace(ServiceDescriptor.Scoped<IWebhookLedger, EfWebhookLedger>());
        services.TryAddScoped<InboxTable>();
        services.TryAddScoped<ShardTable>();
        services.TryAddSingleton<EfWebhookIntake>();
        services.TryAddSingleton<InboxNode>();
        services.TryAddSingleton<InboxEndings>();
        services.TryAddSingleton<IWebhookIntake>(provider => provider.GetRequiredService<EfWebhookIntake>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, InboxWorker>());
        return builder.AddModelCheck();
    }

    /// <summary>
    /// Keeps a copy of an account's derived WABA id in the host's own account entity, committed together with the numbers. Every row with that key gets it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="key">The property that holds what the account claim holds.</param>
    /// <param name="wabaId">The property that takes the copy; null while no number is held.</param>
    public static WhatsAppOnboardingBuilder SyncAccountReference<TAccount>(
        this WhatsAppOnboardingBuilder builder, Expression<Func<TAccount, string?>> key, Expression<Func<TAccount, string?>> wabaId)
        where TAccount : class => builder.Add(key!, wabaId, AccountKeys.Text);

    /// <inheritdoc cref="SyncAccountReference{TAccount}(WhatsAppOnboardingBuilder, Expression{Func{TAccount, string}}, Expression{Func{TAccount, string}})"/>
    public static WhatsAppOnboardingBuilder SyncAccountReference<TAccount>(
        this WhatsAppOnboardingBuilder builder, Expression<Func<TAccount, Guid>> key, Expression<Func<TAccount, string?>> wabaId)
        where TAccount : class => builder.Add(key, wabaId, AccountKeys.Guid);

    /// <inheritdoc cref="SyncAccountReference{TAccount}(WhatsAppOnboardingBuilder, Expression{Func{TAccount, string}}, Expression{Func{TAccount, string}})"/>
    public static WhatsAppOnboardingBuilder SyncAccountReference<TAccount>(
        this WhatsAppOnboardingBuilder builder, Expression<Func<TAccount, int>> key, Expression<Func<TAccount, string?>> wabaId)
        where TAccount : class => builder.Add(key, wabaId, AccountKeys.Int);

    /// <inheritdoc cref="SyncAccountReference{TAccount}(WhatsAppOnboardingBuilder, Expression{Func{TAccount, string}}, Expression{Func{TAccount, string}})"/>
    public static WhatsAppOnboardingBuilder SyncAccountReference<TAccount>(
        this WhatsAppOnboardingBuilder builder, Expression<Func<TAccount, long>> key, Expression<Func<TAccount, string?>> wabaId)
        where TAccount : class => builder.Add(key, wabaId, AccountKeys.Long);

    private static WhatsAppOnboardingBuilder Add<TAccount, TKey>(
        this WhatsAppOnboardingBuilder builder,
        Expression<Func<TAccount, TKey>> key,
        Expression<Func<TAccount, string?>> wabaId,
        AccountKey<TKey> kind)
        where TAccount : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(wabaId);
        AccountColumn column = AccountColumn<TAccount, TKey>.From(key, wabaId, kind);
        if (!builder.Services.Any(service => service.ServiceType == typeof(AccountColumn) && column.Equals(service.ImplementationInstance)))
        {
            builder.Services.AddSingleton(column);
            builder.Services.AddScoped(column.CreateSync);
        }

        return builder.AddModelCheck();
    }

    private static WhatsAppOnboardingBuilder AddModelCheck(this WhatsAppOnboardingBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartupModelCheck>());
        return builder;
    }
}
