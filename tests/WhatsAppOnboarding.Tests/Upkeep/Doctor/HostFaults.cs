using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>One way to make a host wrong.</summary>
/// <param name="Code">What an examination then finds.</param>
/// <param name="Settings">What is set before it starts.</param>
/// <param name="Then">What happens after that.</param>
internal sealed record HostFault(string Code, Action<HostSetup, DoctorHost>? Settings = null, Func<DoctorHost, Task>? Then = null)
{
    /// <summary>What else is found, because the one brings it along.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>Where Meta sends the webhooks, if not to the host.</summary>
    public Uri? Callback { get; init; }
}

/// <summary>Every row of the table of diagnoses, made wrong.</summary>
internal static class HostFaults
{
    private static readonly AccountId Acme = AccountId.Parse("acme");

    public static IReadOnlyList<HostFault> All { get; } = [.. AtMeta, .. Settings, .. Handshake, .. Keys, .. Stores];

    private static HostFault[] AtMeta =>
    [
        new("meta_unreachable", Then: Now(host => host.Meta.Service.GoDown())),
        new("app_unknown", Then: Now(host => Lists(host, Fault.Error(400, 101)))),
        new("app_secret_wrong", (setup, _) => setup["AppSecret"] = "wrong"),
        new("app_secret_wrong", (setup, _) => (setup["AppSecret"], setup["PreviousAppSecret"], setup["PreviousAppSecretUntil"]) = ("wrong", "wrong, too", "2999-01-01T00:00:00Z")),
        new("app_secret_previous", (setup, host) => (setup["AppSecret"], setup["PreviousAppSecret"], setup["PreviousAppSecretUntil"]) = ("newer", host.Meta.AppSecret, "2999-01-01T00:00:00Z")),
        new("app_secret_left", (setup, _) => (setup["PreviousAppSecret"], setup["PreviousAppSecretUntil"]) = ("older", "2026-01-01T00:00:00Z")),
        new("meta_refused", Then: Now(host => Lists(host, Fault.Error(403, 10)))),
        new("webhooks_not_set", Then: Now(host => Lists(host, Fault.WrongJson("""{"data":[]}""")))),
        new("webhooks_elsewhere") { Callback = new Uri("https://other.example/webhooks/whatsapp") },
        new("webhooks_not_sent", Then: Now(host => Lists(host, Subscribed(active: false)))),
        new("webhooks_fields_missing", Then: Now(host => Lists(host, Subscribed(without: "messages")))),
        new("webhooks_version_old", Then: Now(host => Lists(host, Subscribed(version: "v20.0")))),
        new("webhooks_token_missing", (setup, _) => setup["WebhookVerifyToken"] = ""),
        new("webhooks_unreachable", (setup, _) => setup["PublicOrigin"] = "http://saas.example") { Also = ["redirect_not_https"], Callback = new Uri("http://saas.example/webhooks/whatsapp") },
        new("clock_off", Then: Now(host => host.Clock.Ahead = TimeSpan.FromMinutes(-3))),
    ];

    private static HostFault[] Settings =>
    [
        new("meta_elsewhere", (setup, host) =>
        {
            DoctorHost.InProduction(setup, host);
            (setup["AllowOtherMetaHosts"], setup["GraphBaseAddress"]) = ("true", host.Meta.Address.ToString());
        }) { Also = ["stores_in_memory"] },
        new("graph_version_ended", (setup, _) => setup["GraphApiVersion"] = "v20.0"),
        new("graph_version_ends", (setup, _) => setup["GraphApiVersion"] = "v21.0", Now(OnSomeDay)) { Also = ["clock_off"] },
        new("graph_version_unknown", (setup, _) => setup["GraphApiVersion"] = "v99.0", Now(OnSomeDay)) { Also = ["meta_date_near", "clock_off"] },
        new("meta_date_near", (setup, _) => setup["PopupExtras"] = """{"version":"v5"}""", Now(OnSomeDay)) { Also = ["clock_off"] },
        new("meta_date_over", (setup, _) => setup["PopupExtras"] = """{ "version": "v3-public-preview" }"""),
        new("configuration_missing", (setup, _) => setup["ConfigurationId"] = ""),
        new("permissions_not_asked", (setup, _) => (setup["ConfigurationId"], setup["Scopes:0"]) = ("", "whatsapp_business_messaging")) { Also = ["configuration_missing"] },
        new("redirect_not_https", (setup, _) => setup["RedirectUri"] = "http://saas.example/integrations/whatsapp/callback") { Also = ["redirect_elsewhere"] },
        new("redirect_elsewhere", (setup, _) => setup["RedirectUri"] = "https://www.saas.example/integrations/whatsapp/callback"),
        new("redirect_not_mapped", (setup, _) => setup.Prefix = "/tenant"),
        new("handlers_missing", (setup, _) => setup.RecordsWebhooks = false),
        new("query_strings_logged", (setup, host) =>
        {
            DoctorHost.InProduction(setup, host);
            setup.Services.AddLogging(logging => logging.AddFilter(StartupWarnings.RequestLog, LogLevel.Information));
        }) { Also = ["stores_in_memory"] },
    ];

