using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary><c>GET …/attempts/{id}</c>: how an attempt of the signed-in account stands. Whatever is not the account's own does not exist.</summary>
internal sealed class AttemptsEndpoint(AccountPrincipal principal, AttemptReader log)
{
    public const string Id = "attempt";

    /// <summary>The route's parameter, in words of OpenAPI.</summary>
    public static Delegate Parameters { get; } = (Guid attempt) => { };

    public async Task AnswerAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        if (!Guid.TryParse(context.Request.RouteValues[Id] as string, out var id)
            || await log.FindAsync(account, id, context.RequestAborted).ConfigureAwait(false) is not { } attempt)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.AttemptUnknown).ConfigureAwait(false);
            return;
        }

        await context.Response.WriteAsJsonAsync(attempt, AttemptJson.Default.AttemptView, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AttemptView))]
internal sealed partial class AttemptJson : JsonSerializerContext;
