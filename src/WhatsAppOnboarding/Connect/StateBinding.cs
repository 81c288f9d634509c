using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Binds a state to who may finish it: signs and encrypts it, so that nobody else can make one or read one, ties it to a browser by a random cookie,
/// and says whether a request may finish it.
/// </summary>
internal sealed class StateBinding(
    IDataProtectionProvider provider, AccountPrincipal principal, PublicAddress address, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    private const int MaxLength = 4096;
    private const int CookieBytes = 32;

    private readonly IDataProtector _protector = provider.CreateProtector("WhatsAppOnboarding", "state.v1");

    private string CookieName => address.IsHttps ? "__Host-whatsapp-onboarding" : "whatsapp-onboarding";

    /// <summary>SHA-256 in 64 lower-case hex digits. What is hashed here is random, so it needs no salt.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public string Protect(ConnectState state) => _protector.Protect(JsonSerializer.Serialize(state, ConnectStateJson.Default.ConnectState));

    /// <summary>
    /// The state, if it may be finished by this request, or the code of the refusal: signature, expiry, way, browser, account, in this order. It consumes nothing.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="text">The state as it came.</param>
    /// <param name="byPost">Whether a post finishes here, else the callback in the browser that began it.</param>
    public async Task<(ConnectState? State, string? Refusal)> CheckAsync(HttpContext context, string? text, bool byPost)
    {
        if (Read(text) is not { } state)
            return (null, ErrorCodes.StateInvalid);
        if (state.ExpiresAt <= time.GetUtcNow())
            return (null, ErrorCodes.StateExpired);
        if (byPost ? !ConnectWay.IsByPost(state.Way) : state.Way != ConnectWay.Browser)
            return (null, ErrorCodes.StateWrongWay);
        if (!byPost && !IsBrowser(context.Request, state.BrowserHash))
            return (null, ErrorCodes.OtherBrowser);
        var (account, refusal) = await principal.FindAsync(context, state.Account).ConfigureAwait(false);
        if (account is not { } signedIn)
            return (null, refusal);
        return state.Account == signedIn ? (state, null) : (null, ErrorCodes.OtherAccount);
    }

    /// <summary>
    /// Whether a code that came too late for that older state may be handed in with this one. It is this one that binds, so that the older one can only speak
    /// against it: by another account, way or link. One that is empty or cannot be read any more says nothing.
    /// </summary>
    /// <param name="state">The one that binds.</param>
    /// <param name="text">The older one as it came.</param>
    /// <param name="older">The older one; null when it cannot be read any more.</param>
    public bool MayRenew(ConnectState state, string text, out ConnectState? older)
    {
        older = Read(text);
        return older is null || (older.Account == state.Account && older.Way == state.Way && older.LinkId == state.LinkId);
    }

    /// <summary>Gives the browser its cookie, or keeps the one it has, which two tabs share, and returns the hash that goes into the state.</summary>
    public string EnsureBrowser(HttpContext context)
    {
        var value = ReadCookie(context.Request) ?? WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(CookieBytes));
        context.Response.Cookies.Append(CookieName, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = address.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            // A second tab that begins later shares the cookie, and one that began earlier has less time left.
            MaxAge = options.CurrentValue.StateLifetime + TimeSpan.FromMinutes(5),
            IsEssential = true,
        });
        return HashOf(value);
    }

    /// <summary>Whether this browser is the one with that hash. No cookie or no hash is a no.</summary>
    private bool IsBrowser(HttpRequest request, string? hash) =>
        hash is not null
        && ReadCookie(request) is { } value
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(value)), Encoding.ASCII.GetBytes(hash));

    private string? ReadCookie(HttpRequest request) =>
        request.Cookies[CookieName] is { Length: > 40 and < 64 } value ? value : null;

    /// <summary>The state, or null when it was not made here or cannot be read any more. That it can be read does not yet say who may finish it.</summary>
    public ConnectState? Read(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
            return null;
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(text), ConnectStateJson.Default.ConnectState);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a <c>state</c> carries through Meta and back: whose attempt it is, how it may be finished, and until when.</summary>
internal sealed record ConnectState
{
    public required string Id { get; init; }

    /// <summary>The id that the attempt gets, known from the start so that its progress can be asked for.</summary>
    public required Guid AttemptId { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>One of <see cref="ConnectWay"/>.</summary>
    public required string Way { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The redirect URI of the dialog, to the letter; null for the popup, whose codes are exchanged without one.</summary>
    public string? RedirectUri { get; init; }

    public string? ReturnPath { get; init; }

    public string? BrowserHash { get; init; }

    /// <summary>The number that must be among those granted: its id, or its digits; null for any.</summary>
    public string? Expect { get; init; }

    /// <summary>Whether nothing but the expected number may be connected.</summary>
    public bool OnlyExpected { get; init; }

    /// <summary>The link by which it began; null for the account's own.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>Of a link, where the browser comes back: the secret in its address. A state is encrypted.</summary>
    public string? LinkSecret { get; init; }
}

/// <summary>How an attempt may be finished.</summary>
internal static class ConnectWay
{
    /// <summary>By the callback on the server, in the browser that started it.</summary>
    public const string Browser = "browser";

    /// <summary>By a post of the account's own front end.</summary>
    public const string Api = "api";

    /// <summary>By a post of the page that opened Meta's popup.</summary>
    public const string Popup = "popup";

    /// <summary>No state: an attempt that chooses among what an earlier one was granted.</summary>
    public const string Choice = "choice";

    /// <summary>By the callback on the server, in the browser that pressed a link's button, whoever is signed in there.</summary>
    public const string Link = "link";

    /// <summary>By a post of a link's page, in the browser that pressed its button.</summary>
    public const string LinkPopup = "link_popup";

    public static bool IsByPost(string way) => way is Api or Popup;

    /// <summary>Whether whoever has a link began it, and alone answers what it asks.</summary>
    public static bool IsOfLink(string way) => way is Link or LinkPopup;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConnectState))]
internal sealed partial class ConnectStateJson : JsonSerializerContext;
