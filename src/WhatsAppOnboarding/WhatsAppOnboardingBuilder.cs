using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding;

/// <summary>What <c>AddWhatsAppOnboarding()</c> returns: further calls add stores and handlers, in any order.</summary>
public sealed class WhatsAppOnboardingBuilder
{
    internal WhatsAppOnboardingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds a handler of webhooks; several run in the order in which they were added, and twice the same is once. Registered scoped, unless the host has
    /// registered <typeparamref name="THandler"/> before, such as an instance of its own.
    /// </summary>
    public WhatsAppOnboardingBuilder AddWebhookHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IWebhookHandler
    {
        HostHandlers<IWebhookHandler>.Add<THandler>(Services);
        return this;
    }

    /// <summary>Adds a handler of what happens to accounts, as <see cref="AddWebhookHandler{THandler}"/> does one of webhooks.</summary>
    public WhatsAppOnboardingBuilder AddAccountEventHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IAccountEventHandler
    {
        HostHandlers<IAccountEventHandler>.Add<THandler>(Services);
        return this;
    }

    /// <summary>
    /// Finds the account of a request by the host's own code instead of one claim: for people who belong to several accounts, tenants by host name or
    /// route, or a multi-tenancy library. Asked on every account route, for people who are signed in only; it has ten seconds.
    /// </summary>
    /// <param name="resolve">
    /// Takes the request and, where somebody comes back from Meta, the account that the connect was started for: answer that one if the person may act
    /// for it. Null refuses the request (<see cref="ErrorCodes.AccountMissing"/>). Never take an account from what a browser says without a check.
    /// </param>
    public WhatsAppOnboardingBuilder UseAccountResolver(Func<HttpContext, AccountId?, ValueTask<AccountId?>> resolve)
    {
        ArgumentNullException.ThrowIfNull(resolve);
        Services.Replace(ServiceDescriptor.Singleton(new AccountResolver(resolve)));
        return this;
    }

    /// <summary>
    /// Has the messages of some WABAs sent to an address of their own, such as the service of one region; all else still goes to the app's address. It is set
    /// each time that the app is subscribed to a WABA; where it could not be, the log has an error (1216, 1218) and messages go to the app's address.
    /// Each address must answer Meta's handshake with <see cref="WhatsAppOnboardingOptions.WebhookVerifyToken"/> by the time that a WABA is connected.
    /// </summary>
    /// <param name="address">
    /// The address of a WABA, or null for the app's: absolute, https unless it is this machine, at most 200 characters. Decide by what your own code
    /// knows, never by what an account or a browser says. Called often, so it should be quick.
    /// </param>
    public WhatsAppOnboardingBuilder UseWebhookOverride(Func<WabaId, Uri?> address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Services.AddWebhookOverride(address);
        return this;
    }
}
