using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>Which numbers to disconnect: all, unless a number or a WABA is named; and what is done at Meta besides.</summary>
/// <remarks>
/// What the customer granted is not taken back: Meta documents no call for that. The token is wiped here, and the customer removes the app in the settings of the business
/// portfolio or, of a personal grant, of their Facebook account. That removal is followed when Meta reports it.
/// </remarks>
public sealed record DisconnectScope
{
    /// <summary>Only this number.</summary>
    public PhoneNumberId? PhoneNumberId { get; init; }

    /// <summary>Only the numbers of this WABA.</summary>
    public WabaId? WabaId { get; init; }

    /// <summary>
    /// Whether the numbers that this call disconnects are also deregistered at Meta, so that they are free for other uses. Default: no. Never done for a number that is in
    /// use in the WhatsApp Business app, or that another account holds; counted with the ten registrations that Meta takes of a number in 72 hours; and once begun never
    /// repeated. The PIN stays the number's.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration</remarks>
    public bool Deregister { get; init; }

    internal bool Covers(PhoneNumber number) =>
        (PhoneNumberId is not { } id || number.PhoneNumberId == id) && (WabaId is not { } waba || number.WabaId == waba);
}

/// <summary>What a disconnect did, and what is still to be done: the status of the numbers shows the same later.</summary>
public sealed record DisconnectResult
{
    /// <summary>The numbers that became inactive by this call.</summary>
    public required IReadOnlyList<PhoneNumberId> Disconnected { get; init; }

    /// <summary>The WABAs that the app left, or need not leave, because another number of theirs is held.</summary>
    public IReadOnlyList<WabaId> Unsubscribed { get; init; } = [];

    /// <summary>The WABAs that the app could not be unsubscribed from, each with the stable code of why.</summary>
    public required IReadOnlyDictionary<WabaId, string> Open { get; init; }

    /// <summary>The numbers that are not registered any more, where that was asked for.</summary>
    public IReadOnlyList<PhoneNumberId> Deregistered { get; init; } = [];

    /// <summary>
    /// The numbers that were to be deregistered, by this call or an earlier one, and are not, or nobody knows: each with the stable code of why. Only <c>pending</c> is done by itself.
    /// </summary>
    public IReadOnlyDictionary<PhoneNumberId, string> NotDeregistered { get; init; } = new Dictionary<PhoneNumberId, string>();

    /// <summary>When what is open is tried again by itself; null when nothing is.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>The numbers that still keep a token, for what is open and for seven days at most. Those of all others are wiped.</summary>
    public IReadOnlyList<PhoneNumberId> TokenKept { get; init; } = [];

    /// <summary>
    /// The numbers of which a PIN is kept: it outlives a disconnect, and is read by <see cref="IWhatsAppSetup.ReadPinAsync"/>. An erase removes it, and names those
    /// whose PIN it removed: before an erase, disconnect and have these PINs read.
    /// </summary>
    public IReadOnlyList<PhoneNumberId> PinStored { get; init; } = [];
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
        OpenAtMeta[] open = [.. result.Open.Select(entry => OpenAtMeta.Of(words, StepNames.Unsubscribe, entry.Value, entry.Value is ErrorCodes.TokenInvalid ? null : result.NextTryAt) with { WabaId = entry.Key.ToString() })];
        var (message, action) = words.Pair(WordKinds.Outcome, open.Length == 0 ? "disconnected" : "disconnected_here");
        if (open.Length > 0 && open.All(step => step.NextTryAt is null))
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
