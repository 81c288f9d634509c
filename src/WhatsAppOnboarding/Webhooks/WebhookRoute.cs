using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
                Log.Broke(logger, exception);
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1540, LogLevel.Error, "A request to one of Meta's routes could not be served and was answered 503")]
        public static partial void Broke(ILogger logger, Exception exception);
    }
}
