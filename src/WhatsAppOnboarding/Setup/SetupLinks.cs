using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Setup;

/// <summary>The account's side of links: made, listed, taken back. Of the secret only a hash is kept.</summary>
internal sealed class SetupLinks(
    LinkRecords links, NumberAuthority numbers, AccountEventDelivery events, PublicAddress address, IOptions<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    private const int SecretBytes = 32;
    private const int MaxListed = 500;
    private const int MaxText = 200;
    private const int MaxAddress = 1000;

    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    private SetupLinkOptions Options => options.Value.Links;

    public async Task<SetupLink> CreateAsync(AccountId account, SetupLinkRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Options.ServiceName))
            throw new InvalidOperationException("Links need a page that names your service. Set WhatsAppOnboarding:Links:ServiceName, and call app.MapWhatsAppLinks().");
        var (expect, shown) = await ExpectedAsync(account, request, cancellationToken).ConfigureAwait(false);
        Check(request);
        var now = time.GetUtcNow();
        if ((await links.ListAsync(account, now, Options.MaxOpen, cancellationToken).ConfigureAwait(false)).Count >= Options.MaxOpen)
            throw new InvalidOperationException($"The account has {Options.MaxOpen} links that are not used yet. Revoke some of them, or raise WhatsAppOnboarding:Links:MaxOpen.");

        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));
        var link = new SetupLink
        {
            Id = Guid.NewGuid(),
            Kind = request.Kind,
            CreatedAt = now,
            ExpiresAt = now + request.Lifetime,
            Language = request.Language?.ToLowerInvariant(),
            ExpectedNumber = shown,
            ReturnUrl = request.ReturnUrl,
            Label = request.Label,
            Creator = request.Creator,
        };
        await links.AddAsync(new StoredLink { Link = link, AccountId = account, UrlHash = StoredLink.HashOf(secret), Expect = expect }, cancellationToken).ConfigureAwait(false);
        await TellAsync(account, AccountEvent.LinkCreated, link.Id, request.Creator, now).ConfigureAwait(false);
        return link with { Url = $"{address.Origin}{options.Value.Paths.Links.TrimEnd('/')}/{secret}" };
    }

    public async Task<IReadOnlyList<SetupLink>> ListAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var usable = await links.ListAsync(account, now, int.MaxValue, cancellationToken).ConfigureAwait(false);
        var newest = await links.ListAsync(account, null, MaxListed, cancellationToken).ConfigureAwait(false);
        return [.. usable.Concat(newest).DistinctBy(link => link.Link.Id).OrderByDescending(link => link.Link.CreatedAt).Select(link => link.At(now))];
    }

    public async Task<SetupLink?> RevokeAsync(AccountId account, Guid id, string? person)
    {
        Text(person, nameof(person));
        var now = time.GetUtcNow();
        var (link, _) = await links.ChangeAsync(account, id, stored => stored.At(now).State is SetupLink.Open or SetupLink.Pressed
            ? stored with { Link = stored.Link with { RevokedAt = now, RevokedBy = person } }
            : null).ConfigureAwait(false);

        // Also where it was before, for whoever did it may have died before it was told; it is kept once.
        if (link?.Link is { RevokedAt: { } at } taken)
            await TellAsync(account, AccountEvent.LinkRevoked, id, taken.RevokedBy, at).ConfigureAwait(false);
        return link?.At(now);
    }

    private async Task TellAsync(AccountId account, string kind, Guid link, string? person, DateTimeOffset at)
    {
        using var actor = Actor.Enter(Actor.Now?.Origin is Actor.Operator ? Actor.Operator : Actor.Account, account, person);
        await numbers.WriteAsync(account, _ => [], [LinkEvents.Of(account, kind, link, person, at)], CancellationToken.None).ConfigureAwait(false);
        await events.DeliverAsync(account).ConfigureAwait(false);
    }

    private void Check(SetupLinkRequest request)
    {
        if (request.Lifetime < ShortestLife || request.Lifetime > LongestLife)
            throw Invalid(nameof(request.Lifetime), "must be between 10 minutes and 30 days");
        if (request.Language is { } language && Languages.Find(language) is null)
            throw Invalid(nameof(request.Language), "must be en, es or pt. Leave it out for the language of the visitor's browser");
        if (request.ReturnUrl is { } target && !IsAllowed(target))
            throw Invalid(nameof(request.ReturnUrl), "must be a path of this host, such as /thanks, or an address whose origin is listed in WhatsAppOnboarding:Links:AllowedReturnOrigins");
        Text(request.Label, nameof(request.Label));
        Text(request.Creator, nameof(request.Creator));
    }

    /// <summary>The number as it is compared, and as the page shows it. One that the account knows is shown as Meta does.</summary>
    private async Task<(string? Expect, string? Shown)> ExpectedAsync(AccountId account, SetupLinkRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind is not (SetupLink.ForSetup or SetupLink.ForReconnect))
            throw Invalid(nameof(request.Kind), $"must be {SetupLink.ForSetup} or {SetupLink.ForReconnect}");
        var isReconnect = request.Kind is SetupLink.ForReconnect;
        if (request.ExpectedNumber is not { } given)
            return isReconnect ? throw Invalid(nameof(request.ExpectedNumber), "is needed for a reconnect link: name the number that is to be connected again") : (null, null);
        if (given.Length > MaxText || TelephoneNumber.Clean(given) is not { } expect)
            throw Invalid(nameof(request.ExpectedNumber), "must be a telephone number or a number's id at Meta");

        var read = await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        var known = read.Numbers.FirstOrDefault(number => number.PhoneNumberId.ToString() == expect || TelephoneNumber.Same(expect, number.DisplayPhone));
        if (known is null && isReconnect)
            throw Invalid(nameof(request.ExpectedNumber), "must be a number that the account has or had. For another one make a setup link");
        return (expect, known?.DisplayPhone ?? given.Trim());
    }

    private bool IsAllowed(string target) => target.Length is > 0 and <= MaxAddress && !target.AsSpan().ContainsAnyExceptInRange('!', '~') && (RedirectHttpResult.IsLocalUrl(target)
        ? target[0] == '/'
        : Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
            && Options.AllowedReturnOrigins.Contains(uri.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase));

    private static void Text(string? text, string name)
    {
        if (text is not null && (text.Length > MaxText || text.Any(char.IsControl)))
            throw Invalid(name, $"must have at most {MaxText} characters, none of them a control character");
    }

    private static ArgumentException Invalid(string name, string cure) => new($"{name} {cure}.", name);
}

/// <summary>What the host is told of links.</summary>
internal static class LinkEvents
{
    /// <summary>The same whenever it is made again, so that it is kept once.</summary>
    public static AccountEvent Of(AccountId account, string kind, Guid link, string? person, DateTimeOffset at) => new()
    {
        Id = new Guid(SHA256.HashData([.. link.ToByteArray(), .. Encoding.ASCII.GetBytes(kind)]).AsSpan(0, 16)),
        Kind = kind,
        AccountId = account,
        At = at,
        Numbers = [],
        Reason = link.ToString(),
        Person = person,
    };
}
