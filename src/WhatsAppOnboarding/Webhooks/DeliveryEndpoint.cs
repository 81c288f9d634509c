using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Webhooks;

/// <summary><c>POST …/webhooks</c>: hands a signed delivery to the intake. 200 only when it is durably taken, or done; anything else makes Meta send it again.</summary>
internal sealed partial class DeliveryEndpoint(
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    InlineIntake inline,
    IServiceProvider services,
    LibraryMetrics metrics,
    TimeProvider time,
    ILogger<DeliveryEndpoint> logger)
{
    private readonly SlowBodies _slow = new(time);
    private readonly IWebhookIntake? _durable = Measured(services.GetService<IWebhookIntake>(), metrics);

    public async Task ReceiveAsync(HttpContext context)
    {
        using var activity = LibraryDiagnostics.Activities.StartActivity("webhook");
        var answer = await ReceiveCoreAsync(context).ConfigureAwait(false);
        metrics.DeliveryAnswered(answer.Outcome);
        activity?.SetTag(TagNames.Outcome, answer.Outcome);
        context.Response.StatusCode = answer.Status;
        if (answer.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "5";
    }

    private async Task<DeliveryAnswer> ReceiveCoreAsync(HttpContext context)
    {
        var (body, refusal) = await ReadAsync(context).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;

        var use = new BodyUse();
        try
        {
            if (!IsSigned(body.Bytes.Span, context.Request.Headers[WebhookSignature.HeaderName] is [{ } one] ? one : null))
            {
                LogUnsigned();
                return DeliveryAnswer.BadSignature;
            }

            // Not the sender's token: who hangs up comes again, and what is finished by then is not done twice.
            var delivery = new TakenDelivery { Body = body.Bytes, ReceivedAt = time.GetUtcNow(), TraceParent = Activity.Current?.Id, Use = use };
            var intake = options.CurrentValue.Webhooks is { UseInbox: true, UseLedger: true } ? _durable ?? inline : inline;
            return await intake.TakeAsync(delivery, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            LogMalformed();
            return DeliveryAnswer.Malformed;
        }
        finally
        {
            if (!use.IsKept)
                body.Dispose();
        }
    }

    private static IWebhookIntake? Measured(IWebhookIntake? durable, LibraryMetrics metrics)
    {
        if (durable is not null)
            metrics.Waiting = () => durable.Backlog is { } backlog ? (backlog.Depth, backlog.OldestAge) : default;
        return durable;
    }

    private async ValueTask<(DeliveryBody Body, DeliveryAnswer? Refusal)> ReadAsync(HttpContext context)
    {
        try
        {
            return await DeliveryBody.ReadAsync(context, _slow).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (default, DeliveryAnswer.TooSlow);
        }
    }

    private bool IsSigned(ReadOnlySpan<byte> body, string? signature)
    {
        foreach (var secret in options.CurrentValue.AcceptedAppSecrets(time.GetUtcNow()))
        {
            if (WebhookSignature.IsValid(body, signature, secret))
                return true;
        }

        return false;
    }

    [LoggerMessage(1510, LogLevel.Warning, "Refused a delivery whose signature is missing or wrong; if Meta sent it, check WhatsAppOnboarding:AppSecret")]
    private partial void LogUnsigned();

    [LoggerMessage(1511, LogLevel.Warning, "Refused a signed delivery that is not JSON")]
    private partial void LogMalformed();
}
