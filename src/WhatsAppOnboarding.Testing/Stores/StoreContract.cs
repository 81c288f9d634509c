using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing;

/// <summary>
/// What every store must do, whoever wrote it. Independent of any test framework. Each check takes the store out of a host's services as the library does:
/// in a new scope for every call. Ids are random, and some rows stay behind.
/// </summary>
public static class StoreContract
{
    /// <summary>
    /// Checks the <see cref="IPhoneNumberStore"/> of a host, and the <see cref="IAccountEventStore"/> that belongs to it, under the <c>SharedNumbers</c> policy that is configured there. The host needs an
    /// <see cref="IAccountWabaReferenceSync"/>, or it would not show whether the store stages the copies: <see cref="StagedReferences"/> will do.
    /// </summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="createAccount">Adds an account to the host's own tables and returns its id, where copies are kept. Default: an id that nobody has.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The store breaks a rule; all that it breaks are named.</exception>
    public static Task CheckPhoneNumbersAsync(
        IServiceProvider services, Func<CancellationToken, Task<AccountId>>? createAccount = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        var policy = services.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value.SharedNumbers;
        return new StoreUnderCheck<IPhoneNumberStore>(services, cancellationToken).RequireAsync(
            [
                .. ReadingRules.All,
                .. FindingRules.All,
                .. DueRules.All,
                .. EventRules.All,
                .. WritingRules.All,
                .. ReferenceRules.All,
                .. MeetingRules.All,
                .. ErasingRules.All,
                .. policy is SharedNumbersPolicy.Refuse ? RefusingRules.All : SharingRules.All,
            ],
            new NumbersUnderCheck(services, createAccount, cancellationToken));
    }

    /// <summary>Checks the <see cref="IConnectAttemptStore"/> of a host.</summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The store breaks a rule; all that it breaks are named.</exception>
    public static Task CheckConnectAttemptsAsync(IServiceProvider services, CancellationToken cancellationToken = default) =>
        CheckAsync(services, AttemptRules.All, cancellationToken);

    /// <summary>Checks the <see cref="ISetupLinkStore"/> of a host.</summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The store breaks a rule; all that it breaks are named.</exception>
    public static Task CheckSetupLinksAsync(IServiceProvider services, CancellationToken cancellationToken = default) =>
        CheckAsync(services, LinkRules.All, cancellationToken);

    /// <summary>Checks the <see cref="IMetaCallLog"/> of a host.</summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The log breaks a rule; all that it breaks are named.</exception>
    public static Task CheckMetaCallsAsync(IServiceProvider services, CancellationToken cancellationToken = default) =>
        CheckAsync(services, MetaCallRules.All, cancellationToken);

    /// <summary>Checks the <see cref="IWebhookLedger"/> of a host, which is optional: for a host without one, leave this check out.</summary>
    /// <remarks>That what a handler staged is committed with its finish, and only then, depends on how the host stages; check that in tests of your own.</remarks>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">There is no ledger, or it breaks a rule; all that it breaks are named.</exception>
    public static Task CheckWebhookLedgerAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new StoreUnderCheck<IWebhookLedger>(services, cancellationToken).RequireAsync(
            [.. LedgerRules.All, .. ParkingRules.All, .. ParkedQueryRules.All], new LedgerUnderCheck(services, cancellationToken));
    }

    /// <summary>
    /// Checks the <see cref="IWebhookIntake"/> of a host that runs, with its hosted services: that what it takes comes to be worked, as it came, in order, again when it failed, and that what
    /// is stuck keeps nothing else waiting. The host needs an <see cref="ObservedWork"/> as its <see cref="IWebhookWork"/>.
    /// </summary>
    /// <remarks>That what was taken outlives the process is for tests of your own: end a process in the middle, and see that another one works what was answered 200.</remarks>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">There is no intake, or it breaks a rule; all that it breaks are named.</exception>
    public static Task CheckWebhookIntakeAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.GetService<IWebhookWork>() is not ObservedWork work)
            throw new ArgumentException("Register an ObservedWork first: services.AddSingleton<IWebhookWork, ObservedWork>().", nameof(services));
        return new StoreUnderCheck<IWebhookIntake>(services, cancellationToken).RequireAsync(
            IntakeRules.All, new IntakeUnderCheck(services.GetRequiredService<IWebhookIntake>(), work, cancellationToken));
    }

    private static Task CheckAsync<TStore>(IServiceProvider services, IEnumerable<StoreRule<StoreUnderCheck<TStore>>> rules, CancellationToken cancellationToken)
        where TStore : class
    {
        ArgumentNullException.ThrowIfNull(services);
        var store = new StoreUnderCheck<TStore>(services, cancellationToken);
        return store.RequireAsync(rules, store);
    }
}

/// <summary>A store broke rules of its contract; the text names each one.</summary>
public sealed class StoreContractException : Exception
{
    internal StoreContractException(string store, IReadOnlyList<string> brokenRules, Exception? firstCause)
        : base($"The {store} breaks {brokenRules.Count} rule(s) of its contract:{string.Concat(brokenRules.Select(rule => $"\n- {rule}"))}", firstCause) =>
        BrokenRules = brokenRules;

    /// <summary>Each broken rule, with what was seen.</summary>
    public IReadOnlyList<string> BrokenRules { get; }
}
