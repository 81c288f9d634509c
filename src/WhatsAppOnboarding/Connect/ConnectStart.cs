using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary>Makes a state and the address of Meta's login dialog that carries it.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow</remarks>
internal sealed class ConnectStart(
    IOptionsMonitor<WhatsAppOnboardingOptions> options, PublicAddress address, StateProtection protection, TimeProvider time)
{
    public static readonly TimeSpan StateLife = TimeSpan.FromMinutes(10);

    /// <summary>A new state of an account, to be finished in one of the <see cref="ConnectWay"/>s.</summary>
    public ConnectState CreateState(AccountId account, string way, string? expect) => new()
    {
        Id = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16)),
        AttemptId = Guid.NewGuid(),
        Account = account,
        Way = way,
        ExpiresAt = time.GetUtcNow() + StateLife,
        RedirectUri = way == ConnectWay.Popup ? null : address.RedirectUri,
        Expect = expect,
    };

    /// <summary>The state as it goes out.</summary>
    public string Protect(ConnectState state) => protection.Protect(state);

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
