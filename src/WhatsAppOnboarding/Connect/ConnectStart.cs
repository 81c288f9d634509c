using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Makes a state, and what carries it to Meta: the address of the login dialog, or what a page needs to open the Embedded Signup popup.</summary>
/// <remarks>
/// Sources: https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow,
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation
/// </remarks>
internal sealed class ConnectStart(
    IOptionsMonitor<WhatsAppOnboardingOptions> options, IOptions<WhatsAppOnboardingOptions> atStart, PublicAddress address, StateBinding binding, TimeProvider time)
{
    /// <summary>Where the routes are was read at start, as the routes themselves were.</summary>
    private WhatsAppOnboardingPaths Paths => atStart.Value.Paths;

    /// <summary>A new state of an account, to be finished in one of the <see cref="ConnectWay"/>s.</summary>
    public ConnectState CreateState(AccountId account, string way, string? expect) => new()
    {
        Id = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16)),
        AttemptId = Guid.NewGuid(),
        Account = account,
        Way = way,
        ExpiresAt = time.GetUtcNow() + options.CurrentValue.StateLifetime,
        RedirectUri = way is ConnectWay.Popup or ConnectWay.LinkPopup ? null : address.RedirectUri,
        Expect = expect,
    };

    /// <summary>A new state of a link, bound to a browser.</summary>
    public ConnectState CreateState(StoredLink link, string way, string? browser) => CreateState(link.AccountId, way, link.Expect) with
    {
        LinkId = link.Link.Id,
        BrowserHash = browser,
        OnlyExpected = link.Link.Kind is SetupLink.ForReconnect,
    };

    /// <summary>Whether there is a popup to open.</summary>
    public bool HasPopup => options.CurrentValue is { ConfigurationId.Length: > 0, ConfigurationIssuesSystemUserTokens: true };

    /// <summary>Where the browser goes to give its consent.</summary>
    public Uri DialogUrl(ConnectState state)
    {
        var current = options.CurrentValue;
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = current.AppId,
            ["redirect_uri"] = state.RedirectUri,
            ["state"] = binding.Protect(state),
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

    /// <summary>What opens the popup, and where its end is posted.</summary>
    public PopupStartAnswer PopupAnswer(ConnectState state, HttpRequest request)
    {
        var prefix = PrefixOf(request);
        return PopupAnswer(state, new PopupLinks(prefix + Paths.OAuth, $"{prefix}{Paths.Attempts}/{state.AttemptId}", prefix + Paths.Choose));
    }

    public PopupStartAnswer PopupAnswer(ConnectState state, PopupLinks links) => new(
        true, state.AttemptId, binding.Protect(state), state.ExpiresAt, (int)options.CurrentValue.StateLifetime.TotalSeconds, Popup(options.CurrentValue), links);

    /// <summary>What the host put before the routes: a path base, or the prefix of a group. The request that asks came by it.</summary>
    private string PrefixOf(HttpRequest request)
    {
        var (path, connect) = (request.PathBase.Add(request.Path).Value!.TrimEnd('/'), Paths.Connect.TrimEnd('/'));
        return path.EndsWith(connect, StringComparison.OrdinalIgnoreCase) ? path[..^connect.Length] : "";
    }

    /// <summary>Null where a popup cannot give a code: without a configuration, or with one that issues a person's token.</summary>
    private static PopupSettings? Popup(WhatsAppOnboardingOptions options)
    {
        if (options is not { ConfigurationId: { Length: > 0 } configuration, ConfigurationIssuesSystemUserTokens: true })
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

/// <summary>Writes down who began to connect, and what is heard of them before there is an attempt. Nothing here holds up or fails one.</summary>
internal sealed partial class AttemptStarts(AttemptRecords store, LibraryMetrics metrics, TimeProvider time, ILogger<AttemptStarts> logger)
{
    // A page gives a sign every minute, and browsers let pages that nobody sees run once a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Once a start is within the limits, and before the browser is sent on.</summary>
    public async Task BeginAsync(ConnectState state, string language)
    {
        metrics.ConnectStarted(state.Way, language);
        await TryAsync(state.AttemptId, () => store.StartAsync(new StartedAttempt
        {
            Id = state.AttemptId,
            AccountId = state.Account,
            Way = state.Way,
            Language = language,
            StartedAt = time.GetUtcNow(),
            SilentAt = state.ExpiresAt,
        })).ConfigureAwait(false);
    }

    /// <summary>The page tells that somebody is there.</summary>
    public Task SignAsync(AccountId account, Guid attempt, bool isOpen, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.NoteSignAsync(account, attempt, now, now + Patience, isOpen, cancellationToken);
    }

    /// <summary>Meta sent the browser back without a code.</summary>
    public Task RefusedAsync(ConnectState state, string outcome, string language) => TryAsync(state.AttemptId, async () =>
    {
        if (await store.EndStartAsync(state.Account, state.AttemptId, outcome).ConfigureAwait(false))
            metrics.ConnectAbandoned(state.Way, outcome, language);
    });

    /// <summary>What began with the older state goes on with this one, so that it is one start.</summary>
    public Task RenewedAsync(ConnectState older, ConnectState state) =>
        TryAsync(state.AttemptId, () => store.RenewStartAsync(state.Account, older.AttemptId, state.AttemptId));

    private async Task TryAsync(Guid attempt, Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotWritten(exception, attempt);
        }
    }

    [LoggerMessage(1328, LogLevel.Warning, "The start of attempt {Attempt}, or what was heard of it, could not be written; the funnel will not have it, and the attempt goes on")]
    private partial void LogNotWritten(Exception exception, Guid attempt);
}

/// <summary>The answer to a start of the popup; <paramref name="ExpiresIn"/> is seconds, because a browser's clock may be wrong.</summary>
internal sealed record PopupStartAnswer(bool Success, Guid AttemptId, string State, DateTimeOffset ExpiresAt, int ExpiresIn, PopupSettings? Popup, PopupLinks Links);

/// <summary>For Meta's script; <paramref name="MessageOrigin"/> is null when messages come from Meta's own hosts.</summary>
internal sealed record PopupSettings(string SdkAddress, string AppId, string Version, string ConfigurationId, JsonElement Extras, string? MessageOrigin);

/// <summary>Where the page goes on.</summary>
internal sealed record PopupLinks(string Finish, string Attempt, string Choose);
