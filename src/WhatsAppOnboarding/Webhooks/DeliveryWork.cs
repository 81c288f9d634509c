using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.MetaNotices;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>The story of a signed delivery: take it apart, find who receives it, let the authority follow what Meta says, run the handlers.</summary>
internal sealed partial class DeliveryWork(
    WebhookRouter router, NoticeFollower notices, WebhookDispatch dispatch, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<DeliveryWork> logger)
{
    /// <summary>The answer, and whether some handler still looks at the body, so that it must not be used for anything else.</summary>
    public async Task<(DeliveryAnswer Answer, bool KeepsBody)> RunAsync(ReadOnlyMemory<byte> body, CancellationToken aborted)
    {
        var receivedAt = time.GetUtcNow();
        using var patience = new CancellationTokenSource(options.CurrentValue.Webhooks.DeliveryTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        if (Parse(body) is not { } json)
            return (DeliveryAnswer.Malformed, false);

        var worst = ItemOutcome.Failed;
        try
        {
            var items = Envelope.Read(json.RootElement);
            var routing = await router.RouteAsync(items, either.Token).ConfigureAwait(false);
            var followed = await FollowAsync(items, routing.Holders, receivedAt, either.Token).ConfigureAwait(false);
            worst = await dispatch.RunAsync(routing.Items, receivedAt, either.Token).ConfigureAwait(false);
            return (AnswerOf(worst, followed, routing.IsEarly), worst is ItemOutcome.LeftBehind);
        }
        finally
        {
            if (worst is not ItemOutcome.LeftBehind)
                json.Dispose();
        }
    }

    private JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            Log.Malformed(logger);
            return null;
        }
    }

    private static DeliveryAnswer AnswerOf(ItemOutcome worst, bool followed, bool isEarly) =>
        worst is not ItemOutcome.Done ? DeliveryAnswer.HandlerFailed
        : !followed ? DeliveryAnswer.NotFollowed
        : isEarly ? DeliveryAnswer.Early
        : DeliveryAnswer.Ok;

    /// <summary>What Meta says concerns every account that holds the WABA, whether or not it receives events of it.</summary>
    private async Task<bool> FollowAsync(IReadOnlyList<WebhookItem> items, Holders holders, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var followed = true;
        foreach (var item in items)
        {
            if (item.Change.RoutedWaba is not { } waba || !NoticeFollower.Concerns(item.Change.Field))
                continue;
            foreach (var account in holders.AccountsOf(waba))
            {
                try
                {
                    await notices.ApplyAsync(account, waba, item.Content, item.Change.EntryTime ?? receivedAt, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    followed = false;
                    Log.NotFollowed(logger, exception, item.Change.Field, account.ToString());
                }
            }
        }

        return followed;
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Warning, "Refused a signed delivery that is not JSON")]
        public static partial void Malformed(ILogger logger);

        [LoggerMessage(1512, LogLevel.Error, "The authority could not follow {Field} for account {Account}; Meta will bring it again")]
        public static partial void NotFollowed(ILogger logger, Exception exception, string field, string account);
    }
}
