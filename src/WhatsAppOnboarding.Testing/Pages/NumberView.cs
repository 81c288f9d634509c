using System.Globalization;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>What a business phone number is at the moment, and what last came to the phone.</summary>
internal static class NumberView
{
    public static Markup Render(EmulatedNumber number) => $"""
        <p>Status {number.Status}, quality {number.QualityRating}, id <code>{number.Id}</code></p>
        <p>{Verification(number)} {Registration(number)} {Pin(number)} {Name(number)} {NewName(number)} {Routing(number)}</p>
        {Code(number)}
        """;

    private static Markup Verification(EmulatedNumber number) => number.CodeVerificationStatus == "VERIFIED"
        ? (Markup)$"""<span class="good">Verified.</span>"""
        : $"""<span class="bad">Not verified ({number.CodeVerificationStatus}).</span>""";

    private static Markup Registration(EmulatedNumber number) => number.IsCoexistence
        ? (Markup)$"""<span class="good">Registered, and on the WhatsApp Business app.</span>"""
        : number.PlatformType == "CLOUD_API" ? (Markup)$"""<span class="good">Registered.</span>"""
        : $"""<span class="bad">Not registered ({number.PlatformType}).</span>""";

    private static Markup? Name(EmulatedNumber number) => number.NameStatus == "APPROVED"
        ? null
        : (Markup)$"""<span class="bad">Name {number.NameStatus}.</span>""";

    private static Markup? NewName(EmulatedNumber number) => number.NewDisplayName is { } name
        ? (Markup)$"""New name “{name}”: {number.NewNameStatus}."""
        : null;

    private static Markup? Routing(EmulatedNumber number) => number.IsRoutedElsewhere
        ? (Markup)$"""<span class="bad">Conversations are routed to another responder.</span>"""
        : null;

    private static Markup? Pin(EmulatedNumber number) => number.TwoStepPin is { } pin
        ? (Markup)$"""Two-step verification is on, PIN {pin}."""
        : null;

    private static Markup? Code(EmulatedNumber number) => number.VerificationCodes is [.., var last]
        ? (Markup)$"""
            <p class="code">{(last.Method == "SMS" ? "Message to" : "Call to")} this phone at {last.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC:
            your WhatsApp verification code is <strong>{last.Code}</strong></p>
            """
        : null;
}
