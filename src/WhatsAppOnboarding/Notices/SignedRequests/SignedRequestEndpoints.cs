using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Notices;

/// <summary>What Meta calls when a person takes back what was granted to the app, or asks for what is known of them to be deleted.</summary>
internal sealed class SignedRequestEndpoints(
    SignedRequestReader reader, PublicAddress address, IOptions<WhatsAppOnboardingOptions> options, IServiceScopeFactory scopes)
{
    /// <summary><c>POST …/deauthorize</c>: answered after the numbers were looked at, the same whether there were any.</summary>
    public async Task DeauthorizeAsync(HttpContext context)
    {
        if (await TakeAsync(context, (grantors, request) => grantors.DoubtAsync(request)).ConfigureAwait(false))
            context.Response.StatusCode = StatusCodes.Status200OK;
    }

    /// <summary><c>POST …/data-deletion</c>: answered when it is done, the same whether there was anything.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        if (!await TakeAsync(context, (grantors, request) => grantors.ForgetAsync(request)).ConfigureAwait(false))
            return;
        var code = DeletionCode.New();
        var answer = new DataDeletionAnswer($"{address.Origin}{options.Value.Paths.DataDeletion.TrimEnd('/')}/{code}", code);
        await context.Response.WriteAsJsonAsync(answer, DataDeletionJson.Default.DataDeletionAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Does what a verified request asks for; false when it was refused, which is answered then.</summary>
    private async Task<bool> TakeAsync(HttpContext context, Func<Grantors, SignedRequestContent, Task> work)
    {
        RequestLanguage.Apply(context);
        if (await reader.ReadAsync(context).ConfigureAwait(false) is not { } request)
            return false;

        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            await work(scope.ServiceProvider.GetRequiredService<Grantors>(), request).ConfigureAwait(false);
        return true;
    }
}

internal sealed record DataDeletionAnswer(string Url, string ConfirmationCode);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DataDeletionAnswer))]
internal sealed partial class DataDeletionJson : JsonSerializerContext;
