using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Notices;

/// <summary>What both callbacks share: a verified request, or a refusal that says why.</summary>
internal sealed partial class SignedRequestReader(IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<SignedRequestReader> logger)
{
    /// <summary>What the request says; null when it was refused, which is answered then.</summary>
    public async Task<SignedRequestContent?> ReadAsync(HttpContext context)
    {
        var text = await SignedRequestForm.ReadAsync(context.Request).ConfigureAwait(false);
        var (fault, content) = Read(text);
        if (content is not null)
            return content;

        var code = fault switch
        {
            SignedRequestFault.BadSignature => ErrorCodes.SignedRequestForged,
            SignedRequestFault.Untimely => ErrorCodes.SignedRequestUntimely,
            _ => ErrorCodes.SignedRequestInvalid,
        };
        Log.Refused(logger, code);
        await ProblemAnswer.WriteAsync(context, code).ConfigureAwait(false);
        return null;
    }

    private (SignedRequestFault Fault, SignedRequestContent? Content) Read(string? text)
    {
        var now = time.GetUtcNow();
        return SignedRequest.Read(text, options.CurrentValue.AcceptedAppSecrets(now), now);
    }

    private static partial class Log
    {
        [LoggerMessage(1610, LogLevel.Warning, "Refused a signed request: {Code}; if Meta sent it, check WhatsAppOnboarding:AppSecret and this machine's clock")]
        public static partial void Refused(ILogger logger, string code);
    }
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
