using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Configuration;

/// <summary>Checks the configuration at start: every error at once, each with its cure.</summary>
internal sealed class OptionsValidator(IHostEnvironment environment) : IValidateOptions<WhatsAppOnboardingOptions>
{
    private const int MinVerifyToken = 32;

    private bool IsStrict => !environment.IsDevelopment();

    public ValidateOptionsResult Validate(string? name, WhatsAppOnboardingOptions options)
    {
        string[] errors = [.. App(options), .. Addresses(options), .. Limits(options), .. Links(options.Links), .. WebhooksValidator.Errors(options.Webhooks), .. PathsValidator.Errors(options.Paths)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> App(WhatsAppOnboardingOptions options)
    {
        if (!IsDigits(options.AppId))
            yield return "WhatsAppOnboarding:AppId must be the Meta app's id, digits only. Copy it from App Dashboard > Settings > Basic.";
        if (string.IsNullOrWhiteSpace(options.AppSecret))
            yield return "WhatsAppOnboarding:AppSecret is missing. Copy it from App Dashboard > Settings > Basic into a secret store, not into source control.";
        else if (options.AppSecret.Trim() != options.AppSecret || options.AppSecret.Contains('|', StringComparison.Ordinal))
            yield return "WhatsAppOnboarding:AppSecret begins or ends with a space or a line break, or holds a '|'. Copy the secret alone, without what a file or an app token has beside it.";
        if (options.PreviousAppSecret is not null != options.PreviousAppSecretUntil is not null)
            yield return "WhatsAppOnboarding:PreviousAppSecret and PreviousAppSecretUntil belong together. Set both during a rotation, none after it.";
        if (options.ConfigurationId is { Length: > 0 } configuration && !IsDigits(configuration))
            yield return "WhatsAppOnboarding:ConfigurationId must be digits. Copy it from Facebook Login for Business > Configurations, or leave it out.";
        if (!IsJsonObject(options.PopupExtras))
            yield return "WhatsAppOnboarding:PopupExtras must be a JSON object, such as {\"setup\":{}}. Leave it out for that.";
        if (!IsVersion(options.GraphApiVersion))
            yield return "WhatsAppOnboarding:GraphApiVersion must look like v25.0.";
        if (options.Scopes.Any(string.IsNullOrWhiteSpace))
            yield return "WhatsAppOnboarding:Scopes has an empty entry. Name Meta's permissions, or leave the list out.";
        if (string.IsNullOrWhiteSpace(options.AccountClaimType))
            yield return "WhatsAppOnboarding:AccountClaimType must name the claim that holds the account's id.";
        if (options.SecondWebhookVerifyToken is { } second && (string.IsNullOrEmpty(options.WebhookVerifyToken) || (IsStrict && second.Length < MinVerifyToken)))
            yield return $"WhatsAppOnboarding:SecondWebhookVerifyToken is only for a rotation: beside WebhookVerifyToken, and outside Development with at least {MinVerifyToken} characters. Take it out after it.";
        if (string.IsNullOrWhiteSpace(options.PersonClaimType))
            yield return "WhatsAppOnboarding:PersonClaimType must name the claim that holds the person's id. Leave it out for the name identifier.";
        if (IsStrict && (options.WebhookVerifyToken?.Length ?? 0) < MinVerifyToken)
            yield return $"WhatsAppOnboarding:WebhookVerifyToken must have at least {MinVerifyToken} characters outside Development. Make a random one and enter it in the app dashboard, too.";
    }

    private IEnumerable<string> Addresses(WhatsAppOnboardingOptions options)
    {
        if (options.PublicOrigin is null ? IsStrict : !IsOrigin(options.PublicOrigin))
            yield return $"WhatsAppOnboarding:PublicOrigin must be where browsers reach this host, such as https://app.example.com, without a path{Https()}.";
        if (options.RedirectUri is { } redirect && !(IsWeb(redirect, out var uri) && uri.Fragment.Length == 0))
            yield return $"WhatsAppOnboarding:RedirectUri must be an absolute address as listed in the app's valid OAuth redirect URIs, without a fragment{Https()}.";
        foreach (var origin in options.AllowedOrigins.Where(origin => !IsOrigin(origin) || origin.EndsWith('/')))
            yield return $"WhatsAppOnboarding:AllowedOrigins: '{origin}' is not an origin such as https://app.example.com, without a slash at the end{Https()}.";
        foreach (var (key, address, meta) in new[]
        {
            (nameof(options.GraphBaseAddress), options.GraphBaseAddress, "graph.facebook.com"),
            (nameof(options.DialogBaseAddress), options.DialogBaseAddress, "www.facebook.com"),
            (nameof(options.SdkAddress), options.SdkAddress, "connect.facebook.net"),
        })
        {
            if (address is null || !address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
                yield return $"WhatsAppOnboarding:{key} must be an absolute address, such as https://{meta}. Leave it out for Meta's own.";
            else if (IsStrict && !options.AllowOtherMetaHosts && (address.Host != meta || address.Scheme != "https"))
                yield return $"WhatsAppOnboarding:{key} is not https://{meta}. Leave it out, or set WhatsAppOnboarding:AllowOtherMetaHosts to true if that is really meant.";
        }
    }

    private static IEnumerable<string> Limits(WhatsAppOnboardingOptions options)
    {
        if (options.MaxStarts < 1 || options.MaxExchanges < 1)
            yield return "WhatsAppOnboarding:MaxStarts and MaxExchanges must be above zero.";
        if (options.StateLifetime < TimeSpan.FromMinutes(10) || options.StateLifetime > TimeSpan.FromHours(24))
            yield return "WhatsAppOnboarding:StateLifetime must be between 10 minutes and 24 hours.";
        if (options.LimitWindow <= TimeSpan.Zero || options.LimitWindow > TimeSpan.FromDays(1))
            yield return "WhatsAppOnboarding:LimitWindow must be above zero and at most a day.";
        if (options.GraphAttemptTimeout <= TimeSpan.Zero || options.GraphTotalTimeout < options.GraphAttemptTimeout || options.GraphTotalTimeout > TimeSpan.FromSeconds(40))
            yield return "WhatsAppOnboarding:GraphAttemptTimeout must be above zero, and GraphTotalTimeout between it and 40 seconds.";
        if (options.SharedProofLifetime <= TimeSpan.Zero || options.SharedProofLifetime > TimeSpan.FromDays(90))
            yield return "WhatsAppOnboarding:SharedProofLifetime must be above zero and at most 90 days.";
        if (options.CheckInterval < TimeSpan.FromMinutes(15) || options.CheckInterval > TimeSpan.FromHours(20))
            yield return "WhatsAppOnboarding:CheckInterval must be between 15 minutes and 20 hours. Leave it out for 6 hours.";
        if (options.AccountEventLife < TimeSpan.FromDays(1) || options.AccountEventLife > TimeSpan.FromDays(3650))
            yield return "WhatsAppOnboarding:AccountEventLife must be between a day and 3650 days. Leave it out for 400 days.";
        if (!Enum.IsDefined(options.NumberChoice))
            yield return "WhatsAppOnboarding:NumberChoice must be Chosen, All or Ask.";
        if (!Enum.IsDefined(options.SharedNumbers))
            yield return "WhatsAppOnboarding:SharedNumbers must be Allow or Refuse.";
    }

    private IEnumerable<string> Links(SetupLinkOptions links)
    {
        foreach (var origin in links.AllowedReturnOrigins.Where(origin => !IsOrigin(origin) || origin.EndsWith('/')))
            yield return $"WhatsAppOnboarding:Links:AllowedReturnOrigins: '{origin}' is not an origin such as https://www.example.com, without a slash at the end{Https()}.";
        if (links.StyleSheet is { } sheet && !(sheet.StartsWith('/') && !sheet.StartsWith("//", StringComparison.Ordinal)) && !IsWeb(sheet, out _))
            yield return $"WhatsAppOnboarding:Links:StyleSheet must be a path of this host, such as /css/link.css, or an absolute address{Https()}.";
        if (links.MaxOpen < 1)
            yield return "WhatsAppOnboarding:Links:MaxOpen must be above zero. Leave it out for 100.";
    }

    private static bool IsJsonObject(string? text)
    {
        try
        {
            using var json = JsonDocument.Parse(text ?? "");
            return json.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsDigits(string? text) => text is { Length: > 0 and <= 32 } && text.All(char.IsAsciiDigit);

    private static bool IsVersion(string? text) => text is { Length: >= 4 and <= 6 } && text[0] == 'v' && text[^2] == '.'
        && text.AsSpan(1, text.Length - 3).ContainsAnyExceptInRange('0', '9') is false && char.IsAsciiDigit(text[^1]);

    private bool IsOrigin(string text) => IsWeb(text, out var uri) && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;

    private bool IsWeb(string text, out Uri uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri!) && (uri.Scheme == "https" || (!IsStrict && uri.Scheme == "http"));

    private string Https() => IsStrict ? "; https outside Development" : "";
}
