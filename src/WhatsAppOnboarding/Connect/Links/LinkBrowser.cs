using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// The random cookie that binds a link to the browser that presses its button. Each link has its own, which lives as long as the link. By https nobody else can put one there
/// (<c>__Host-</c>), so that it stays; without, each look at a link that is not pressed yet gives a new one.
/// </summary>
internal static class LinkBrowser
{
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    /// <summary>Whether it can be the secret of a link; nothing else is looked up.</summary>
    public static bool IsWellFormed(string? secret) =>
        secret is { Length: SecretLength } && secret.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>The hash of the cookie that the browser sent for a link; null without one.</summary>
    public static string? HashIn(HttpContext context, PublicAddress address, Guid link) =>
        context.Request.Cookies[NameOf(address, link)] is { Length: SecretLength } value ? StateBinding.HashOf(value) : null;

    /// <summary>Gives the browser a new cookie for a link.</summary>
    public static void Give(HttpContext context, PublicAddress address, SetupLink link, DateTimeOffset now) => context.Response.Cookies.Append(
        NameOf(address, link.Id),
        WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes)),
        new CookieOptions
        {
            HttpOnly = true,
            Secure = address.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            // Who comes back a little late still sees how it ended.
            MaxAge = link.ExpiresAt - now + TimeSpan.FromDays(1),
            IsEssential = true,
        });

    /// <summary>Whether two hashes are of one browser. None is nobody's.</summary>
    public static bool IsSame(string? one, string? other) =>
        one is not null && other is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    private static string NameOf(PublicAddress address, Guid link) => $"{(address.IsHttps ? "__Host-" : "")}whatsapp-link-{link:N}";
}
