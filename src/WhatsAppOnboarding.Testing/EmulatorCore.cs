using WhatsAppOnboarding.Testing.Webhooks;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>What all parts of one emulator share.</summary>
internal sealed class EmulatorCore : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public EmulatorCore(MetaEmulatorOptions options)
    {
        Options = options;
        Stopping = _stopping.Token;
        AppId = options.AppId ?? MetaIds.NewId();
        AppSecret = options.AppSecret ?? MetaIds.NewSecret();
        World = new MetaWorld(options);
        Popup = new PopupScript(World);
        Calls = new CallLog(options.TimeProvider);
        Webhooks = new WebhookSender(this);
    }

    public MetaEmulatorOptions Options { get; }

    public string AppId { get; }

    public string AppSecret { get; }

    public MetaWorld World { get; }

    public FaultScript Faults { get; } = new();

    public CallLog Calls { get; }

    public WebhookSender Webhooks { get; }

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
