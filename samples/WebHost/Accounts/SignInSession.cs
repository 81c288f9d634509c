using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace WebHost.Accounts;

/// <summary>One sign-in of one browser: gives it a name, so that what it opened can be ended when it signs out.</summary>
public sealed record SignInSession(string Id, DateTimeOffset? ExpiresAt)
{
    private const string Item = "session";

    public static Task Begin(CookieSigningInContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Properties.Items.TryAdd(Item, Guid.NewGuid().ToString("N"));
        return Task.CompletedTask;
    }

    /// <summary>The sign-in that a request came with.</summary>
    public static async Task<SignInSession?> OfAsync(HttpContext http)
    {
        var result = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return result.Succeeded && result.Properties.Items.TryGetValue(Item, out var id) && id is not null
            ? new SignInSession(id, result.Properties.ExpiresUtc)
            : null;
    }
}
