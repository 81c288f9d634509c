using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>A browser on the developer's machine reaches the emulator from every page that is open in it.</summary>
public sealed class AdmissionTests : EmulatorTest
{
    private const string Popup = "/v25.0/dialog/embedded-signup";

    [Theory]
    [InlineData("evil.example", "/")]
    [InlineData("evil.example:5081", "/world")]
    [InlineData("127.0.0.1.evil.example", "/en_US/sdk.js")]
    [InlineData("localhost.evil.example", Popup)]
    [InlineData("192.168.1.20", "/v25.0/dialog/oauth")]
    [InlineData("0.0.0.0", "/v25.0/me")]
    public async Task A_foreign_name_that_points_here_gets_nothing_but_the_reason(string host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        (await RefusedAsync(request)).ShouldContain("AllowedHosts");
    }

    [Theory]
    [InlineData("localhost:5081")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]:5081")]
    [InlineData("meta.test:8080")]
    public async Task Names_of_this_machine_and_those_of_the_options_are_answered(string host)
    {
        Options.AllowedHosts.Add("Meta.test");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
        using var response = await Graph.Http.SendAsync(request, Ct);
        ((int)response.StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("cross-site", "https://evil.example")]
    [InlineData("cross-site", null)]
    [InlineData("same-site", "http://localhost:5080")]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "http://127.0.0.1:1")]
    [InlineData(null, "null")]
    [InlineData("none", "null")]
    [InlineData("same-origin", "null")]
    public async Task A_page_of_another_origin_cannot_write_as_a_customer(string? site, string? origin)
    {
        using var request = Post("/phone", site, origin, ("number", Number.Id), ("name", "Ada"), ("from", "1"), ("do", "send"), ("text", "Forged"));
        (await RefusedAsync(request)).ShouldContain("another origin");
        Meta.World.Conversations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v25.0/dialog/oauth")]
    [InlineData(Popup)]
    [InlineData(Popup + "/handed-over")]
    [InlineData("/v25.0/1/messages")]
    [InlineData("/v25.0/1/register")]
    public async Task Nor_can_it_consent_sign_up_or_call_the_api_for_somebody(string path)
    {
        using var request = Post(path, "same-site", "http://localhost:5080", ("decision", "continue"), ("waba", Waba.Id), ("ending", "finish"));
        (await RefusedAsync(request)).ShouldContain("another origin");
        Meta.World.IssuedCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_method_other_than_post_writes_as_well()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v25.0/{Waba.Id}/subscribed_apps") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        await RefusedAsync(request);
    }

    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("none", false)]
    [InlineData(null, true)]
    [InlineData(null, false)]
    public async Task The_emulators_own_page_and_a_server_write(string? site, bool withOrigin)
    {
        using var request = Post("/phone", site, withOrigin ? Meta.Address.GetLeftPart(UriPartial.Authority) : null, ("number", Number.Id), ("name", "Ada"), ("from", "1"), ("do", "send"), ("text", "Hi"));
        using var response = await Graph.Http.SendAsync(request, Ct);
        ((int)response.StatusCode).ShouldBe(303);
        Meta.World.Conversations.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_proxy_of_the_options_may_speak_https_in_front_of_it()
    {
        Options.AllowedHosts.Add("meta.test");
        using var request = Post("/phone", "same-origin", "https://meta.test", ("number", Number.Id), ("name", "Ada"), ("from", "1"), ("do", "send"), ("text", "Hi"));
        request.Headers.Host = "meta.test";
        using var response = await Graph.Http.SendAsync(request, Ct);
        ((int)response.StatusCode).ShouldBe(303);
    }

    private async Task<string> RefusedAsync(HttpRequestMessage request)
    {
        using var response = await Graph.Http.SendAsync(request, Ct);
        ((int)response.StatusCode).ShouldBe(403);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    private static HttpRequestMessage Post(string path, string? site, string? origin, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return request;
    }
}
