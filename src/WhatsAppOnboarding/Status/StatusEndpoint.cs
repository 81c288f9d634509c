using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Status;

/// <summary><c>GET …/status</c>: what the signed-in account may know of its connection.</summary>
internal sealed class StatusEndpoint(AccountPrincipal principal, StatusReader status)
{
    public async Task AnswerAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        var answer = await status.ReadAsync(account, context.RequestAborted).ConfigureAwait(false);
        await context.Response.WriteAsJsonAsync(answer, StatusJson.Default.OnboardingStatus, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OnboardingStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
