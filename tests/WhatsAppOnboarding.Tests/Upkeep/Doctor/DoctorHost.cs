using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>
/// A host that believes to be https://saas.example and to talk to Meta itself. All is well with it, so that an examination finds what a test made wrong, and nothing else.
/// </summary>
internal sealed class DoctorHost : IAsyncDisposable
{
    public const string Origin = "https://saas.example";
    public const string ConfigurationId = "9876543210";

    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("doctor-keys-");

    private DoctorHost()
    {
    }

    public TheHost Host { get; private set; } = null!;

    public MetaEmulator Meta { get; private set; } = null!;

    public Outside Outside { get; } = new();

    public ShiftedTime Clock { get; } = new();

    public DirectoryInfo Keys => _keys;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<DoctorHost> StartAsync(Action<HostSetup, DoctorHost>? configure = null, Uri? callback = null)
    {
        var host = new DoctorHost();
        host.Meta = await MetaEmulator.StartAsync(
            new MetaEmulatorOptions { WebhookCallback = callback ?? new Uri($"{Origin}/webhooks/whatsapp") }, TestContext.Current.CancellationToken);
        host.Outside.Meta = host.Meta.Address;
        host.Host = await TheHost.StartAsync(
            setup =>
            {
                setup["PublicOrigin"] = Origin;
                setup["GraphBaseAddress"] = "https://graph.facebook.com";
                setup["DialogBaseAddress"] = "https://www.facebook.com";
                setup["ConfigurationId"] = ConfigurationId;
                setup.Services.AddSingleton<TimeProvider>(host.Clock);
                setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
                setup.Services.AddHttpClient(GraphRegistration.ClientName).AddHttpMessageHandler(() => host.Outside);
                configure?.Invoke(setup, host);
            },
            meta: host.Meta);
        host.Outside.Host = host.Host.Address;
        host.Clock.HasTimers = false;
        return host;
    }

    /// <summary>As in Production, with keys that are kept and protected.</summary>
    public static void InProduction(HostSetup setup, DoctorHost host)
    {
        setup.Environment = Environments.Production;
        setup.KeyFolder = host.Keys;
        setup.Services.Configure<KeyManagementOptions>(keys => keys.XmlEncryptor ??= new NullXmlEncryptor());
    }

    /// <summary>Makes a key in the host's folder that lives for so long.</summary>
    public async Task MakeKeyAsync(TimeSpan life)
    {
        await using var services = new ServiceCollection().AddLogging().AddDataProtection().PersistKeysToFileSystem(Keys).Services.BuildServiceProvider();
        services.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow - TimeSpan.FromDays(1), DateTimeOffset.UtcNow + life);
    }

    public Task<IReadOnlyList<Finding>> ExamineAsync() =>
        Host.UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ExamineAsync(TestContext.Current.CancellationToken));

    /// <summary>An account that connected one number.</summary>
    public async Task ConnectAsync(string account = "acme")
    {
        var waba = Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        using var api = Host.OpenApi(account);
        (await api.ConnectByPopupAsync(Host, waba)).IsSuccessStatusCode.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Meta.DisposeAsync();
        _keys.Delete(recursive: true);
    }
}

/// <summary>What lies between the host and the rest of the world: Meta's name leads to the emulator, the host's own back to it.</summary>
internal sealed class Outside : DelegatingHandler
{
    public Uri? Meta { get; set; }

    public Uri? Host { get; set; }

    /// <summary>What answers at the host's public address in its place; null for the host.</summary>
    public Func<HttpResponseMessage>? Stranger { get; set; }

    /// <summary>The public addresses that were asked for.</summary>
    public List<Uri> Asked { get; } = [];

    public static HttpResponseMessage Answer(HttpStatusCode status, string body = "") => new(status) { Content = new StringContent(body) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        if (asked.Host == "graph.facebook.com")
        {
            request.RequestUri = new Uri(Meta!, asked.PathAndQuery);
        }
        else if (asked.Host == new Uri(DoctorHost.Origin).Host)
        {
            lock (Asked)
                Asked.Add(asked);
            if (Stranger is { } stranger)
                return stranger();
            request.RequestUri = new Uri(Host!, asked.PathAndQuery);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>The system's clock, but wrong by a time that a test sets; and stretches of time that never were.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public TimeSpan Passed { get; set; }

    /// <summary>Whether its timers fire: a test that waits for nothing turns them off, so that a busy machine strikes no limit.</summary>
    public bool HasTimers { get; set; } = true;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        HasTimers ? base.CreateTimer(callback, state, dueTime, period) : base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Passed.TotalSeconds * TimestampFrequency);
}

/// <summary>A service of which one method answers what a test says, and the others nothing.</summary>
public class Answering : DispatchProxy
{
    private string _method = "";
    private object? _answer;

    /// <param name="method">The method.</param>
    /// <param name="answer">What its task gives, or the task; null to break.</param>
    public static T Of<T>(string method, object? answer)
        where T : class
    {
        var proxy = Create<T, Answering>();
        ((Answering)(object)proxy)._method = method;
        ((Answering)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.ReturnType.GetGenericArguments().FirstOrDefault();
        if (targetMethod.Name == _method && _answer is null)
            throw new InvalidOperationException("The server 'db.internal' does not answer.");
        if (targetMethod.Name == _method && _answer is Task task)
            return task;
        if (type is null)
            return Task.CompletedTask;
        var value = targetMethod.Name == _method ? _answer : type.IsGenericType ? Array.CreateInstance(type.GetGenericArguments()[0], 0) : null;
        return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(type).Invoke(null, [value]);
    }
}
