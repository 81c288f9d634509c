using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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

    private SignedRequestResult Read(string? text)
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
