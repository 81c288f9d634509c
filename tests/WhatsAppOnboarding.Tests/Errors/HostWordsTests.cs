using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Errors;

/// <summary>A host's own words, by the localization of ASP.NET Core.</summary>
public sealed class HostWordsTests
{
    private const string Status = "/api/integrations/whatsapp/status";
    private const string Component = "/integrations/whatsapp/whatsapp-connect.js?words";

    [Fact]
    public async Task An_error_is_told_in_the_hosts_words_and_everything_else_in_the_librarys()
    {
        await using var host = await StartAsync(Words(("es", "error.account_missing.message", "¿Quién eres?")));
        using var api = host.OpenApi("one,two");

        (await ReadAsync(api, Status, "es")).GetProperty("message").GetString().ShouldBe("¿Quién eres?");
        (await ReadAsync(api, Status, "es")).GetProperty("action").GetString().ShouldBe(Spanish("error.account_missing.action"));
        (await ReadAsync(api, Status, "pt")).GetProperty("message").GetString().ShouldBe("Seu login não pertence a exatamente uma conta.");
    }

    [Fact]
    public async Task A_finding_and_a_disconnect_reason_are_told_in_the_hosts_words()
    {
        await using var host = await StartAsync(Words(
            ("en", "finding.number_shared.message", "Two shops share this number."), ("en", "disconnect.requested.action", "Call us to have it back.")));
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        await host.ConnectAsync("globex");
        using var api = host.OpenApi("acme");

        var finding = (await NumberAsync(api)).GetProperty("findings")[0];
        finding.GetProperty("message").GetString().ShouldBe("Two shops share this number.");
        finding.GetProperty("action").GetString().ShouldBe(English.Texts.Words["finding.number_shared.action"]);
        await host.DisconnectAsync("acme");
        var gone = await NumberAsync(api);
        gone.GetProperty("message").GetString().ShouldBe("The number was disconnected at your request.");
        gone.GetProperty("action").GetString().ShouldBe("Call us to have it back.");
    }

    [Fact]
    public async Task A_fourth_language_is_spoken_as_far_as_the_host_has_it()
    {
        await using var host = await StartAsync(
            Words(("fr", "language", "fr"), ("fr", "error.account_missing.message", "Votre connexion n'appartient pas à un seul compte."), ("fr", "component.again", "Réessayer")),
            setup => setup.Services.AddSingleton<IStartupFilter, FrenchToo>());
        using var api = host.OpenApi("one,two");

        var answer = await SendAsync(api, Status, "fr-CA");
        answer.Content.Headers.ContentLanguage.ShouldBe(["fr"]);
        var problem = await Browser.JsonAsync(answer);
        problem.GetProperty("message").GetString().ShouldBe("Votre connexion n'appartient pas à un seul compte.");
        problem.GetProperty("action").GetString().ShouldBe(English.Texts.Words["error.account_missing.action"]);
        var component = await ReadAsync(api, Component, "fr");
        component.GetProperty("language").GetString().ShouldBe("fr");
        component.GetProperty("again").GetString().ShouldBe("Réessayer");
        component.GetProperty("cancel").GetString().ShouldBe("Cancel");
    }

    [Theory]
    [InlineData("Sprache")]
    [InlineData("言語")]
    [InlineData("fr_FR")]
    [InlineData("fr\n")]
    public async Task A_word_that_is_no_language_tag_is_not_said_to_be_the_language(string word)
    {
        await using var host = await StartAsync(Words(("en", "language", word)));
        using var api = host.OpenApi("one,two");

        var answer = await SendAsync(api, Status, "en");
        (answer.StatusCode, answer.Content.Headers.ContentLanguage.Single()).ShouldBe((HttpStatusCode.Forbidden, "en"));
        (await ReadAsync(api, Component, "en")).GetProperty("language").GetString().ShouldBe("en");
    }

    [Fact]
    public async Task A_placeholder_is_filled_in_the_hosts_words_too_and_words_that_cannot_be_used_are_none()
    {
        var words = Words(("en", "step.subscribe.message", "No mail yet ({0})"), ("en", "step.register.message", "Wrong {1"), ("en", "error.no_waba.message", ""));
        await using var host = await StartAsync(words);
        using var english = new Speaking("en");
        var said = host.App.Services.GetRequiredService<WhatsAppWords>();

        said.OpenStep("subscribe", "pending").Message.ShouldBe("No mail yet (This is still to be done.)");
        said.OpenStep("register", "pending").Message.ShouldBe("The number cannot send or receive yet. This is still to be done.");
        said.Error("no_waba").Message.ShouldBe("No WhatsApp Business Account was shared.");
        host.Logs.Lines.ShouldContain(line => line.EventId == 1295 && line.Level == LogLevel.Warning && line.Text.Contains("step.register.message"));
    }

