using WhatsAppOnboarding.Testing.Calls;
using WhatsAppOnboarding.Testing.Webhooks;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>What all parts of one emulator share.</summary>
internal sealed class EmulatorCore : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public EmulatorCore(MetaEmulatorOptions options, bool fixedIds)
    {
        Options = options;
        Stopping = _stopping.Token;
        AppId = options.AppId ?? (fixedIds ? MetaIds.FixedId("app") : MetaIds.NewId());
        AppSecret = options.AppSecret ?? MetaIds.NewSecret();
        World = new MetaWorld(options, AppId, fixedIds);
        Popup = new PopupScript(World);
        Calls = new CallLog(options.TimeProvider);
        Usage = new UsageBook(World, options);
        Service = new MetaService(Usage);
        App = new AppCallback(options);
        Webhooks = new WebhookSender(this);
        Happenings = new Happenings(World, Webhooks);
        SignedRequests = new SignedRequestSender(this);
    }

    public MetaEmulatorOptions Options { get; }

    public string AppId { get; }

    public string AppSecret { get; set; }

    public MetaWorld World { get; }

    public FaultScript Faults { get; } = new();

    public CallLog Calls { get; }

    public UsageBook Usage { get; }

    public MetaService Service { get; }

    public AppCallback App { get; }

    public WebhookSender Webhooks { get; }

    public Happenings Happenings { get; }

    public SignedRequestSender SignedRequests { get; }

    public PopupScript Popup { get; }

    public WebhookPost Post { get; } = new();

    /// <summary>Set when the emulator stops: hanging calls end at once.</summary>
    public CancellationToken Stopping { get; }

    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        Post.Dispose();
        _stopping.Dispose();
    }
}
