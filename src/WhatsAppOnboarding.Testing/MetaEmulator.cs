using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using WhatsAppOnboarding.Testing.Dialog;
using WhatsAppOnboarding.Testing.Webhooks;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>A stand-in for Meta on 127.0.0.1: login dialog, Embedded Signup popup, Graph API and webhooks, as strict as Meta is known to be.</summary>
public sealed class MetaEmulator : IAsyncDisposable
{
    private readonly EmulatorCore _core;
    private readonly WebApplication _app;
    private Task _retries = Task.CompletedTask;
    private int _disposed;

    private MetaEmulator(EmulatorCore core, WebApplication app)
    {
        _core = core;
        _app = app;
    }

    /// <summary>The base address of dialog, popup and Graph API, without a version.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The id of the emulated Meta app.</summary>
    public string AppId => _core.AppId;

    /// <summary>The secret of the emulated Meta app.</summary>
    [JsonIgnore]
    public string AppSecret => _core.AppSecret;

    /// <summary>
    /// What App Dashboard, Settings, Basic, Reset does: from now on the app has another secret, which is returned. Nothing is known of a time in which Meta takes both, so there is none:
    /// what is proved or signed with the older one is refused at once, and webhooks are signed with the new one. Customers' tokens stay good.
    /// </summary>
    public string ResetAppSecret() => _core.AppSecret = MetaIds.NewSecret();

    /// <summary>The Login for Business configuration, if only one is accepted.</summary>
    public string? ConfigurationId => _core.Options.ConfigurationId;

    /// <summary>Portfolios, WABAs, numbers, messages, tokens.</summary>
    public MetaWorld World => _core.World;

    /// <summary>What shall go wrong.</summary>
    public FaultScript Faults => _core.Faults;

    /// <summary>Whether the Graph API is down, slow or throttled.</summary>
    public MetaService Service => _core.Service;

    /// <summary>What was called.</summary>
    public CallLog Calls => _core.Calls;

    /// <summary>The Embedded Signup popup.</summary>
    public PopupScript Popup => _core.Popup;

    /// <summary>Meta's webhooks.</summary>
    public WebhookSender Webhooks => _core.Webhooks;

    /// <summary>What customers and Meta do to accounts, with its effect and its webhook.</summary>
    public Happenings Happenings => _core.Happenings;

    /// <summary>Deauthorize and data deletion callbacks.</summary>
    public SignedRequestSender SignedRequests => _core.SignedRequests;

    /// <summary>Starts an emulator; dispose it to stop it.</summary>
    /// <remarks>Ids that nobody names are others at each start, so that tests cannot lean on them.</remarks>
    public static Task<MetaEmulator> StartAsync(MetaEmulatorOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(options ?? new MetaEmulatorOptions(), fixedIds: false, cancellationToken);

    private static async Task<MetaEmulator> StartAsync(MetaEmulatorOptions options, bool fixedIds, CancellationToken cancellationToken)
    {
        var emulator = Make(options, fixedIds);
        await emulator.ListenAsync(cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>An emulator that does not listen yet. Where the options name the port its address is known.</summary>
    internal static MetaEmulator Make(MetaEmulatorOptions options, bool fixedIds)
    {
        var core = new EmulatorCore(options, fixedIds);
        return new(core, EmulatorHost.Build(core)) { Address = new Uri($"http://127.0.0.1:{options.Port}") };
    }

    internal async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        Address = new Uri(_app.Urls.First());
        if (_core.Options.TimeProvider == TimeProvider.System)
            _retries = RetryTimer.RunAsync(_core.Webhooks, _core.Stopping);
    }

    /// <summary>Starts an emulator and keeps it until <paramref name="cancellationToken"/> is set; then it stops, and the task ends without an exception.</summary>
    /// <remarks>It heeds no signals of the operating system, Ctrl+C neither: the host handles them and sets the token.</remarks>
    public static Task RunAsync(MetaEmulatorOptions options, CancellationToken cancellationToken) => RunAsync(options, _ => { }, cancellationToken);

    /// <summary>
    /// Starts an emulator, lets <paramref name="started"/> fill its world, and keeps it until <paramref name="cancellationToken"/> is set; then it stops,
    /// and the task ends without an exception.
    /// </summary>
    /// <remarks>
    /// Ids that nobody names, of the app too, are made from names and so are the same at each start: what an app stored of them still fits. Tokens and the
    /// secret are not, unless the options name it. It heeds no signals of the operating system, Ctrl+C neither: the host handles them and sets the token.
    /// </remarks>
    public static async Task RunAsync(MetaEmulatorOptions options, Action<MetaEmulator> started, CancellationToken cancellationToken)
    {
        var emulator = await StartAsync(options, fixedIds: true, cancellationToken).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            started(emulator);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Plays the person at the consent screen who ticks WABAs and presses Continue.</summary>
    /// <param name="dialogUrl">The dialog's address as the app built it.</param>
    /// <param name="wabaIds">The WABAs left ticked; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where Meta sends the browser, with <c>code</c> and <c>state</c>; not followed.</returns>
    /// <exception cref="InvalidOperationException">The dialog showed an error page.</exception>
    public Task<Uri> ApproveAsync(Uri dialogUrl, IEnumerable<string>? wabaIds = null, CancellationToken cancellationToken = default) =>
        ScriptedPerson.DecideAsync(this, dialogUrl, "continue", wabaIds, cancellationToken);

    /// <summary>Plays the person at the consent screen who presses Cancel.</summary>
    /// <returns>Where Meta sends the browser, with <c>error</c> and <c>state</c>; not followed.</returns>
    /// <exception cref="InvalidOperationException">The dialog showed an error page.</exception>
    public Task<Uri> CancelAsync(Uri dialogUrl, CancellationToken cancellationToken = default) =>
        ScriptedPerson.DecideAsync(this, dialogUrl, "cancel", null, cancellationToken);

    /// <summary>Plays the person who finishes the Embedded Signup popup.</summary>
    /// <param name="wabaIds">The WABAs granted; null for all.</param>
    /// <returns>A code without redirect URI, good for <see cref="MetaEmulatorOptions.PopupCodeLifetime"/>.</returns>
    public string IssuePopupCode(IEnumerable<string>? wabaIds = null) =>
        World.Grants.IssueCode(World.Grants.Grant(wabaIds, null), redirectUri: null).Value;

    /// <summary>Stops at once; calls that hang are broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _core.Stop();
        _core.Faults.Clear();
        await _retries.ConfigureAwait(false);
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _core.Dispose();
    }
}
