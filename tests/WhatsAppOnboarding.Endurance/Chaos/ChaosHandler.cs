using System.Collections.Concurrent;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>Stages an effect. For some tenants it fails at random before or after; on poison always, and some items it never ends.</summary>
internal sealed class ChaosHandler(EnduranceContext context, ChaosTroubles troubles) : IWebhookHandler
{
    public const string Poison = "poison";

    /// <summary>Hangs until the token ends it.</summary>
    public const string Hangs = "hangs";

    /// <summary>Hangs whatever the token says.</summary>
    public const string IsDeaf = "deaf";

    public async Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        var beganAt = DateTime.UtcNow.Ticks;
        troubles.MayFail(webhookEvent);
        context.Add(new Effect { Key = webhookEvent.Key, BeganAt = beganAt });
        await Task.Yield();
        troubles.MayFail(webhookEvent);
        switch (troubles.Of(webhookEvent))
        {
            case Poison:
                throw new InvalidOperationException("This item can never be handled.");
            case Hangs:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case IsDeaf:
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                break;
        }
    }
}

/// <summary>What goes wrong in this process.</summary>
/// <param name="areSomeBad">Whether of two tenants everything does.</param>
internal sealed class ChaosTroubles(bool areSomeBad)
{
    private const int PercentFailing = 5;

    private static readonly AccountId[] WithTrouble = [.. Accounts(ChaosTenants.HasTrouble)];
    private static readonly AccountId Hanging = AccountId.Parse(ChaosTenants.AccountOf(ChaosTenants.Hanging));
    private static readonly AccountId Throwing = AccountId.Parse(ChaosTenants.AccountOf(ChaosTenants.Throwing));

    private readonly ConcurrentDictionary<string, bool> _failed = [];

    /// <summary>An item fails at random once, so that chance alone parks none.</summary>
    public void MayFail(WebhookEvent webhookEvent)
    {
        if (WithTrouble.Contains(webhookEvent.AccountId) && Random.Shared.Next(200) < PercentFailing && _failed.TryAdd(webhookEvent.Key, true))
            throw new InvalidOperationException("The handler fails at random.");
    }

    public string? Of(WebhookEvent webhookEvent) =>
        areSomeBad && webhookEvent.AccountId == Hanging ? Random.Shared.Next(2) == 0 ? ChaosHandler.Hangs : ChaosHandler.IsDeaf
        : areSomeBad && webhookEvent.AccountId == Throwing ? ChaosHandler.Poison
        : (webhookEvent.Content as MessageReceived)?.Text;

    private static IEnumerable<AccountId> Accounts(Func<int, bool> which) => Enumerable.Range(0, ChaosTenants.All).Where(which).Select(tenant => AccountId.Parse(ChaosTenants.AccountOf(tenant)));
}
