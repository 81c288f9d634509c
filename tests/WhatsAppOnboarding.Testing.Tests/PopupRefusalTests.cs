using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class PopupRefusalTests : EmulatorTest
{
    [Theory]
    [InlineData("client_id", "1234", "Invalid App ID")]
    [InlineData("config_id", "778", "no such login configuration")]
    [InlineData("config_id", null, "no such login configuration")]
    [InlineData("response_type", null, "response_type")]
    [InlineData("response_type", "token", "response_type")]
    [InlineData("override_default_response_type", null, "override_default_response_type")]
    [InlineData("extras", "[]", "extras")]
    [InlineData("extras", "{", "extras")]
    [InlineData("origin", null, "origin")]
    [InlineData("origin", "https://saas.example/path", "origin")]
    [InlineData("origin", "javascript:alert(1)", "origin")]
    [InlineData("origin", "http://saas.example", "http pages")]
    public async Task A_wrong_call_of_login_shows_an_error_page(string name, string? value, string text)
    {
        Options.ConfigurationId = "777";
        var popup = new PopupWindow(Meta, Graph.Http);
        popup.Asked[name] = value;
        await popup.OpenAsync();
        popup.Status.ShouldBe(400);
        popup.Html.ShouldContain(text);
        popup.Html.ShouldNotContain("<form");
        Meta.Popup.Opened.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dead_version_shows_an_error_page()
    {
        Clock.Advance(TimeSpan.FromDays(3650));
        (await new PopupWindow(Meta, Graph.Http).OpenAsync()).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("https://saas.example", 200)]
    [InlineData("http://localhost:5080", 200)]
    [InlineData("http://127.0.0.1:5080", 400)]
    [InlineData("https://evil.example", 400)]
    [InlineData("https://saas.example.evil.example", 400)]
    public async Task Only_pages_of_allowed_domains_open_the_popup(string origin, int status)
    {
        Options.AllowedDomains = ["https://saas.example/", "localhost"];
        var popup = new PopupWindow(Meta, Graph.Http);
        popup.Asked["origin"] = origin;
        (await popup.OpenAsync()).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_form_is_checked_as_strictly_as_the_first_page()
    {
        var popup = await new PopupWindow(Meta, Graph.Http).OpenAsync();
        Options.AllowedDomains = ["https://other.example"];
        (await popup.PressAsync("finish")).Status.ShouldBe(400);
        Meta.World.IssuedCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_login_asked_for_is_remembered()
    {
        await new PopupWindow(Meta, Graph.Http).OpenAsync();
        Meta.Popup.Opened.ShouldHaveSingleItem().ShouldBe(new OpenedPopup { Version = "v25.0", ConfigurationId = "777", Origin = PopupWindow.Origin, Extras = """{"setup":{}}""" });
    }

    [Fact]
    public async Task The_popup_has_a_strict_policy_and_stays_in_no_cache()
    {
        var popup = await new PopupWindow(Meta, Graph.Http).OpenAsync();
        var policy = popup.Response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldEndWith("form-action 'self'");
        popup.Response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/en_US/sdk.js", 200)]
    [InlineData("/pt_BR/sdk.js", 200)]
    [InlineData("/english/sdk.js", 404)]
    public async Task The_sdk_is_served_in_any_language_to_any_page(string path, int status)
    {
        using var response = await Graph.Http.GetAsync(path, Ct);
        if (status != 200)
        {
            response.IsSuccessStatusCode.ShouldBeFalse();
            return;
        }

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/javascript; charset=utf-8");
        response.Headers.GetValues("Access-Control-Allow-Origin").Single().ShouldBe("*");
        (await response.Content.ReadAsStringAsync(Ct)).ShouldContain("window.FB");
    }
}
