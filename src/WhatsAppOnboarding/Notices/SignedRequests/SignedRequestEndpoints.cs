using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Notices;

/// <summary>What Meta calls when a person takes back what was granted to the app, or asks for what is known of them to be deleted.</summary>
internal sealed partial class SignedRequestEndpoints(
    PublicAddress address, IOptionsMonitor<WhatsAppOnboardingOptions> options, IOptions<WhatsAppOnboardingOptions> atStart, IServiceScopeFactory scopes, TimeProvider time,
    ILogger<SignedRequestEndpoints> logger)
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
        // Where the routes are was read at start.
        var answer = new DataDeletionAnswer($"{address.Origin}{atStart.Value.Paths.DataDeletion.TrimEnd('/')}/{code}", code);
        await context.Response.WriteAsJsonAsync(answer, DataDeletionJson.Default.DataDeletionAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Does what a verified request asks for; false when it was refused, which is answered then.</summary>
    private async Task<bool> TakeAsync(HttpContext context, Func<Grantors, SignedRequestContent, Task> work)
    {
        RequestLanguage.Apply(context);
        if (await ReadAsync(context).ConfigureAwait(false) is not { } request)
            return false;

        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            await work(scope.ServiceProvider.GetRequiredService<Grantors>(), request).ConfigureAwait(false);
        return true;
    }

    /// <summary>What the request says; null when it was refused, which is answered then.</summary>
    private async Task<SignedRequestContent?> ReadAsync(HttpContext context)
    {
        var text = await SignedRequestForm.ReadAsync(context.Request).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var (fault, content) = SignedRequest.Read(text, options.CurrentValue.AcceptedAppSecrets(now), now);
        if (content is not null)
            return content;

        var code = fault switch
        {
            SignedRequestFault.BadSignature => ErrorCodes.SignedRequestForged,
            SignedRequestFault.Untimely => ErrorCodes.SignedRequestUntimely,
            _ => ErrorCodes.SignedRequestInvalid,
        };
        LogRefused(code);
        await ProblemAnswer.WriteAsync(context, code).ConfigureAwait(false);
        return null;
    }

    [LoggerMessage(1610, LogLevel.Warning, "Refused a signed request: {Code}; if Meta sent it, check WhatsAppOnboarding:AppSecret and this machine's clock")]
    private partial void LogRefused(string code);
}

/// <summary>Reads the one field of Meta's form; what is not that is null, never an exception.</summary>
internal static class SignedRequestForm
{
    private const int MaxBytes = 16 * 1024;

    public static async Task<string?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes
            || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return null;

        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return length <= MaxBytes
            && QueryHelpers.ParseQuery(Encoding.UTF8.GetString(buffer, 0, length)).ToArray() is [(SignedRequest.FieldName, [{ } text])]
            ? text
            : null;
    }
}

internal sealed record DataDeletionAnswer(string Url, string ConfirmationCode);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DataDeletionAnswer))]
internal sealed partial class DataDeletionJson : JsonSerializerContext;
