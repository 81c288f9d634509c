using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Diagnostics;

namespace WhatsAppOnboarding.Webhooks;

/// <summary><c>POST …/webhooks</c>: takes a signed delivery. 200 only when all handlers have finished; anything else makes Meta send it again.</summary>
internal sealed partial class DeliveryEndpoint(
    IOptionsMonitor<WhatsAppOnboardingOptions> options, WebhookRouter router, WebhookDispatch dispatch, WebhookMetrics metrics, TimeProvider time, ILogger<DeliveryEndpoint> logger)
{
    public async Task ReceiveAsync(HttpContext context)
    {
        using var activity = LibraryActivities.Source.StartActivity("webhook");
        var (status, result) = await ReceiveCoreAsync(context).ConfigureAwait(false);
        metrics.Received(result);
        activity?.SetTag(TagNames.Outcome, result);
        context.Response.StatusCode = status;
    }

    private async Task<(int Status, string Result)> ReceiveCoreAsync(HttpContext context)
    {
        if (await DeliveryBody.ReadAsync(context.Request).ConfigureAwait(false) is not { } body)
            return (StatusCodes.Status413PayloadTooLarge, "too_large");

        string? signature = context.Request.Headers[WebhookSignature.HeaderName] is [{ } one] ? one : null;
        if (!IsSigned(body.Span, signature))
        {
            Log.Unsigned(logger);
            return (StatusCodes.Status401Unauthorized, "bad_signature");
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            var changes = Envelope.Read(json.RootElement);
            var routed = await router.RouteAsync(changes, context.RequestAborted).ConfigureAwait(false);
            var done = await dispatch.RunAsync(routed, time.GetUtcNow(), context.RequestAborted).ConfigureAwait(false);
            return done ? (StatusCodes.Status200OK, "ok") : (StatusCodes.Status500InternalServerError, "handler_failed");
        }
        catch (JsonException)
        {
            Log.Malformed(logger);
            return (StatusCodes.Status400BadRequest, "malformed");
        }
    }

    private bool IsSigned(ReadOnlySpan<byte> body, string? signature)
    {
        var current = options.CurrentValue;
        return WebhookSignature.IsValid(body, signature, current.AppSecret)
            || (current.PreviousAppSecretUntil > time.GetUtcNow() && WebhookSignature.IsValid(body, signature, current.PreviousAppSecret));
    }

    private static partial class Log
    {
        [LoggerMessage(1510, LogLevel.Warning, "Refused a delivery whose signature is missing or wrong; if Meta sent it, check WhatsAppOnboarding:AppSecret")]
        public static partial void Unsigned(ILogger logger);

        [LoggerMessage(1511, LogLevel.Warning, "Refused a signed delivery that is not JSON")]
        public static partial void Malformed(ILogger logger);
    }
}
