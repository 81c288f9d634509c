using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Http;

namespace WhatsAppOnboarding.Connect;

/// <summary>Makes a state and the address of Meta's login dialog that carries it.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow</remarks>
internal sealed class ConnectStart(
    IOptionsMonitor<WhatsAppOnboardingOptions> options, PublicAddress address, StateProtection protection, TimeProvider time)
{
    public static readonly TimeSpan StateLife = TimeSpan.FromMinutes(10);

    /// <summary>A new state of an account: <paramref name="browserHash"/> makes it one for the callback, without it is one for the post.</summary>
    public ConnectState CreateState(AccountId account, string? returnPath, string? browserHash) => new(
        WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16)),
        account.ToString(),
        browserHash is null ? ConnectWay.Api : ConnectWay.Browser,
        time.GetUtcNow() + StateLife,
        address.RedirectUri,
        returnPath,
        browserHash);

    /// <summary>Where the browser goes to give its consent.</summary>
    public Uri DialogUrl(ConnectState state)
    {
        var current = options.CurrentValue;
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = current.AppId,
            ["redirect_uri"] = state.RedirectUri,
            ["state"] = protection.Protect(state),
            ["response_type"] = "code",
        };

        if (current.ConfigurationId is not { Length: > 0 } configuration)
        {
            query["scope"] = string.Join(',', current.EffectiveScopes);
        }
        else
        {
            query["config_id"] = configuration;
            if (current.ConfigurationIssuesSystemUserTokens)
                query["override_default_response_type"] = "true";
        }

        var dialog = $"{current.DialogBaseAddress.ToString().TrimEnd('/')}/{current.GraphApiVersion}/dialog/oauth";
        return new Uri(QueryHelpers.AddQueryString(dialog, query));
    }
}
