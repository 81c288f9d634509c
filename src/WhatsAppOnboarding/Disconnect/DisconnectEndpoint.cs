using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding;

/// <summary><c>POST …/disconnect</c>: ends the connection of the signed-in account, whole without a body or as far as the body says.</summary>
internal static class DisconnectEndpoint
{
    public static async Task RunAsync(DisconnectFlow disconnect, AccountId account, HttpContext context)
    {
        if (await ReadScopeAsync(context.Request).ConfigureAwait(false) is not { } scope)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var result = await disconnect.DisconnectAsync(account, scope, context.RequestAborted).ConfigureAwait(false);
        var words = WhatsAppWords.Of(context);
        OpenAtMeta[] open = [.. result.Open.Select(entry => OpenAtMeta.Of(words, StepNames.Unsubscribe, entry.Value, result.NextTryAt) with { WabaId = entry.Key.ToString() })];
        var (message, action) = words.Pair(WordKinds.Outcome, open.Length == 0 ? "disconnected" : "disconnected_here");
        if (open.Length > 0 && result.NextTryAt is null)
            action = open[0].Action;
        var answer = new DisconnectAnswer(
            true,
            message,
            action,
            Texts(result.Disconnected),
            [.. result.Unsubscribed.Select(waba => waba.ToString())],
            open,
            Texts(result.Deregistered),
            [.. result.NotDeregistered.Select(entry => OpenAtMeta.Of(words, StepNames.Deregister, entry.Value, entry.Value is ErrorCodes.Pending ? result.NextTryAt : null) with { PhoneNumberId = entry.Key.ToString() })],
            Texts(result.TokenKept),
            Texts(result.PinStored));
        await context.Response.WriteAsJsonAsync(answer, DisconnectJson.Default.DisconnectAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What the body asks for; null when it is there and makes no sense. A wrong or empty id must never widen the disconnect to all.</summary>
    private static async Task<DisconnectScope?> ReadScopeAsync(HttpRequest request)
    {
        if (request.Query.Count > 0)
            return null;
        var body = await JsonBody.ReadAsync(request, DisconnectJson.Default.DisconnectRequest, DisconnectRequest.All).ConfigureAwait(false);
        if (body is null || !TryRead(body.PhoneNumberId, out PhoneNumberId? number) || !TryRead(body.WabaId, out WabaId? waba)
            || body.Deregister.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False))
            return null;
        return new DisconnectScope { PhoneNumberId = number, WabaId = waba, Deregister = body.Deregister.ValueKind is JsonValueKind.True };
    }

    private static string[] Texts(IReadOnlyList<PhoneNumberId> numbers) => [.. numbers.Select(number => number.ToString())];

    private static bool TryRead<TId>(JsonElement given, out TId? id)
        where TId : struct, IGraphId<TId>
    {
        id = null;
        if (given.ValueKind is JsonValueKind.Undefined)
            return true;
        if (given.ValueKind is not JsonValueKind.String || !TId.TryParse(given.GetRawText().Trim('"'), out var read))
            return false;
        id = read;
        return true;
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DisconnectRequest(JsonElement PhoneNumberId, JsonElement WabaId, JsonElement Deregister)
{
    public static DisconnectRequest All { get; } = new(default, default, default);
}

internal sealed record DisconnectAnswer(
    bool Success,
    string Message,
    string Action,
    IReadOnlyList<string> Disconnected,
    IReadOnlyList<string> Unsubscribed,
    IReadOnlyList<OpenAtMeta> OpenSteps,
    IReadOnlyList<string> Deregistered,
    IReadOnlyList<OpenAtMeta> NotDeregistered,
    IReadOnlyList<string> TokenKept,
    IReadOnlyList<string> PinStored);

/// <summary>What is not done at Meta, for a WABA or for a number.</summary>
internal sealed record OpenAtMeta(string Code, string Message, string Action, DateTimeOffset? NextTryAt)
{
    public string? WabaId { get; init; }

    public string? PhoneNumberId { get; init; }

    public static OpenAtMeta Of(WhatsAppWords words, string step, string code, DateTimeOffset? nextTryAt)
    {
        var (message, action) = words.OpenStep(step, code);
        return new OpenAtMeta(code, message, action, nextTryAt);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DisconnectRequest))]
[JsonSerializable(typeof(DisconnectAnswer))]
internal sealed partial class DisconnectJson : JsonSerializerContext;
