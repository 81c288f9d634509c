using System.Net;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Component;

public sealed class ComponentEndpointTests
{
    private const string Path = "/integrations/whatsapp/whatsapp-connect.js";

    [Fact]
    public async Task The_component_is_served_to_anybody_and_asked_for_again_by_its_tag()
    {
        await using var host = await TheHost.StartAsync();
        using var client = host.OpenApi(account: null);

        using var first = await client.GetAsync(Path, TestContext.Current.CancellationToken);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.ToString().ShouldBe("text/javascript; charset=utf-8");
        first.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        first.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        (await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("customElements.define('whatsapp-connect'");
        first.Headers.ETag!.IsWeak.ShouldBeFalse();

        using var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { "If-None-Match", first.Headers.ETag.Tag } } };
        using var second = await client.SendAsync(request, TestContext.Current.CancellationToken);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
        (await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("es-MX", "es", "Conectar WhatsApp", "Inicia sesión y conecta de nuevo.", "Se cerró la ventana de Meta")]
    [InlineData("de", "en", "Connect WhatsApp", "Sign in, then connect again.", "Meta’s window was closed")]
    public async Task Its_words_are_served_beside_it_in_the_language_of_the_page(string asked, string language, string connect, string signIn, string closed)
    {
        await using var host = await TheHost.StartAsync();
        using var client = host.OpenApi(account: null);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(asked);

        using var first = await client.GetAsync(Path + "?words", TestContext.Current.CancellationToken);
        var words = await Browser.JsonAsync(first);
        words.GetProperty("language").GetString().ShouldBe(language);
        words.GetProperty("connect").GetString().ShouldBe(connect);
        words.GetProperty("signed_out-action").GetString().ShouldBe(signIn);
        words.GetProperty("popup_closed-heading").GetString().ShouldBe(closed);
        first.Headers.Vary.ShouldBe(["Accept-Language"]);
        first.Headers.CacheControl!.ToString().ShouldBe("no-cache");

        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.GetAsync(Path + "?words", TestContext.Current.CancellationToken);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Every_word_that_the_component_asks_for_by_name_is_served()
    {
        await using var host = await TheHost.StartAsync();
        using var client = host.OpenApi(account: null);
        var script = await client.GetStringAsync(Path, TestContext.Current.CancellationToken);
        var words = await Browser.JsonAsync(await client.GetAsync(Path + "?words", TestContext.Current.CancellationToken));

        string[] named = [.. Regex.Matches(script, @"(?:#text|[ (]text)\('([a-z_-]+)'").Select(match => match.Groups[1].Value).Distinct()];
        named.Length.ShouldBeGreaterThan(20);
        named.Except(words.EnumerateObject().Select(word => word.Name)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("number_taken", "A phone number that you granted is already connected by another account.", "true")]
    [InlineData("forbidden", "You may not do this for your account.", "false")]
    [InlineData("<script>", "Something went wrong while connecting.", "true")]
    public async Task The_words_of_a_code_that_stands_in_the_page_s_address_are_served(string code, string message, string again)
    {
        await using var host = await TheHost.StartAsync();
        using var client = host.OpenApi(account: null);

        var words = await Browser.JsonAsync(await client.GetAsync($"{Path}?words&error={Uri.EscapeDataString(code)}", TestContext.Current.CancellationToken));

        words.GetProperty("error-text").GetString().ShouldBe(message);
        words.GetProperty("error-action").GetString().ShouldNotBeNullOrEmpty();
        words.GetProperty("error-again").GetString().ShouldBe(again);
        words.GetProperty("connect").GetString().ShouldBe("Connect WhatsApp");
    }

    [Fact]
    public async Task The_path_can_be_changed()
    {
        await using var host = await TheHost.StartAsync(setup => setup["Paths:Component"] = "/assets/connect.js");
        using var client = host.OpenApi(account: null);
        (await client.GetAsync("/assets/connect.js", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(Path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
