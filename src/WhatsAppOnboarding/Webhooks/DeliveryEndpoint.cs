using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Webhooks;

/// <summary><c>POST …/webhooks</c>: takes a signed delivery. 200 only when every handler has finished or the item is parked; anything else makes Meta send it again.</summary>
internal sealed partial class DeliveryEndpoint(
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    WorkPlaces places,
    DeliveryWork work,
    LibraryMetrics metrics,
    TimeProvider time,
    ILogger<DeliveryEndpoint> logger)
{
    private readonly SlowBodies _slow = new(time);

    public async Task ReceiveAsync(HttpContext context)
    {
        using var activity = LibraryDiagnostics.Activities.StartActivity("webhook");
        var answer = await ReceiveCoreAsync(context).ConfigureAwait(false);
        metrics.DeliveryAnswered(answer.Result);
        activity?.SetTag(TagNames.Outcome, answer.Result);
        context.Response.StatusCode = answer.Status;
        if (answer.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "5";
    }

    private async Task<DeliveryAnswer> ReceiveCoreAsync(HttpContext context)
    {
        var (body, refusal) = await ReadAsync(context).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;

        var keeps = false;
        try
        {
            if (!IsSigned(body.Bytes.Span, context.Request.Headers[WebhookSignature.HeaderName] is [{ } one] ? one : null))
            {
                LogUnsigned();
                return DeliveryAnswer.BadSignature;
            }

            if (!places.TryBegin())
                return DeliveryAnswer.Busy;
            try
            {
                (var answer, keeps) = await work.RunAsync(body.Bytes).ConfigureAwait(false);
                return answer;
            }
            finally
            {
                places.End();
            }
        }
        finally
        {
            if (!keeps)
                body.Dispose();
        }
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
}

/// <summary>How a delivery is answered, and how that is counted.</summary>
internal sealed record DeliveryAnswer(int Status, string Result)
{
    public static readonly DeliveryAnswer Ok = new(200, "ok");
    public static readonly DeliveryAnswer Malformed = new(400, "malformed");
    public static readonly DeliveryAnswer BadSignature = new(401, "bad_signature");
    public static readonly DeliveryAnswer TooSlow = new(408, "too_slow");
    public static readonly DeliveryAnswer TooLarge = new(413, "too_large");
    public static readonly DeliveryAnswer HandlerFailed = new(500, "handler_failed");
    public static readonly DeliveryAnswer Busy = new(503, "busy");

    /// <summary>It has more items than could be handled in its time; those that were are not handled again.</summary>
    public static readonly DeliveryAnswer Unfinished = new(503, "unfinished");

    /// <summary>It concerns a WABA that is just being connected.</summary>
    public static readonly DeliveryAnswer Early = new(503, "early");

    /// <summary>The authority could not follow what Meta says.</summary>
    public static readonly DeliveryAnswer NotFollowed = new(503, "not_followed");
}
