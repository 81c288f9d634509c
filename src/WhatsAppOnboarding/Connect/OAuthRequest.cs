using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Connect;

/// <summary>What the front end posts. Whatever else is posted beside them is ignored, a portfolio's id too.</summary>
internal sealed record OAuthRequest(
    string? Code,
    string? State,
    string? Event = null,
    string? WabaId = null,
    IReadOnlyList<string?>? WabaIds = null,
    string? PhoneNumberId = null,
    string? Ending = null,
    string? CurrentStep = null,
    string? ErrorCode = null,
    string? SessionId = null,
    string? Renews = null)
{
    public const int MaxCodeLength = 2048;

    private const int MaxWabas = 50;

    /// <summary>What the browser says of the grant; null when an id makes no sense. What is empty was not said.</summary>
    public ConnectHints? ToHints()
    {
        string[] wabas = [.. (WabaIds ?? []).Append(WabaId).OfType<string>().Where(id => !string.IsNullOrWhiteSpace(id)).Distinct()];
        if (wabas.Length > MaxWabas || !Array.TrueForAll(wabas, id => WhatsAppOnboarding.WabaId.TryParse(id, out _)))
            return null;
        PhoneNumberId number = default;
        if (!string.IsNullOrWhiteSpace(PhoneNumberId) && !WhatsAppOnboarding.PhoneNumberId.TryParse(PhoneNumberId, out number))
            return null;
        return new ConnectHints(
            [.. wabas.Select(WhatsAppOnboarding.WabaId.Parse)], string.IsNullOrWhiteSpace(PhoneNumberId) ? null : number, ConnectHints.Word(Event));
    }

    public override string ToString() => "[oauth request]";
}

/// <summary>What a browser says of a grant. It can make an attempt quicker or end it, and with <see cref="NumberChoice.Chosen"/> it says which part of the grant is connected. It proves nothing: what the token does not show is never stored.</summary>
/// <param name="Wabas">The WABAs that it names.</param>
/// <param name="Number">The number that it names, if one.</param>
/// <param name="Event">With which event Meta's popup ended, if it said.</param>
internal sealed record ConnectHints(IReadOnlyList<WabaId> Wabas, PhoneNumberId? Number, string? Event)
{
    private const int MaxWord = 128;

    public static ConnectHints None { get; } = new([], null, null);

    /// <summary>Whether the number stays in the WhatsApp Business app, by the word of Meta's popup.</summary>
    public bool SayCoexistence => Event == "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING";

    /// <summary>A word of Meta's, or null: only what cannot be anything else is written down.</summary>
    public static string? Word(string? text) =>
        text is { Length: > 0 and <= MaxWord } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.') ? text : null;
}

/// <summary>An end of Meta's popup without a code, as the page tells it, so that whoever is asked for help finds it among the attempts.</summary>
/// <param name="Code">The stable code of the end.</param>
/// <param name="Detail">At which step or with which error, in Meta's own words.</param>
internal sealed record EndWithoutCode(string Code, string? Detail)
{
    private static readonly string[] Known =
    [
        ErrorCodes.Cancelled, ErrorCodes.GivenUp, ErrorCodes.CodeLost, ErrorCodes.PopupLeft, ErrorCodes.PopupError, ErrorCodes.PopupClosed, ErrorCodes.PopupBlocked, ErrorCodes.PopupTimeout, ErrorCodes.SdkUnavailable,
    ];

    /// <summary>The end that a request tells; null when it tells none that is known, or a code came, too.</summary>
    public static EndWithoutCode? Read(OAuthRequest request)
    {
        if (!string.IsNullOrWhiteSpace(request.Code) || Array.Find(Known, code => code == request.Ending) is not { } known)
            return null;
        string?[] words = [ConnectHints.Word(request.Event), ConnectHints.Word(request.CurrentStep), ConnectHints.Word(request.ErrorCode), ConnectHints.Word(request.SessionId)];
        return new EndWithoutCode(known, words.Any(word => word is not null) ? string.Join(' ', words.OfType<string>()) : null);
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ChooseRequest(Guid? AttemptId, IReadOnlyList<string?>? PhoneNumberIds = null, bool Cancel = false, bool Disconnect = false)
{
    private const int MaxNumbers = 1000;

    /// <summary>The fields of a form, whose boxes each send their number; null when it is none of this route's.</summary>
    public static ChooseRequest? Read(IFormCollection form) => Guid.TryParse(form["attemptId"], out var attempt)
        ? new ChooseRequest(attempt, form.ContainsKey("cancel") ? null : form["phoneNumberIds"].ToArray(), form.ContainsKey("cancel"), form.ContainsKey("disconnect"))
        : null;

    /// <summary>The numbers chosen, none for a cancel; null when the body says neither or both.</summary>
    public IReadOnlyCollection<PhoneNumberId>? ToNumbers()
    {
        if (Cancel)
            return PhoneNumberIds is null ? [] : null;
        return PhoneNumberIds is { Count: > 0 and <= MaxNumbers } ids && ids.All(id => PhoneNumberId.TryParse(id, out _))
            ? [.. ids.Select(id => PhoneNumberId.Parse(id!)).Distinct()]
            : null;
    }
}
