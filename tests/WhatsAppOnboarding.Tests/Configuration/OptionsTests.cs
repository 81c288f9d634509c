using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Configuration;

public sealed class OptionsTests
{
    private static readonly Dictionary<string, string?> Valid = new()
    {
        ["AppId"] = "123456789",
        ["AppSecret"] = "secret",
        ["PublicOrigin"] = "https://app.example.com",
        ["WebhookVerifyToken"] = new string('v', 32),
    };

    [Fact]
    public async Task A_complete_configuration_starts_in_production()
    {
        var logs = new CollectedLogs();
        await using var app = Build("Production", Valid, logs);
        await app.StartAsync(TestContext.Current.CancellationToken);
        logs.Lines.Select(line => line.EventId).ShouldBe([1100, 1103, 1107], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_error_is_said_at_once_and_each_with_its_cure()
    {
        var error = await StartFailsAsync("Production", new()
        {
            ["GraphApiVersion"] = "25",
            ["PopupExtras"] = "[]",
            ["NumberChoice"] = "3",
            ["SdkAddress"] = "http://connect.facebook.net/en_US/sdk.js",
            ["ConfigurationId"] = "abc",
            ["PublicOrigin"] = "http://app.example.com/path",
            ["RedirectUri"] = "nonsense",
            ["AllowedOrigins:0"] = "https://front.example/x",
            ["GraphBaseAddress"] = "http://127.0.0.1:5081",
            ["PreviousAppSecret"] = "old",
            ["MaxStarts"] = "0",
            ["GraphTotalTimeout"] = "00:10:00",
            ["CheckInterval"] = "00:00:00",
            ["Paths:Status"] = "status",
            ["WebhookVerifyToken"] = "short",
            ["SecondWebhookVerifyToken"] = "short",
        });

        error.Failures.Count().ShouldBe(18);
        foreach (var key in (string[])["AppId", "AppSecret", "GraphApiVersion", "PopupExtras", "NumberChoice", "SdkAddress", "ConfigurationId", "PublicOrigin", "RedirectUri", "AllowedOrigins",
            "GraphBaseAddress", "PreviousAppSecret", "MaxStarts", "GraphTotalTimeout", "CheckInterval", "Paths:Status", "WebhookVerifyToken", "SecondWebhookVerifyToken"])
            error.Failures.ShouldContain(failure => failure.Contains(key), key);
    }

    [Theory]
    [InlineData("PublicOrigin", null)]
    [InlineData("PublicOrigin", "http://app.example.com")]
    [InlineData("RedirectUri", "http://app.example.com/back")]
    [InlineData("DialogBaseAddress", "https://facebook.example")]
    [InlineData("SdkAddress", "https://facebook.example/sdk.js")]
    [InlineData("PopupExtras", "{")]
    [InlineData("GraphBaseAddress", "http://graph.facebook.com")]
    [InlineData("AppId", "12a")]
    public async Task Outside_development_it_is_strict(string key, string? value)
    {
        var error = await StartFailsAsync("Production", new(Valid) { [key] = value });
        error.Failures.ShouldHaveSingleItem().ShouldContain(key);
    }

    [Theory]
    [InlineData("00:00:00", false)]
    [InlineData("00:14:59", false)]
    [InlineData("00:15:00", true)]
    [InlineData("20:00:00", true)]
    [InlineData("20:00:01", false)]
    public void Meta_is_looked_at_every_quarter_of_an_hour_at_most_and_every_20_hours_at_least(string interval, bool isTaken)
    {
        using var app = Build("Production", new(Valid) { ["CheckInterval"] = interval });
        var options = app.Services.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>();
        if (isTaken)
            options.Value.CheckInterval.ShouldBe(TimeSpan.Parse(interval, CultureInfo.InvariantCulture));
        else
            Should.Throw<OptionsValidationException>(() => options.Value).Failures.ShouldHaveSingleItem().ShouldContain("WhatsAppOnboarding:CheckInterval must be between 15 minutes and 20 hours");
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task Events_that_are_not_kept_where_the_numbers_are_are_warned_of(bool numbersElsewhere, bool eventsElsewhere, bool warns)
    {
        var logs = new CollectedLogs();
        await using var app = Build("Production", Valid, logs, services: services =>
        {
            if (numbersElsewhere)
                services.Replace(ServiceDescriptor.Scoped(_ => DispatchProxy.Create<IPhoneNumberStore, Elsewhere>()));
            if (eventsElsewhere)
                services.Replace(ServiceDescriptor.Scoped(_ => DispatchProxy.Create<IAccountEventStore, Elsewhere>()));
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        logs.Lines.Count(line => line.EventId == 1102).ShouldBe(warns ? 1 : 0);
    }

    [Fact]
    public async Task Other_hosts_than_metas_are_allowed_when_that_is_said()
    {
        await using var app = Build("Production", new(Valid) { ["GraphBaseAddress"] = "http://127.0.0.1:5081", ["DialogBaseAddress"] = "http://127.0.0.1:5081", ["AllowOtherMetaHosts"] = "true" });
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_request_log_that_shows_codes_is_warned_of()
    {
        var logs = new CollectedLogs();
        await using var app = Build("Production", Valid, logs, LogLevel.Information);
        await app.StartAsync(TestContext.Current.CancellationToken);
        logs.Lines.ShouldContain(line => line.EventId == 1101);
    }

    [Theory]
    [InlineData("SharedNumber", "SharedNumbers")]
    [InlineData("NumbersChoice", "NumberChoice")]
    [InlineData("Webhooks:UseLeger", "UseLedger")]
    [InlineData("Paths:Onbording", "Onboarding")]
    public async Task A_key_that_there_is_not_is_named_with_the_one_that_was_meant(string key, string meant)
    {
        var error = await StartFailsAsync("Production", new(Valid) { [key] = "x" });
        error.Failures.ShouldHaveSingleItem().ShouldContain($"WhatsAppOnboarding:{key} is no setting of this library. Correct the name, perhaps to {meant}");
    }

    [Theory]
    [InlineData("NumberChoice", "Some", "one of Chosen, All, Ask")]
    [InlineData("SharedNumbers", "Never", "one of Allow, Refuse")]
    [InlineData("MaxStarts", "ten", "a whole number")]
    [InlineData("AllowOtherMetaHosts", "yes", "true or false")]
    [InlineData("StateLifetime", "1h", "a time as hours:minutes:seconds")]
    [InlineData("Scopes", "whatsapp_business_management", "a list: Scopes:0, Scopes:1 and so on, or [ … ] in JSON")]
    [InlineData("AllowedOrigins", "https://a.example", "a list: AllowedOrigins:0, AllowedOrigins:1 and so on, or [ … ] in JSON")]
    [InlineData("Webhooks", "on", "a section with keys of its own")]
    [InlineData("Paths", "/wa", "a section with keys of its own")]
    public async Task A_value_that_cannot_be_read_is_told_with_what_it_must_be(string key, string value, string expected)
    {
        var error = await StartFailsAsync("Production", new(Valid) { [key] = value });
        error.Failures.ShouldHaveSingleItem().ShouldContain($"WhatsAppOnboarding:{key} cannot be read. It must be {expected}");
    }

    [Theory]
    [InlineData("ManagePolicy")]
    [InlineData("ReadPolicy")]
    [InlineData("PinPolicy")]
    public async Task A_policy_that_there_is_not_stops_the_start(string key)
    {
        await using var app = Build("Production", new(Valid) { [key] = "Admns" });
        var error = await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        error.Message.ShouldContain($"WhatsAppOnboarding:{key} names the policy 'Admns', which there is not");
    }

    [Theory]
    [InlineData(true, false, 1105)]
    [InlineData(false, true, 1106)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 1107)]
    public async Task A_side_that_is_not_mapped_is_warned_of(bool accounts, bool meta, int warning)
    {
        var logs = new CollectedLogs();
        await using var app = Build("Production", Valid, logs);
        if (accounts)
            app.MapGroup("/shop").MapWhatsAppOnboarding();
        if (meta)
            app.MapWhatsAppWebhooks();
        await app.StartAsync(TestContext.Current.CancellationToken);
        logs.Lines.Select(line => line.EventId).Where(id => id is 1105 or 1106 or 1107).ShouldBe(warning == 0 ? [] : [warning]);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    public async Task Webhooks_that_nobody_handles_are_warned_of(bool handles, bool meta, bool warns)
    {
        var logs = new CollectedLogs();
        await using var app = Build("Production", Valid, logs, handles: handles);
        app.MapWhatsAppOnboarding();
        if (meta)
            app.MapWhatsAppWebhooks();
        await app.StartAsync(TestContext.Current.CancellationToken);
        logs.Lines.Count(line => line.EventId == 1108).ShouldBe(warns ? 1 : 0);
    }

    [Fact]
    public void A_list_that_is_a_list_is_read_and_an_empty_one_too()
    {
        using var app = Build("Production", new(Valid) { ["Scopes:0"] = "a", ["Scopes:1"] = "b", ["AllowedOrigins"] = "" });
        app.Services.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value.Scopes.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void No_open_generic_is_registered_because_native_code_has_none_for_structs()
    {
        var services = new ServiceCollection();
        services.AddWhatsAppOnboarding(new ConfigurationBuilder().Build()).AddWebhookHandler<RecordingWebhookHandler>().AddAccountEventHandler<RecordingAccountEventHandler>();

        services.Where(service => service.ServiceType.IsGenericTypeDefinition && IsOurs(service.ImplementationType ?? service.ServiceType))
            .Select(service => service.ServiceType.Name).ShouldBeEmpty();
        services.Count(service => service.ServiceType.IsConstructedGenericType && IsOurs(service.ServiceType)).ShouldBeGreaterThan(0, "closed ones are seen");

        static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("WhatsAppOnboarding", StringComparison.Ordinal);
    }

    [Fact]
    public void Registering_twice_is_registering_once()
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().Build();
        services.AddWhatsAppOnboarding(configuration).AddWebhookHandler<RecordingWebhookHandler>();
        var count = services.Count(service => service.ServiceType.Namespace!.StartsWith("WhatsAppOnboarding", StringComparison.Ordinal));

        services.AddWhatsAppOnboarding(configuration).AddWebhookHandler<RecordingWebhookHandler>();

        services.Count(service => service.ServiceType.Namespace!.StartsWith("WhatsAppOnboarding", StringComparison.Ordinal)).ShouldBe(count);
    }

    private static async Task<OptionsValidationException> StartFailsAsync(string environment, Dictionary<string, string?> settings) =>
        await Should.ThrowAsync<OptionsValidationException>(async () =>
        {
            await using var app = Build(environment, settings);
            await app.StartAsync(TestContext.Current.CancellationToken);
        });

    private static WebApplication Build(string environment, Dictionary<string, string?> settings, CollectedLogs? logs = null, LogLevel requests = LogLevel.Warning, bool handles = false, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", requests);
        if (logs is not null)
            builder.Logging.AddProvider(new Filtered(logs));
        builder.Configuration.AddInMemoryCollection(settings.Select(entry => KeyValuePair.Create("WhatsAppOnboarding:" + entry.Key, entry.Value)));
        var added = builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
        if (handles)
            added.AddWebhookHandler<RecordingWebhookHandler>();
        services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>A store of a host's own, which nobody asks for anything here.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "A proxy is made by deriving from it.")]
    private class Elsewhere : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }

    /// <summary>Only the warnings of the library at start.</summary>
    private sealed class Filtered(CollectedLogs logs) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => categoryName == "WhatsAppOnboarding.Upkeep.StartupWarnings"
            ? logs.CreateLogger(categoryName)
            : new Silent(categoryName == "Microsoft.AspNetCore.Hosting.Diagnostics");

        public void Dispose()
        {
        }
    }

    private sealed class Silent(bool enabled) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => enabled;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }
    }
}
