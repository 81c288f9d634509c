using System.Net;
using WhatsAppOnboarding.Tests.Framework;
using static WhatsAppOnboarding.Tests.Framework.SignedForms;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class StatusPageTests : IAsyncLifetime
{
    private PersonsHost _persons = null!;

    public async ValueTask InitializeAsync() => _persons = await PersonsHost.StartAsync();

    public ValueTask DisposeAsync() => _persons.DisposeAsync();

    [Fact]
    public async Task It_is_the_same_for_every_code_and_holds_nothing_of_anybody()
    {
        var user = await _persons.ConnectAsync("acme");
        var answer = await Browser.JsonAsync(await _persons.Host.PostSignedAsync(DataDeletion, _persons.Host.Of(user)));
        var address = new Uri(answer.GetProperty("url").GetString()!);

        address.GetLeftPart(UriPartial.Authority).ShouldBe(_persons.Host.Address.GetLeftPart(UriPartial.Authority));
        var given = await ReadAsync(address.AbsolutePath);
        (await ReadAsync($"{DataDeletion}/{new string('0', 32)}")).ShouldBe(given);
        given.ShouldNotContain(address.Segments[^1]);
        given.ShouldNotContain("acme");
    }

    [Fact]
    public async Task It_is_a_plain_page_that_runs_and_loads_nothing_and_is_kept_nowhere()
    {
        using var browser = await _persons.Host.OpenBrowserAsync(null);
        var answer = await browser.GetAsync($"{DataDeletion}/{new string('a', 32)}", request => request.Headers.AcceptLanguage.ParseAdd("pt-BR"));

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        answer.Content.Headers.ContentLanguage.ShouldBe(["pt"]);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("<html lang=\"pt\">");
        page.ShouldContain("<h1>Sua solicita");
        page.ShouldContain("<title>");
        page.ShouldContain("<main>");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("http");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0000000000000000000000000000000g")]
    [InlineData("0000000000000000000000000000000A")]
    [InlineData("000000000000000000000000000000000")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("..%2f..%2f")]
    public async Task What_cannot_be_a_code_is_a_404(string code)
    {
        using var browser = await _persons.Host.OpenBrowserAsync(null);
        (await browser.GetAsync($"{DataDeletion}/{Uri.EscapeDataString(code)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> ReadAsync(string path)
    {
        using var browser = await _persons.Host.OpenBrowserAsync(null);
        var answer = await browser.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