    [Fact]
    public async Task A_host_without_a_factory_may_register_the_localizer_alone()
    {
        await using var host = await TheHost.StartAsync(setup =>
            setup.Services.AddSingleton<IStringLocalizer<WhatsAppWords>>(new Localizer(Words(("en", "error.no_waba.message", "Nothing there.")))));
        using var english = new Speaking("en");
        var said = host.App.Services.GetRequiredService<WhatsAppWords>();

        said.Error("no_waba").Message.ShouldBe("Nothing there.");
        said.Error("nonsense").Code.ShouldBe("unknown");
        said.Find("step.register.name").ShouldBe("Registration");
        said.Find("step.<script>.name").ShouldBeNull();
    }

    [Theory]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Singleton)]
    public async Task A_factory_that_cannot_be_used_keeps_nobody_from_being_answered(ServiceLifetime lifetime)
    {
        await using var host = await TheHost.StartAsync(setup => setup.Services.Add(new ServiceDescriptor(
            typeof(IStringLocalizerFactory),
            _ => lifetime is ServiceLifetime.Scoped ? new Factory([]) : throw new InvalidOperationException("The host's own code broke."),
            lifetime)));
        using var api = host.OpenApi("one,two");

        var answer = await SendAsync(api, Status, "es");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Browser.JsonAsync(answer)).GetProperty("message").GetString().ShouldBe(Spanish("error.account_missing.message"));
        host.Logs.Lines.ShouldContain(line => line.EventId == 1296 && line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task A_host_that_localizes_by_resources_and_has_none_for_it_hears_the_library()
    {
        await using var host = await TheHost.StartAsync(setup => setup.Services.AddLocalization(options => options.ResourcesPath = "Resources"));
        using var spanish = new Speaking("es");

        host.App.Services.GetRequiredService<WhatsAppWords>().Error("no_waba").Message.ShouldBe(Spanish("error.no_waba.message"));
    }

    [Fact]
    public async Task Resources_of_the_hosts_own_assembly_are_looked_for_by_name()
    {
        var factory = new Factory(Words(("en", "error.no_waba.message", "Nothing there.")), onlyByName: true);
        await using var host = await TheHost.StartAsync(setup => setup.Services.AddSingleton<IStringLocalizerFactory>(factory));
        using var english = new Speaking("en");

        host.App.Services.GetRequiredService<WhatsAppWords>().Error("no_waba").Message.ShouldBe("Nothing there.");
        factory.Asked.ShouldBe($"WhatsAppWords in {host.App.Environment.ApplicationName}");
    }

    [Fact]
    public void What_there_is_to_translate_can_be_listed()
    {
        WhatsAppWords.BuiltIn(CultureInfo.GetCultureInfo("es-MX"))["error.no_waba.message"].ShouldBe(Spanish("error.no_waba.message"));
        WhatsAppWords.BuiltIn(CultureInfo.GetCultureInfo("fr")).Count.ShouldBe(English.Texts.Words.Count);
    }

    private static Task<TheHost> StartAsync(Dictionary<(string, string), string> words, Action<HostSetup>? more = null) => TheHost.StartAsync(setup =>
    {
        setup.Services.AddSingleton<IStringLocalizerFactory>(new Factory(words));
        more?.Invoke(setup);
    });

    private static Dictionary<(string Language, string Key), string> Words(params (string Language, string Key, string Text)[] words) =>
        words.ToDictionary(word => (word.Language, word.Key), word => word.Text);

    private static string Spanish(string key) => Languages.Find("es")!.Words[key];

    private static async Task<JsonElement> NumberAsync(HttpClient api) => (await ReadAsync(api, Status, "en")).GetProperty("phoneNumbers")[0];

    private static async Task<JsonElement> ReadAsync(HttpClient api, string path, string language) => await Browser.JsonAsync(await SendAsync(api, path, language));

    private static Task<HttpResponseMessage> SendAsync(HttpClient api, string path, string language)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd(language);
        return api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class Factory(Dictionary<(string Language, string Key), string> words, bool onlyByName = false) : IStringLocalizerFactory
    {
        public string? Asked { get; private set; }

        public IStringLocalizer Create(Type resourceSource) => new Localizer(onlyByName || resourceSource != typeof(WhatsAppWords) ? [] : words);

        public IStringLocalizer Create(string baseName, string location)
        {
            Asked = $"{baseName} in {location}";
            return new Localizer(onlyByName ? words : []);
        }
    }

    private sealed class Localizer(Dictionary<(string Language, string Key), string> words) : IStringLocalizer<WhatsAppWords>
    {
        public LocalizedString this[string name] => words.TryGetValue((CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, name), out var text)
            ? new LocalizedString(name, text)
            : new LocalizedString(name, name, resourceNotFound: true);

        public LocalizedString this[string name, params object[] arguments] => throw new NotSupportedException("The library fills in placeholders by itself.");

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => throw new NotSupportedException();
    }

    private sealed class FrenchToo : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseRequestLocalization("en", "fr");
            next(app);
        };
    }

    private sealed class Speaking : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

        public Speaking(string culture) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

        public void Dispose() => CultureInfo.CurrentUICulture = _before;
    }
}
