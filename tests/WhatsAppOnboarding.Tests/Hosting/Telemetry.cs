using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Setup;
using WhatsAppOnboarding.Tests.Upkeep;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Hosting;

/// <summary>What OpenTelemetry's own SDK collects of hosts in which everything happens once: what goes well and what does not.</summary>
/// <param name="Instruments">Each instrument with the names and values of its tags.</param>
/// <param name="Spans">Each span.</param>
internal sealed record Telemetry(IReadOnlyList<Metric> Instruments, IReadOnlyList<Activity> Spans)
{
    private static readonly Lazy<Task<Telemetry>> Collected = new(CollectAsync);

    /// <summary>Collected once for all tests.</summary>
    public static Task<Telemetry> ReadAsync() => Collected.Value;

    /// <summary>The names of all tags of an instrument.</summary>
    public static string[] TagsOf(Metric metric) => [.. Tags(metric).Select(tag => tag.Key).Distinct().Order(StringComparer.Ordinal)];

    public static IEnumerable<KeyValuePair<string, object?>> Tags(Metric metric)
    {
        var tags = new List<KeyValuePair<string, object?>>();
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            foreach (var tag in point.Tags)
                tags.Add(tag);
        }

        return tags;
    }

    private static async Task<Telemetry> CollectAsync()
    {
        List<Metric> metrics = [];
        List<Activity> spans = [];
        using var meters = Sdk.CreateMeterProviderBuilder().AddMeter(WhatsAppOnboardingOptions.TelemetryName).AddInMemoryExporter(metrics).Build();
        using var traces = Sdk.CreateTracerProviderBuilder().AddSource(WhatsAppOnboardingOptions.TelemetryName).SetSampler(new AlwaysOnSampler()).AddInMemoryExporter(spans).Build();
        await ConnectAsync();
        await LookAfterAsync();
        await TakeAndWorkAsync(meters);
        meters.ForceFlush().ShouldBeTrue();
        traces.ForceFlush().ShouldBeTrue();
        lock (spans)
            return new Telemetry([.. metrics], [.. spans]);
    }

    private static async Task ConnectAsync()
    {
        await using var number = await ANumber.StartAsync(configure: setup =>
        {
            setup["Webhooks:ParkAfterFailures"] = "1";
            setup.Library = library => library.AddWebhookHandler<FailingHandler>().AddAccountEventHandler<FailingHandler>();
        });
        var host = number.Host;
        (await number.ConnectAsync()).ShouldBe("connected");
        await host.Meta.Webhooks.ReceiveMessageAsync(number.AtMeta.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        await host.Meta.Webhooks.SendAsync(new Testing.WebhookChange(host.Meta.World.AddBusiness("Other").AddWaba("Other").Id, "account_update", new() { ["event"] = "DISABLED_UPDATE" }), TestContext.Current.CancellationToken);

        // Only a ledger parks an item, and there is none in memory.
        host.App.Services.GetRequiredService<LibraryMetrics>().ItemParked();
        number.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(403, 200));
        await host.DisconnectAsync("acme");

        using var api = host.OpenApi("acme");
        await api.PostAsync(new { state = Browser.Query(await api.StartAsync(), "state"), ending = "given_up" });
    }

    /// <summary>A number is lost and comes back, and a token that ends is inspected.</summary>
    private static async Task LookAfterAsync()
    {
        await using var accounts = await TheAccounts.StartAsync();
        accounts.Options.TokenLifetime = TimeSpan.FromDays(60);
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        waba.Numbers[0].Deregister();
        await accounts.PassAsync(days: 3);
        waba.Numbers[0].Recover();
        await accounts.PassAsync(days: 1);
        accounts.Told("acme").ShouldBe(["needs_attention not_registered", "well_again not_registered"]);
    }

    /// <summary>Taken by an intake, which says what waits for as long as its host is there.</summary>
    private static async Task TakeAndWorkAsync(MeterProvider meters)
    {
        await using var number = await ANumber.StartAsync(configure: setup => setup.Library = library => library.Services.AddSingleton<IWebhookIntake, WorkingIntake>());
        (await number.ConnectAsync()).ShouldBe("connected");
        await number.Host.Meta.Webhooks.ReceiveMessageAsync(number.AtMeta.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        meters.ForceFlush().ShouldBeTrue();
    }

    private sealed class WorkingIntake(IWebhookWork work) : IWebhookIntake
    {
        public IntakeBacklog? Backlog => new() { Depth = 1, OldestAge = TimeSpan.FromSeconds(1), At = DateTimeOffset.UnixEpoch, IsTooMuch = false };

        public async Task<DeliveryAnswer> TakeAsync(TakenDelivery delivery, CancellationToken cancellationToken)
        {
            foreach (var part in delivery.Split())
                (await work.WorkAsync(part, cancellationToken)).ShouldBe(WorkResult.Done);
            return DeliveryAnswer.Ok;
        }
    }

    private sealed class FailingHandler : IWebhookHandler, IAccountEventHandler
    {
        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken) => throw new InvalidOperationException("broken");

        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }
}