    private static HostFault[] Handshake =>
    [
        new("handshake_refused", Then: Now(host => host.Outside.Stranger = () => Outside.Answer(HttpStatusCode.Forbidden, "The verify token is not the one that is configured here."))),
        new("handshake_wrong_answer", Then: Now(host => host.Outside.Stranger = () => Outside.Answer(HttpStatusCode.OK, "<html>Sign in</html>"))),
        new("handshake_wrong_answer", Then: Now(host => host.Outside.Stranger = () => Outside.Answer(HttpStatusCode.NotFound))),
        new("handshake_redirected", Then: Now(host => host.Outside.Stranger = () => Outside.Answer(HttpStatusCode.MovedPermanently))),
        new("handshake_unreachable", Then: Now(host => host.Outside.Stranger = () => throw new HttpRequestException(HttpRequestError.NameResolutionError))),
        new("handshake_slow", Then: Now(host => host.Outside.Stranger = () =>
        {
            host.Clock.Passed = TimeSpan.FromSeconds(6);
            return Outside.Answer(HttpStatusCode.OK, host.Outside.Asked[^1].Query.Split("hub.challenge=")[1].Split('&')[0]);
        })),
        new("examination_cut_short", Then: Now(host => host.Outside.Stranger = () => throw new NotSupportedException())),
    ];

