using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Setup;

/// <summary><c>POST …/steps</c>: finishes or repeats a step of one number of the signed-in account.</summary>
internal sealed class StepsEndpoint(AccountPrincipal principal, StepRunner steps, TimeProvider time)
{
    public async Task RunAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        if (context.Request.Query.Count > 0
            || await JsonBody.ReadAsync(context.Request, StepsJson.Default.StepsRequest).ConfigureAwait(false) is not { } body
            || body.ToRequest(out var number) is not { } request)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var outcome = await steps.RunAsync(account, number, request, context.RequestAborted).ConfigureAwait(false);
        if (outcome is { Succeeded: true, Number: { } view })
        {
            var (message, action) = WhatsAppWords.Of(context).Pair(WordKinds.Done, outcome.Step);
            await context.Response.WriteAsJsonAsync(
                new StepsAnswer(true, outcome.Step, message, action, view, outcome.Budget), StepsJson.Default.StepsAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var wait = outcome is { Code: ErrorCodes.RegisterLimit or ErrorCodes.CodeLimit, Budget.NextAt: { } next } ? next - time.GetUtcNow() : (TimeSpan?)null;
        await ProblemAnswer.WriteAsync(context, outcome.Code ?? ErrorCodes.NotConnected, wait).ConfigureAwait(false);
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record StepsRequest(string? PhoneNumberId, string? Step, string? Pin, string? Code, string? Method, string? Language)
{
    /// <summary>What the body asks for; null when it makes no sense. What belongs to another step is not passed over in silence.</summary>
    public StepRequest? ToRequest(out PhoneNumberId number)
    {
        if (!WhatsAppOnboarding.PhoneNumberId.TryParse(PhoneNumberId, out number) || !RequestedStep.Exists(Step))
            return null;
        TwoStepPin? pin = null;
        var fits = (Pin is null || (Step is RequestedStep.Register && TwoStepPin.TryParse(Pin, out pin)))
            && (Step is RequestedStep.VerifyCode ? VerificationCode.IsValid(Code) : Code is null)
            && ((Method is null && Language is null) || Step is RequestedStep.RequestCode)
            && Method is null or "SMS" or "VOICE"
            && (Language is null || VerificationCode.IsLanguage(Language));
        return !fits ? null : new StepRequest
        {
            Step = Step!,
            Pin = pin,
            Code = Code,
            Method = Method is "VOICE" ? CodeMethod.Voice : CodeMethod.Sms,
            Language = Language ?? "en_US",
        };
    }

    public override string ToString() => Step ?? "";
}

internal sealed record StepsAnswer(bool Success, string Step, string Message, string Action, PhoneNumberView Number, StepBudget? Budget);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StepsRequest))]
[JsonSerializable(typeof(StepsAnswer))]
internal sealed partial class StepsJson : JsonSerializerContext;
