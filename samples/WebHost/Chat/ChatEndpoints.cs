using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using WebHost.Accounts;

namespace WebHost.Chat;

public static class ChatEndpoints
{
    public static void AddChat(this IServiceCollection services)
    {
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<LiveWire>();
        services.AddScoped<ChatHistory>();
        services.AddScoped<ChatContacts>();
        services.AddScoped<ChatInbox>();
        services.AddScoped<ChatSender>();
    }

    /// <summary>What the dashboard's script asks. Signed out is a 401 here and not a login page.</summary>
    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        var chat = routes.MapGroup("/api/chat").RequireAuthorization().DisableCookieRedirect().AddEndpointFilter(NoStoreAsync);

        chat.MapGet("conversations", (ClaimsPrincipal person, ChatHistory history, CancellationToken cancellationToken) =>
            history.ConversationsAsync(person.AccountId(), cancellationToken));

        chat.MapGet("thread", async (string number, string contact, long? before, ClaimsPrincipal person, ChatHistory history, CancellationToken cancellationToken) =>
            await history.ThreadAsync(person.AccountId(), number, contact, before, cancellationToken) is { } thread ? TypedResults.Ok(thread) : (IResult)TypedResults.NotFound());

        chat.MapPost("messages", SendAsync).AddEndpointFilter(RequireAntiforgeryAsync);
        chat.MapGet("events", OpenAsync);
    }

    private static async Task<IResult> SendAsync(SendRequest request, ClaimsPrincipal person, ChatSender sender, CancellationToken cancellationToken)
    {
        var outcome = await sender.SendAsync(person.AccountId(), request, cancellationToken);
        return outcome.Message is null
            ? TypedResults.UnprocessableEntity(new { message = outcome.Problem, field = outcome.Field })
            : TypedResults.Ok(outcome.Message);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, LiveFeed feed, LiveStream stream, IHostApplicationLifetime host)
    {
        if (await SignInSession.OfAsync(http) is not { } session)
            return TypedResults.Unauthorized();
        if (feed.Open(http.User.AccountId(), session.Id) is not { } subscription)
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);

        http.Response.OnCompleted(() => { subscription.Dispose(); return Task.CompletedTask; });
        var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(stream.ReadAsync(subscription, http.User, session, stop.Token));
    }

    private static async ValueTask<object?> RequireAntiforgeryAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : TypedResults.BadRequest(new { message = "This page is out of date. Reload it and try again." });

    private static async ValueTask<object?> NoStoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return await next(context);
    }
}
