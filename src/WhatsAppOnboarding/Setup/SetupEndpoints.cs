using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>What the signed-in account has done for one of its numbers.</summary>
internal static class SetupEndpoints
{
    /// <summary><c>POST …/steps</c>: finishes or repeats a step.</summary>
    public static async Task RunStepAsync(IWhatsAppSetup setup, AccountId account, HttpContext context)
    {
        if (context.Request.Query.Count > 0
            || await JsonBody.ReadAsync(context.Request, SetupJson.Default.StepsRequest).ConfigureAwait(false) is not { } body
            || body.ToRequest(out var number) is not { } request)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var limits = context.RequestServices.GetRequiredService<AttemptLimits>();
        if (await limits.RefuseStepAsync(account).ConfigureAwait(false) is { } limited)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.TooManyAttempts, limited).ConfigureAwait(false);
            return;
        }

        var outcome = await setup.RunStepAsync(account, number, request, context.RequestAborted).ConfigureAwait(false);
        if (outcome is { Succeeded: true, Number: { } view })
        {
            var (message, action) = WhatsAppWords.Of(context).Pair(WordKinds.Done, outcome.Step);
            await context.Response.WriteAsJsonAsync(
                new StepsAnswer(true, outcome.Step, message, action, view, outcome.Budget), SetupJson.Default.StepsAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var wait = outcome is { Code: ErrorCodes.RegisterLimit or ErrorCodes.CodeLimit, Budget.NextAt: { } next } ? next - context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() : (TimeSpan?)null;
        await ProblemAnswer.WriteAsync(context, outcome.Code ?? ErrorCodes.NotConnected, wait).ConfigureAwait(false);
    }

    /// <summary><c>POST …/pin</c>: shows the PIN that is kept. A post, so that no link and no image can ask for it.</summary>
    public static async Task ReadPinAsync(IWhatsAppSetup setup, AccountId account, HttpContext context)
    {
        if (context.Request.Query.Count > 0
            || await JsonBody.ReadAsync(context.Request, SetupJson.Default.PinRequest).ConfigureAwait(false) is not { } body
            || !PhoneNumberId.TryParse(body.PhoneNumberId, out var number))
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        if (await setup.ReadPinAsync(account, number, AccountRoute.PersonOf(context), context.RequestAborted).ConfigureAwait(false) is not { } kept)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.PinUnknown).ConfigureAwait(false);
            return;
        }

        string[]? earlier = kept.Earlier.Count > 0 ? [.. kept.Earlier.Select(pin => pin.Reveal())] : null;
        var answer = new PinAnswer(true, kept.Pin.Reveal(), kept.IsConfirmed, kept.StoredAt, earlier);
        await context.Response.WriteAsJsonAsync(answer, SetupJson.Default.PinAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record StepsRequest(string? PhoneNumberId, string? Step, string? Pin, string? Code, string? Method, string? Language)
{
    /// <summary>What the body asks for; null when it makes no sense. What belongs to another step is not passed over in silence.</summary>
    public StepRequest? ToRequest(out PhoneNumberId number)
    {
        TwoStepPin? pin = null;
        var fits = WhatsAppOnboarding.PhoneNumberId.TryParse(PhoneNumberId, out number)
            && (Pin is null || (Step is StepNames.Register && TwoStepPin.TryParse(Pin, out pin)))
            && (Code is null || Step is StepNames.VerifyCode)
            && ((Method is null && Language is null) || Step is StepNames.RequestCode)
            && Method is null or "SMS" or "VOICE"
            && (Language is null || IsLanguage(Language));
        var request = new StepRequest
        {
            Step = Step ?? "",
            Pin = pin,
            Code = Code,
            ByCall = Method is "VOICE",
            Language = Language ?? "en_US",
        };
        return fits && request.MakesSense() ? request : null;
    }

    public override string ToString() => Step ?? "";

    /// <summary>A language as Meta names it, such as <c>en</c> or <c>en_US</c>.</summary>
    private static bool IsLanguage(string language) => language.Split('_') switch
    {
        [var one] => IsPart(one, char.IsAsciiLetterLower),
        [var one, var country] => IsPart(one, char.IsAsciiLetterLower) && IsPart(country, char.IsAsciiLetterUpper),
        _ => false,
    };

    private static bool IsPart(string text, Func<char, bool> fits) => text.Length is 2 or 3 && text.All(fits);
}

internal sealed record StepsAnswer(bool Success, string Step, string Message, string Action, PhoneNumberView Number, StepBudget? Budget);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PinRequest(string? PhoneNumberId);

internal sealed record PinAnswer(
    bool Success, string Pin, bool Confirmed, DateTimeOffset StoredAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? EarlierPins)
{
    public override string ToString() => nameof(PinAnswer);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StepsRequest))]
[JsonSerializable(typeof(StepsAnswer))]
[JsonSerializable(typeof(PinRequest))]
[JsonSerializable(typeof(PinAnswer))]
internal sealed partial class SetupJson : JsonSerializerContext;
