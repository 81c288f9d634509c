using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.PhoneNumbers;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Finds the accounts of each change in the authority: by the WABA that it names, else by the number, else by the entry.
/// Never by a telephone number, and never some default account.
/// </summary>
internal sealed partial class WebhookRouter(
    IPhoneNumberStore numbers, IOptionsMonitor<WhatsAppOnboardingOptions> options, WebhookMetrics metrics, TimeProvider time, ILogger<WebhookRouter> logger)
{
    public async Task<IReadOnlyList<RoutedChange>> RouteAsync(IReadOnlyList<WebhookChange> changes, CancellationToken cancellationToken)
    {
        PhoneNumberId[] ids = [.. changes.Where(change => change.NamedWaba is null).Select(change => change.Number).OfType<PhoneNumberId>().Distinct()];
        WabaId[] wabas = [.. changes.Select(WabaOf).OfType<WabaId>().Distinct()];
        var byNumber = ids.Length == 0 ? [] : await numbers.FindHeldAsync(ids, cancellationToken).ConfigureAwait(false);
        var byWaba = wabas.Length == 0 ? [] : await numbers.FindHeldAsync(wabas, cancellationToken).ConfigureAwait(false);
        var holders = new Holders(byNumber, byWaba, time.GetUtcNow() - options.CurrentValue.SharedProofLifetime);

        var routed = new List<RoutedChange>();
        foreach (var change in changes)
        {
            var receivers = WabaOf(change) is { } waba ? holders.Of(waba) : change.Number is { } number ? holders.Of(number, change.EntryId) : [];
            if (receivers.Count == 0)
            {
                metrics.Missed();
                Log.Missed(logger, change.Field, (change.NamedWaba ?? change.EntryId)?.ToString(), change.Number?.ToString());
            }

            routed.AddRange(receivers.Select(receiver => new RoutedChange(receiver.AccountId, receiver.WabaId, change)));
        }

        return routed;
    }

    /// <summary>The WABA to route by; null when a number is to be routed by instead.</summary>
    private static WabaId? WabaOf(WebhookChange change) => change.NamedWaba ?? (change.IsAboutNumber ? null : change.EntryId);

    private static partial class Log
    {
        [LoggerMessage(1520, LogLevel.Debug, "No account receives {Field} of WABA {Waba}, number {Number}")]
        public static partial void Missed(ILogger logger, string field, string? waba, string? number);
    }
}

/// <summary>A change and one account that receives it.</summary>
internal sealed record RoutedChange(AccountId AccountId, WabaId WabaId, WebhookChange Change);
