using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class TemplateTests : MessagingTest
{
    private string Path => $"/v25.0/{Waba.Id}/message_templates";

    [Fact]
    public async Task Each_waba_has_hello_world_and_a_template_with_parameters()
    {
        var templates = (await Graph.GetAsync(Path, Token))["data"]!.AsArray();
        templates.Select(template => ((string)template!["name"]!, (string)template["language"]!, (string)template["status"]!))
            .ShouldBe([("hello_world", "en_US", "APPROVED"), ("order_update", "en_US", "APPROVED")]);
        templates[0]!["components"]!.AsArray().Select(component => (string)component!["type"]!).ShouldBe(["HEADER", "BODY", "FOOTER"]);
        var body = templates[1]!["components"]![0]!;
        ((string)body["text"]!).ShouldContain("{{2}}");
        body["example"]!["body_text"]![0]!.AsArray().Count.ShouldBe(2);
        ((string?)templates[1]!["parameter_format"]).ShouldBe("POSITIONAL");
    }

    [Theory]
    [InlineData("name=order_update", "order_update")]
    [InlineData("language=pt_BR", "promo")]
    [InlineData("language=[\"pt_BR\",\"en_US\"]", "hello_world,order_update,promo")]
    [InlineData("status=PAUSED", "promo")]
    [InlineData("status=[\"PAUSED\",\"APPROVED\"]", "hello_world,order_update,promo")]
    [InlineData("category=MARKETING", "promo")]
    [InlineData("name=promo&status=APPROVED", "")]
    public async Task Templates_are_found_by_name_language_status_and_category(string query, string names)
    {
        Waba.AddTemplate("promo", "{{first_name}}, tudo -20%", "pt_BR", template => (template.Category, template.Status) = ("MARKETING", "PAUSED"));
        var found = (await Graph.GetAsync($"{Path}?fields=name&{query}", Token))["data"]!.AsArray();
        string.Join(',', found.Select(template => (string)template!["name"]!)).ShouldBe(names);
    }

    [Fact]
    public async Task The_next_page_keeps_the_filter()
    {
        for (var i = 0; i < 3; i++)
            Waba.AddTemplate("promo", "Sale", $"en_{i}", template => template.Category = "MARKETING");
        var page = await Graph.GetAsync(Path + "?category=MARKETING&limit=2&fields=language", Token);
        ((string)page["paging"]!["next"]!).ShouldContain("category=MARKETING");
        var after = Uri.EscapeDataString((string)page["paging"]!["cursors"]!["after"]!);
        var last = await Graph.GetAsync($"{Path}?category=MARKETING&limit=2&fields=language&after={after}", Token);
        last["data"]!.AsArray().ShouldHaveSingleItem();
        last["paging"]!["next"].ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_status_or_field_and_a_token_without_permission_are_refused()
    {
        (await Graph.GetAsync(Path + "?status=READY", Token)).ShouldFail(400, 100);
        (await Graph.GetAsync(Path + "?fields=colour", Token)).ShouldFail(400, 100);
        (await Graph.GetAsync(Path, Meta.World.IssueToken(scopes: ["whatsapp_business_messaging"]).Value)).ShouldFail(403, 200);
    }

    [Fact]
    public void Names_are_metas_and_a_name_is_there_once_per_language()
    {
        Should.Throw<ArgumentException>(() => Waba.AddTemplate("Hello World", "Hi"));
        Should.Throw<ArgumentException>(() => Waba.AddTemplate("hello_world", "Hi"));
        Waba.AddTemplate("hello_world", "Oi", "pt_BR");
        Waba.RemoveTemplate(Waba.Templates[0]);
        Waba.Templates.Select(template => template.Language).ShouldBe(["en_US", "pt_BR"]);
    }
}
