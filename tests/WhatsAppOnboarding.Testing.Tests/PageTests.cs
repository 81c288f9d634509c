using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class PageTests : EmulatorTest
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'";

    [Fact]
    public async Task Hostile_names_are_only_text_on_every_page()
    {
        Options.AppName = Hostile;
        var number = Meta.World.AddBusiness(Hostile).AddWaba(Hostile).AddNumber(Hostile, Hostile, n => (n.Status, n.QualityRating) = (Hostile, Hostile));
        await Meta.Webhooks.ReceiveMessageAsync(number.Id, "1", Hostile, Hostile, Ct);
        foreach (var page in new[] { "/", "/world", "/?number=" + number.Id, Dialog().PathAndQuery + Uri.EscapeDataString(Hostile) })
        {
            var html = await Graph.Http.GetStringAsync(page, Ct);
            html.ShouldNotContain("<img");
            html.ShouldContain("&lt;img");
        }
    }

    [Fact]
    public async Task Hostile_names_are_only_text_in_the_popup()
    {
        Options.AppName = Hostile;
        var waba = Meta.World.AddBusiness(Hostile).AddWaba(Hostile);
        waba.AddNumber(Hostile, Hostile);
        var popup = new PopupWindow(Meta, Graph.Http);
        popup.Asked["extras"] = """{"setup":{"business":{"name":"<img>"}}}""";
        popup.Asked["channel"] = Hostile;
        await popup.OpenAsync();
        for (var step = 0; step < 3; step++)
        {
            popup.Html.ShouldNotContain("<img");
            popup.Html.ShouldContain("&lt;img");
            await popup.PressAsync(null, ("account", waba.Id), ("new_name", Hostile));
        }

        popup.Html.ShouldNotContain("<img");
    }

    [Fact]
    public async Task The_consent_screen_offers_each_waba_ticked_with_its_numbers()
    {
        using var response = await Graph.Http.GetAsync(Dialog(), Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        html.ShouldContain($"value=\"{Waba.Id}\" checked");
        html.ShouldContain("631-555-0101");
        html.ShouldContain(">Continue</button>");
        html.ShouldContain(">Cancel</button>");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Fact]
    public async Task A_person_writes_as_a_customer_and_is_told_that_nobody_hears()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["number"] = Number.Id,
            ["name"] = "Ada",
            ["from"] = "+1 650 555 0123",
            ["do"] = "send",
            ["text"] = "Are you open?",
        });
        using var response = await Graph.Http.PostAsync("/phone", form, Ct);
        ((int)response.StatusCode).ShouldBe(303);
        var html = await Graph.Http.GetStringAsync("/", Ct);
        html.ShouldContain("Are you open?");
        html.ShouldContain("The app is not subscribed: the business will not hear this.");
        html.ShouldContain("stand-in", Case.Insensitive);
        html.ShouldNotContain(Meta.AppSecret);
    }

    [Fact]
    public async Task A_person_is_told_when_the_app_did_not_take_a_message()
    {
        await using var app = await Listener.StartAsync(Ct);
        await Meta.Webhooks.ConfigureAsync(app.Callback, Listener.VerifyToken, Ct);
        Waba.IsAppSubscribed = true;
        await Meta.Webhooks.ReceiveMessageAsync(Number.Id, "1", "Ada", "Hi", Ct);
        (await Graph.Http.GetStringAsync("/?number=" + Number.Id, Ct)).ShouldContain("Delivery failed (HTTP 401)");

        app.AppSecret = Meta.AppSecret;
        await Meta.Webhooks.RetryDueAsync(Ct);
        (await Graph.Http.GetStringAsync("/?number=" + Number.Id, Ct)).ShouldContain("Delivered to the app");
    }

    [Theory]
    [InlineData("/emulator.css", "text/css; charset=utf-8")]
    [InlineData("/cockpit.css", "text/css; charset=utf-8")]
    [InlineData("/emulator.js", "text/javascript; charset=utf-8")]
    [InlineData("/popup.js", "text/javascript; charset=utf-8")]
    public async Task Assets_are_served(string path, string type)
    {
        using var response = await Graph.Http.GetAsync(path, Ct);
        response.EnsureSuccessStatusCode().Content.Headers.ContentType!.ToString().ShouldBe(type);
    }
}
