using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// <c>POST …/data-deletion</c>: a person asks for what is known of them to be deleted. Answered when it is done, the same whether there was anything.
/// </summary>
internal sealed class DataDeletionEndpoint(
    SignedRequestReader reader, PublicAddress address, IOptions<WhatsAppOnboardingOptions> options, IServiceScopeFactory scopes)
{
    public async Task TakeAsync(HttpContext context)
    {
        RequestLanguage.Apply(context);
        if (await reader.ReadAsync(context).ConfigureAwait(false) is not { } request)
            return;

        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            await scope.ServiceProvider.GetRequiredService<Grantors>().ForgetAsync(request).ConfigureAwait(false);
        var code = DeletionCode.New();
        var answer = new DataDeletionAnswer($"{address.Origin}{options.Value.Paths.DataDeletion.TrimEnd('/')}/{code}", code);
        await context.Response.WriteAsJsonAsync(answer, DataDeletionJson.Default.DataDeletionAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

internal sealed record DataDeletionAnswer(string Url, string ConfirmationCode);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DataDeletionAnswer))]
internal sealed partial class DataDeletionJson : JsonSerializerContext;
