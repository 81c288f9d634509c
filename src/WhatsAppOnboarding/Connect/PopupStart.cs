using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Connect;

/// <summary>What a page needs to open Meta's Embedded Signup popup and to hand in what comes of it.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation</remarks>
internal sealed class PopupStart(IOptionsMonitor<WhatsAppOnboardingOptions> options, ConnectStart start)
{
    public PopupStartAnswer Answer(ConnectState state, HttpRequest request)
    {
        var paths = options.CurrentValue.Paths;
        var above = request.PathBase.Add(Prefix(request.Path.Value!.TrimEnd('/'), paths.Connect));
        return new PopupStartAnswer(
            true,
            state.AttemptId,
            start.Protect(state),
            state.ExpiresAt,
            Popup(options.CurrentValue),
            new PopupLinks(above.Add(paths.OAuth), above.Add($"{paths.Attempts}/{state.AttemptId}"), above.Add(paths.Choose)));
    }

    /// <summary>Under what the routes are mapped: all before the path that led here.</summary>
    private static string Prefix(string path, string connect) =>
        path.EndsWith(connect.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) ? path[..^connect.TrimEnd('/').Length] : "";

    /// <summary>Null where a popup cannot give a code: without a configuration, or with one that issues a person's token.</summary>
    private static PopupSettings? Popup(WhatsAppOnboardingOptions options)
    {
        if (options.ConfigurationId is not { Length: > 0 } configuration || !options.ConfigurationIssuesSystemUserTokens)
            return null;

        using var extras = JsonDocument.Parse(options.PopupExtras);
        return new PopupSettings(
            options.SdkAddress.AbsoluteUri,
            options.AppId,
            options.GraphApiVersion,
            configuration,
            extras.RootElement.Clone(),
            IsMeta(options.DialogBaseAddress) ? null : options.DialogBaseAddress.GetLeftPart(UriPartial.Authority));
    }

    private static bool IsMeta(Uri dialog) => dialog.Scheme == "https"
        && (dialog.Host == "facebook.com" || dialog.Host.EndsWith(".facebook.com", StringComparison.OrdinalIgnoreCase));
}

/// <summary>The answer to a start of the popup.</summary>
internal sealed record PopupStartAnswer(bool Success, Guid AttemptId, string State, DateTimeOffset ExpiresAt, PopupSettings? Popup, PopupLinks Links);

/// <summary>For Meta's script; <paramref name="MessageOrigin"/> is null when messages come from Meta's own hosts.</summary>
internal sealed record PopupSettings(string SdkAddress, string AppId, string Version, string ConfigurationId, JsonElement Extras, string? MessageOrigin);

/// <summary>Where the page goes on.</summary>
internal sealed record PopupLinks(string Finish, string Attempt, string Choose);
