using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>Which numbers to disconnect: all, unless a number or a WABA is named.</summary>
public sealed record DisconnectScope
{
    /// <summary>Only this number.</summary>
    public PhoneNumberId? PhoneNumberId { get; init; }

    /// <summary>Only the numbers of this WABA.</summary>
    public WabaId? WabaId { get; init; }

    internal bool Covers(PhoneNumber number) =>
        (PhoneNumberId is not { } id || number.PhoneNumberId == id) && (WabaId is not { } waba || number.WabaId == waba);
}

/// <summary>What a disconnect did.</summary>
public sealed record DisconnectResult
{
    /// <summary>The numbers that became inactive by this call.</summary>
    public required IReadOnlyList<PhoneNumberId> Disconnected { get; init; }

    /// <summary>The WABAs that the app could not be unsubscribed from, each with the stable code of why.</summary>
    public required IReadOnlyDictionary<WabaId, string> Open { get; init; }
}

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
        OpenUnsubscribe[] open = [.. result.Open.Select(entry => OpenUnsubscribe.Of(words, entry.Key, entry.Value))];
        var (message, action) = words.Pair(WordKinds.Outcome, open.Length == 0 ? "disconnected" : "disconnected_here");
        var answer = new DisconnectAnswer(
            true,
            message,
            action,
            [.. result.Disconnected.Select(number => number.ToString())],
            open);
        await context.Response.WriteAsJsonAsync(answer, DisconnectJson.Default.DisconnectAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What the body asks for; null when it is there and makes no sense. A wrong or empty id must never widen the disconnect to all.</summary>
    private static async Task<DisconnectScope?> ReadScopeAsync(HttpRequest request)
    {
        if (request.Query.Count > 0)
            return null;
        var body = await JsonBody.ReadAsync(request, DisconnectJson.Default.DisconnectRequest, DisconnectRequest.All).ConfigureAwait(false);
        if (body is null || !TryRead(body.PhoneNumberId, out PhoneNumberId? number) || !TryRead(body.WabaId, out WabaId? waba))
            return null;
        return new DisconnectScope { PhoneNumberId = number, WabaId = waba };
    }

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
internal sealed record DisconnectRequest(JsonElement PhoneNumberId, JsonElement WabaId)
{
    public static DisconnectRequest All { get; } = new(default, default);
}

internal sealed record DisconnectAnswer(bool Success, string Message, string Action, IReadOnlyList<string> Disconnected, IReadOnlyList<OpenUnsubscribe> OpenSteps);

internal sealed record OpenUnsubscribe(string WabaId, string Code, string Message, string Action)
{
    public static OpenUnsubscribe Of(WhatsAppWords words, WabaId waba, string code)
    {
        var (message, action) = words.OpenStep(StepNames.Unsubscribe, code);
        return new OpenUnsubscribe(waba.ToString(), code, message, action);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DisconnectRequest))]
[JsonSerializable(typeof(DisconnectAnswer))]
internal sealed partial class DisconnectJson : JsonSerializerContext;
