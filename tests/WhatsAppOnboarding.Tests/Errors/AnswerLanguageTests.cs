using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Errors;

public sealed class AnswerLanguageTests
{
    private const string Status = "/api/integrations/whatsapp/status";
    private const string Disconnect = "/api/integrations/whatsapp/disconnect";

    [Theory]
    [InlineData("es", "es")]
    [InlineData("pt-BR,pt;q=0.9,en;q=0.8", "pt")]
    [InlineData("en;q=0.5, es-MX", "es")]
    [InlineData("fr, PT;q=0.3, es;q=0.2", "pt")]
    [InlineData("es;q=0, pt;q=0.1", "pt")]
    [InlineData("en-GB, es", "en")]
    public async Task An_answer_is_in_the_language_that_the_browser_likes_best(string accepted, string language)
    {
        await using var host = await TheHost.StartAsync();
        using var api = host.OpenApi("one,two");

        var answer = await api.SendAsync(Get(Status, accepted), TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentLanguage.ShouldBe([language]);
        answer.Headers.Vary.ShouldBe(["Accept-Language"]);
        (await Browser.JsonAsync(answer)).GetProperty("message").GetString().ShouldBe(language switch
        {
            "es" => "Tu sesión no corresponde exactamente a una cuenta.",
            "pt" => "Seu login não pertence a exatamente uma conta.",
            _ => "Your sign-in does not belong to exactly one account.",
        });
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData(";;q=,-es")]
    public async Task A_language_that_there_is_not_leaves_the_hosts_own(string accepted)
    {
        await using var host = await TheHost.StartAsync();
        using var api = host.OpenApi("one,two");

        var answer = await api.SendAsync(Get(Status, accepted), TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentLanguage.ShouldBe([CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "es" or "pt" ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName : "en"]);
    }

    [Fact]
    public async Task The_choice_of_a_host_that_localizes_its_requests_counts_more()
    {
        await using var host = await TheHost.StartAsync(setup => setup.Services.AddSingleton<IStartupFilter, Localized>());
        using var api = host.OpenApi("one,two");

        var answer = await api.SendAsync(Get(Status + "?ui-culture=pt", "es"), TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentLanguage.ShouldBe(["pt"]);
        answer.Headers.Vary.ShouldBeEmpty();
        (await Browser.JsonAsync(answer)).GetProperty("message").GetString().ShouldBe("Seu login não pertence a exatamente uma conta.");
    }

    [Fact]
    public async Task The_same_open_step_is_told_to_each_in_their_own_language()
    {
        await using var host = await TheHost.StartAsync(setup => setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0));
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        host.Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 4), times: int.MaxValue);
        using var browser = await host.OpenBrowserAsync("acme");
        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=incomplete");

        (await OpenStepAsync("es")).ShouldBe("Meta todavía no entrega mensajes. Meta está limitando cuántas veces se le puede preguntar.");
        (await OpenStepAsync("pt")).ShouldBe("A Meta ainda não entrega mensagens. A Meta está limitando quantas vezes pode ser consultada.");
        (await OpenStepAsync("en")).ShouldBe("Meta does not deliver messages yet. Meta is limiting how often it may be asked.");

        async Task<string?> OpenStepAsync(string language)
        {
            var status = await Browser.JsonAsync(await browser.GetAsync(Status, request => request.Headers.AcceptLanguage.ParseAdd(language)));
            return status.GetProperty("phoneNumbers")[0].GetProperty("openSteps")[0].GetProperty("message").GetString();
        }
    }

    [Fact]
    public async Task Connecting_and_disconnecting_is_confirmed_in_the_language_of_the_request()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        api.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es");
        var (code, state) = await api.GrantAsync(host);

        (await Browser.JsonAsync(await api.FinishAsync(code, state))).GetProperty("message").GetString().ShouldBe("WhatsApp está conectado.");
        var gone = await api.PostAsync(Disconnect, null, TestContext.Current.CancellationToken);
        (await Browser.JsonAsync(gone)).GetProperty("message").GetString().ShouldBe("WhatsApp está desconectado.");
    }

    [Fact]
    public async Task The_page_for_a_refused_browser_says_which_language_it_is_in()
    {
        await using var host = await TheHost.StartAsync();
        using var browser = await host.OpenBrowserAsync("one,two");

        var answer = await browser.GetAsync(Browser.Connect, request =>
        {
            request.Headers.Accept.ParseAdd("text/html");
            request.Headers.AcceptLanguage.ParseAdd("pt-BR");
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.ShouldContain("<html lang=\"pt\">");
        page.ShouldContain("<title>Conectar WhatsApp</title>");
        page.ShouldContain("Seu login não pertence a exatamente uma conta.");
    }

    private static HttpRequestMessage Get(string path, string accepted)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        return request;
    }

    /// <summary>A host whose requests have their culture from the query.</summary>
    private sealed class Localized : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseRequestLocalization("en", "es", "pt");
            next(app);
        };
    }
}
