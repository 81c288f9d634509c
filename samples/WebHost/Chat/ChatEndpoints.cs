using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using WebHost.Accounts;
using WebHost.Languages;

namespace WebHost.Chat;

public static class ChatEndpoints
{
    public static void AddChat(this IServiceCollection services)
    {
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<LiveWire>();
        services.AddScoped<ChatHistory>();
        services.AddScoped<ChatViews>();
        services.AddScoped<ConversationList>();
        services.AddScoped<ReadMarks>();
        services.AddScoped<ChatContacts>();
        services.AddScoped<ChatInbox>();
        services.AddScoped<ChatImport>();
        services.AddScoped<ChatSender>();
        services.AddScoped<ChatReactions>();
        services.AddScoped<TemplateList>();
        services.AddScoped<ReceivedFiles>();
        services.AddScoped<SentFiles>();
    }

    /// <summary>What the inbox's script asks. Signed out is a 401 here and not a login page.</summary>
    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        var chat = routes.MapGroup("/api/chat").RequireAuthorization().DisableCookieRedirect().AddEndpointFilter(NoStoreAsync);

        chat.MapGet("conversations", async (string? search, string? after, HttpContext http, ConversationList list, CancellationToken cancellationToken) =>
            Fresh(http, await list.ReadAsync(http.User.AccountId(), search, after, cancellationToken)));

        chat.MapGet("thread", async (string number, string contact, long? before, HttpContext http, ChatHistory history, CancellationToken cancellationToken) =>
            await history.ThreadAsync(http.User.AccountId(), number, contact, before, cancellationToken) is { } thread ? Fresh(http, thread) : TypedResults.NotFound());

        chat.MapGet("files/{id:long}", (long id, string? of, HttpContext http, ReceivedFiles files, CancellationToken cancellationToken) =>
            files.ServeAsync(http, http.User.AccountId(), id, of, cancellationToken));
        chat.MapGet("events", OpenAsync);

        var changes = chat.MapGroup("").AddEndpointFilter(RequireAntiforgeryAsync);
        changes.MapPost("messages", async (SendRequest request, ClaimsPrincipal person, ChatSender sender, CancellationToken cancellationToken) =>
            Answer(await sender.SendAsync(person.AccountId(), request, cancellationToken)));
        changes.MapPost("messages/{id:long}/again", async (long id, ClaimsPrincipal person, ChatSender sender, CancellationToken cancellationToken) =>
            Answer(await sender.RepeatAsync(person.AccountId(), id, cancellationToken)));
        changes.MapPost("messages/{id:long}/reaction", async (long id, string? emoji, ClaimsPrincipal person, ChatReactions reactions, CancellationToken cancellationToken) =>
            Answer(await reactions.PutAsync(person.AccountId(), id, emoji, cancellationToken)));
        changes.MapPost("read", async (string number, string contact, long place, ClaimsPrincipal person, ReadMarks marks, CancellationToken cancellationToken) =>
        {
            await marks.ReadAsync(person.AccountId(), number, contact, place, cancellationToken);
            return TypedResults.NoContent();
        });
        changes.MapPost("files", async (string number, string name, bool? voice, HttpContext http, SentFiles files, CancellationToken cancellationToken) =>
            await files.UploadAsync(http.User.AccountId(), number, name, voice is true, http.Request.Body, cancellationToken) is var (file, problem) && file is not null
                ? (IResult)TypedResults.Ok(file)
                : TypedResults.UnprocessableEntity(new { message = problem }))
            .WithMetadata(new RequestSizeLimitAttribute(FileLimits.Largest + 1024));
    }

    private static IResult Answer(SendOutcome outcome) => outcome.Message is null
        ? TypedResults.UnprocessableEntity(new { message = outcome.Problem, field = outcome.Field })
        : TypedResults.Ok(outcome.Message);

    /// <summary>What a page holds already is not sent again.</summary>
    private static IResult Fresh<T>(HttpContext http, T value)
    {
        var tag = TagOf(value);
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch == tag ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(value);
    }

    /// <summary>Another one when anything in it is otherwise.</summary>
    public static string TagOf<T>(T value) => $"\"{Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web)))[..32]}\"";

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
            : TypedResults.BadRequest(new { message = context.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<Words>>()["This page is out of date. Reload it and try again."].Value });

    private static async ValueTask<object?> NoStoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return await next(context);
    }
}