    private static HostFault[] Keys =>
    [
        new("keys_not_persisted", (setup, host) =>
        {
            DoctorHost.InProduction(setup, host);
            setup.KeyFolder = null;
        }) { Also = ["stores_in_memory"] },
        new("keys_in_the_clear", (setup, host) =>
        {
            DoctorHost.InProduction(setup, host);
            setup.Services.PostConfigure<KeyManagementOptions>(keys => keys.XmlEncryptor = null);
        }) { Also = ["stores_in_memory"] },
        new("keys_bound_to_folder", (setup, host) =>
        {
            DoctorHost.InProduction(setup, host);
            setup.Services.AddOptions<DataProtectionOptions>().PostConfigure((DataProtectionOptions keys, IHostEnvironment environment) => keys.ApplicationDiscriminator = environment.ContentRootPath);
        }) { Also = ["stores_in_memory"] },
        new("keys_unreadable", (setup, host) => setup.KeyFolder = host.Keys, async host =>
        {
            await host.MakeKeyAsync(TimeSpan.FromDays(90));
            var key = host.Keys.GetFiles("*.xml").OrderByDescending(file => file.CreationTimeUtc).First();
            var text = await File.ReadAllTextAsync(key.FullName, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(key.FullName, text.Replace("deserializerType=\"", "deserializerType=\"Gone.", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }),
        new("keys_ending", (setup, host) =>
        {
            setup.KeyFolder = host.Keys;
            setup.Services.PostConfigure<KeyManagementOptions>(keys => keys.AutoGenerateKeys = false);
        }, host => host.MakeKeyAsync(TimeSpan.FromDays(10))),
        new("tokens_unreadable", Then: async host =>
        {
            await host.ConnectAsync();
            await Of<NumberAuthority>(host).WriteAsync(Acme, read => [.. read.Numbers.Select(number => number with { Token = new SealedSecret("of other keys") })], TestContext.Current.CancellationToken);
        }),
    ];

    private static HostFault[] Stores =>
    [
        new("store_unreachable", Replacing<IWebhookLedger>(nameof(IWebhookLedger.ListParkedAsync), null)),
        new("stores_in_memory", DoctorHost.InProduction),
        new("stores_mixed", Replacing<IMetaCallLog>(nameof(IMetaCallLog.PruneAsync), 0)),
        new("migrations_pending", Replacing<IPhoneNumberStore>(nameof(IPhoneNumberStore.ListPendingMigrationsAsync), new[] { "20261201000000_Links" })) { Also = ["stores_mixed"] },
        new("numbers_unproved", Then: async host =>
        {
            await host.ConnectAsync();
            await Of<NumberAuthority>(host).MarkUnprovedAsync(host.Now, TestContext.Current.CancellationToken);
        }),
        new("inbox_full", (setup, _) => setup.Services.AddSingleton<IWebhookIntake>(new FullIntake(TimeSpan.Zero, isTooMuch: true))),
        new("inbox_late", (setup, _) => setup.Services.AddSingleton<IWebhookIntake>(new FullIntake(TimeSpan.FromMinutes(2), isTooMuch: false))),
        new("webhooks_parked", Replacing<IWebhookLedger>(nameof(IWebhookLedger.ListParkedAsync), new[] { LedgerRecord.New(Acme, "item", default) with { ParkedAt = default(DateTimeOffset) } })),
        new("events_parked", Then: host => KeepEventAsync(host, stored => stored with { ParkedAt = host.Now, NextAt = null })),
        new("events_late", Then: host => KeepEventAsync(host, stored => stored with { NextAt = host.Now - TimeSpan.FromMinutes(20) })),
        new("upkeep_stopped", (setup, _) => setup.Library = library => library.Services.Remove(library.Services.Single(service => service.ImplementationType == typeof(Housekeeping)))),
        new(
            "upkeep_stopped",
            (setup, _) => setup.Services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore),
            host => host.Host.App.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().StopAsync(TestContext.Current.CancellationToken)),
        new("upkeep_overdue", Then: async host =>
        {
            await host.ConnectAsync();
            await Of<NumberAuthority>(host).PostponeAsync(Acme, host.Now - TimeSpan.FromHours(2), TestContext.Current.CancellationToken);
        }),
        new("connects_refused", Then: host => Of<AttemptRecords>(host).ClaimAsync(new ConnectAttempt
        {
            Id = Guid.NewGuid(), StateHash = "state", CodeHash = "code", AccountId = Acme, Way = "browser", Generation = Guid.NewGuid(), ClaimedAt = host.Now, EndedAt = host.Now, Outcome = ErrorCodes.RedirectMismatch,
        }, TestContext.Current.CancellationToken)),
    ];

    private static Func<DoctorHost, Task> Now(Action<DoctorHost> make) => host =>
    {
        make(host);
        return Task.CompletedTask;
    };

    /// <summary>Two months before v21.0 ends, whatever the day is; Meta lists the webhooks in any version.</summary>
    private static void OnSomeDay(DoctorHost host)
    {
        Lists(host, Subscribed());
        host.Clock.Ahead = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero) - TimeProvider.System.GetUtcNow();
    }

    private static void Lists(DoctorHost host, Fault answer) => host.Meta.Faults.On(GraphOperations.ListAppSubscriptions, answer, times: int.MaxValue);

    private static Fault Subscribed(bool active = true, string? without = null, string version = "v25.0")
    {
        var fields = string.Join(',', WebhookField.All.Where(field => field.Name != without).Select(field => $$"""{"name":"{{field.Name}}","version":"{{version}}"}"""));
        return Fault.WrongJson($$"""{"data":[{"object":"whatsapp_business_account","callback_url":"{{DoctorHost.Origin}}/webhooks/whatsapp","active":{{(active ? "true" : "false")}},"fields":[{{fields}}]}]}""");
    }

    private static Action<HostSetup, DoctorHost> Replacing<T>(string method, object? answer)
        where T : class => (setup, _) => setup.Library = library => library.Services.Replace(ServiceDescriptor.Scoped(_ => Answering.Of<T>(method, answer)));

    private static async Task KeepEventAsync(DoctorHost host, Func<StoredEvent, StoredEvent> become)
    {
        var one = new AccountEvent { Kind = AccountEvent.AttemptAbandoned, AccountId = Acme, At = host.Now, Numbers = [] };
        await Of<NumberAuthority>(host).WriteAsync(Acme, _ => [], [one], TestContext.Current.CancellationToken);
        await host.Host.UseAsync<IAccountEventStore, bool>(async store =>
        {
            var stored = (await store.ListAsync(Acme, null, false, 1)).Single();
            (await store.UpdateAsync(become(stored), stored.NextAt)).ShouldBeTrue();
            return true;
        });
    }

    private static T Of<T>(DoctorHost host)
        where T : notnull => host.Host.App.Services.GetRequiredService<T>();
}

/// <summary>An intake in which much waits.</summary>
internal sealed class FullIntake(TimeSpan oldestAge, bool isTooMuch) : IWebhookIntake
{
    public IntakeBacklog? Backlog { get; } = new() { Depth = 7, OldestAge = oldestAge, At = DateTimeOffset.UnixEpoch, IsTooMuch = isTooMuch };

    public Task<DeliveryAnswer> TakeAsync(TakenDelivery delivery, CancellationToken cancellationToken) => Task.FromResult(DeliveryAnswer.Backlog);
}
