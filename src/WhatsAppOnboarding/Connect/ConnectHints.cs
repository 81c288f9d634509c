namespace WhatsAppOnboarding.Connect;

/// <summary>What a browser says of a grant. It can make an attempt quicker or end it, and never decides what is stored.</summary>
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
