using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary>One random cookie per browser, which ties a state to the browser that asked for it. Two tabs share it.</summary>
internal sealed class BrowserCookie(PublicAddress address)
{
    private const int Bytes = 32;

    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private string Name => address.IsHttps ? "__Host-whatsapp-onboarding" : "whatsapp-onboarding";

    /// <summary>Gives the browser its cookie, or keeps the one it has, and returns the hash that goes into the state.</summary>
    public string Ensure(HttpContext context)
    {
        var value = Read(context.Request) ?? WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));
        context.Response.Cookies.Append(Name, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = address.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = Life,
            IsEssential = true,
        });
        return Hashes.Of(value);
    }

    /// <summary>Whether this browser is the one with that hash. No cookie or no hash is a no.</summary>
    public bool Matches(HttpRequest request, string? hash) =>
        hash is not null
        && Read(request) is { } value
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hashes.Of(value)), Encoding.ASCII.GetBytes(hash));

    private string? Read(HttpRequest request) =>
        request.Cookies[Name] is { Length: > 40 and < 64 } value ? value : null;
}
