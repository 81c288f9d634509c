using System.Net;
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

    [Fact]
    public async Task The_path_can_be_changed()
    {
        await using var host = await TheHost.StartAsync(setup => setup["Paths:Component"] = "/assets/connect.js");
        using var client = host.OpenApi(account: null);
        (await client.GetAsync("/assets/connect.js", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(Path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
