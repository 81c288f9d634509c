using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What Meta's routes share: never cached, never sniffed, an outage is a 503.</summary>
internal static partial class WebhookRoute
{
    /// <summary>Serves with a singleton, taken from the host's own services: a scope for the request would cost more than the rest.</summary>
    public static RequestDelegate For<TEndpoint>(IServiceProvider services, Func<TEndpoint, HttpContext, Task> serve)
        where TEndpoint : notnull
    {
        var logger = services.GetRequiredService<ILogger<TEndpoint>>();
        return async context =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            using var actor = Actor.Enter(Actor.Meta);
            try
            {
                await serve(services.GetRequiredService<TEndpoint>(), context).ConfigureAwait(false);
            }
            catch (BadHttpRequestException exception)
            {
                context.Response.StatusCode = exception.StatusCode;
            }
            catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
            {
                LogBroke(logger, exception);
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        };
    }

    [LoggerMessage(1540, LogLevel.Error, "A request to one of Meta's routes could not be served and was answered 503")]
    private static partial void LogBroke(ILogger logger, Exception exception);
}

/// <summary><c>GET …/webhooks</c>: Meta asks whether this address is ours; the challenge goes back if it knows our token.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started</remarks>
internal sealed partial class HandshakeEndpoint(IOptionsMonitor<WhatsAppOnboardingOptions> options, ILogger<HandshakeEndpoint> logger)
{
    /// <summary>What whoever does not know the verify token is answered with 403.</summary>
    public const string Refusal = "The verify token is not the one that is configured here.";

    private const int MaxChallenge = 256;

    public Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (query["hub.mode"] is ["subscribe"] && KnowsToken(query["hub.verify_token"]) && query["hub.challenge"] is [{ } challenge] && IsPlain(challenge))
        {
            LogAnswered();
            return context.Response.WriteAsync(challenge, context.RequestAborted);
        }

        LogRefused();
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(Refusal, context.RequestAborted);
    }

    private bool KnowsToken(string? token) =>
        token is not null && (Is(token, options.CurrentValue.WebhookVerifyToken) | Is(token, options.CurrentValue.SecondWebhookVerifyToken));

    private static bool Is(string token, string? expected) =>
        expected is { Length: > 0 }
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private static bool IsPlain(string challenge) => challenge.Length is > 0 and <= MaxChallenge && !challenge.AsSpan().ContainsAnyExceptInRange(' ', '~');

    [LoggerMessage(1500, LogLevel.Information, "Answered Meta's webhook handshake")]
    private partial void LogAnswered();

    [LoggerMessage(1501, LogLevel.Warning, "Refused a webhook handshake: set WhatsAppOnboarding:WebhookVerifyToken to what is entered in the app dashboard")]
    private partial void LogRefused();
}
