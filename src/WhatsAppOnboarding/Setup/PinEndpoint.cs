using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Setup;

/// <summary><c>POST …/pin</c>: shows the PIN that is kept for a number of the signed-in account. A post, so that no link and no image can ask for it.</summary>
internal sealed class PinEndpoint(AccountPrincipal principal, RegistrationPins pins)
{
    public async Task AnswerAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        if (context.Request.Query.Count > 0
            || await JsonBody.ReadAsync(context.Request, PinJson.Default.PinRequest).ConfigureAwait(false) is not { } body
            || !PhoneNumberId.TryParse(body.PhoneNumberId, out var number))
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var reader = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.User.Identity?.Name;
        if (await pins.ReadAsync(account, number, reader, context.RequestAborted).ConfigureAwait(false) is not { } kept)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.PinUnknown).ConfigureAwait(false);
            return;
        }

        string[]? earlier = kept.Earlier.Count > 0 ? [.. kept.Earlier.Select(pin => pin.Reveal())] : null;
        var answer = new PinAnswer(true, kept.Pin.Reveal(), kept.IsConfirmed, kept.StoredAt, earlier);
        await context.Response.WriteAsJsonAsync(answer, PinJson.Default.PinAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PinRequest(string? PhoneNumberId);

internal sealed record PinAnswer(bool Success, string Pin, bool Confirmed, DateTimeOffset StoredAt, IReadOnlyList<string>? EarlierPins)
{
    public override string ToString() => nameof(PinAnswer);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PinRequest))]
[JsonSerializable(typeof(PinAnswer))]
internal sealed partial class PinJson : JsonSerializerContext;
