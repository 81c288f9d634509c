using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Connect;

/// <summary>What a page needs to open Meta's Embedded Signup popup and to hand in what comes of it.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation</remarks>
internal sealed class PopupStart(IOptionsMonitor<WhatsAppOnboardingOptions> options, IOptions<WhatsAppOnboardingOptions> atStart, ConnectStart start)
{
    /// <summary>Where the routes are was read at start, as the routes themselves were.</summary>
    private WhatsAppOnboardingPaths Paths => atStart.Value.Paths;

    public PopupStartAnswer Answer(ConnectState state, HttpRequest request)
    {
        var prefix = PrefixOf(request);
        return new PopupStartAnswer(
            true,
            state.AttemptId,
            start.Protect(state),
            state.ExpiresAt,
            Popup(options.CurrentValue),
            new PopupLinks(prefix + Paths.OAuth, $"{prefix}{Paths.Attempts}/{state.AttemptId}", prefix + Paths.Choose));
    }

    /// <summary>What the host put before the routes: a path base, or the prefix of a group. The request that asks came by it.</summary>
    private string PrefixOf(HttpRequest request)
    {
        var (path, connect) = (request.PathBase.Add(request.Path).Value!.TrimEnd('/'), Paths.Connect.TrimEnd('/'));
        return path.EndsWith(connect, StringComparison.OrdinalIgnoreCase) ? path[..^connect.Length] : "";
    }

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
