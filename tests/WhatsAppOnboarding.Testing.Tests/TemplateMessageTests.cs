using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class TemplateMessageTests : MessagingTest
{
    private const string Two = """{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"currency","currency":{"fallback_value":"$1","code":"USD","amount_1000":1000}}]}""";

    [Fact]
    public async Task A_template_with_its_parameters_is_accepted()
    {
        var reply = await SendTemplateAsync("order_update", Two);
        ((string?)reply["messages"]![0]!["message_status"]).ShouldBe("accepted");
        var message = Meta.World.Messages.ShouldHaveSingleItem();
        (message.Type, message.Body).ShouldBe(("template", "order_update"));
    }

    [Theory]
    [InlineData("order_update", "")]
    [InlineData("order_update", """{"type":"body","parameters":[{"type":"text","text":"Ada"}]}""")]
    [InlineData("hello_world", Two)]
    [InlineData("hello_world", """{"type":"header","parameters":[{"type":"text","text":"Ada"}]}""")]
    public async Task A_wrong_count_of_parameters_is_refused(string name, string components) => (await SendTemplateAsync(name, components)).ShouldFail(400, 132000);

    [Theory]
    [InlineData("nobody_knows", "en_US")]
    [InlineData("hello_world", "en")]
    public async Task An_unknown_template_or_language_is_refused(string name, string language) => (await SendTemplateAsync(name, "", language)).ShouldFail(404, 132001);

    [Theory]
    [InlineData("PAUSED", 400, 132015)]
    [InlineData("DISABLED", 400, 132016)]
    [InlineData("PENDING", 404, 132001)]
    public async Task A_template_that_is_not_approved_is_refused(string status, int http, int code)
    {
        Waba.Templates[0].Status = status;
        (await SendTemplateAsync("hello_world")).ShouldFail(http, code);
    }

    [Theory]
    [InlineData("""{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":""}]}""", 131008)]
    [InlineData("""{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":7}]}""", 100)]
    [InlineData("""{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"image","image":{"id":"1"}}]}""", 132012)]
    [InlineData("""{"type":"body","parameters":[{"type":"text","text":"Ada","parameter_name":"a"},{"type":"text","text":"7","parameter_name":"b"}]}""", 132012)]
    [InlineData("""{"type":"footer","parameters":[]}""", 100)]
    public async Task Parameters_of_another_kind_are_refused(string components, int code) => (await SendTemplateAsync("order_update", components)).ShouldFail(400, code);

    [Fact]
    public async Task The_filled_body_has_1024_characters_at_most() =>
        (await SendTemplateAsync("order_update", $$$"""{"type":"body","parameters":[{"type":"text","text":"{{{new string('x', 1024)}}}"},{"type":"text","text":"7"}]}""")).ShouldFail(400, 132005);

    [Theory]
    [InlineData("""{"type":"text","text":"Ada","parameter_name":"first_name"}""", null)]
    [InlineData("""{"type":"text","text":"Ada"}""", 100)]
    [InlineData("""{"type":"text","text":"Ada","parameter_name":"surname"}""", 132012)]
    public async Task Named_placeholders_are_filled_by_name(string parameter, int? refusal)
    {
        Waba.AddTemplate("greeting", "Hi {{first_name}}");
        var reply = await SendTemplateAsync("greeting", $$$"""{"type":"body","parameters":[{{{parameter}}}]}""");
        if (refusal is { } code)
            reply.ShouldFail(400, code);
        else
            reply.ShouldSucceed();
    }

    [Theory]
    [InlineData("", 132012)]
    [InlineData("""{"type":"header","parameters":[{"type":"text","text":"Ada"}]}""", 132012)]
    [InlineData("""{"type":"header","parameters":[{"type":"image","image":{"id":"4711"}}]}""", 100)]
    [InlineData("""{"type":"header","parameters":[{"type":"image","image":{"link":"https://shop.example/a.jpg"}}]}""", null)]
    public async Task A_file_in_the_header_is_given_by_each_message(string components, int? refusal)
    {
        Waba.AddTemplate("picture", "Look!", configure: template => template.HeaderMedia = "IMAGE");
        var reply = await SendTemplateAsync("picture", components);
        if (refusal is { } code)
            reply.ShouldFail(400, code);
        else
            reply.ShouldSucceed();
    }

    [Theory]
    [InlineData("", 131008)]
    [InlineData("""{"type":"button","sub_type":"url","index":"1","parameters":[]}""", 131008)]
    [InlineData("""{"type":"button","index":"1","parameters":[{"type":"text","text":"7"}]}""", 131008)]
    [InlineData("""{"type":"button","sub_type":"url","parameters":[{"type":"text","text":"7"}]}""", 131008)]
    [InlineData("""{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"7"}]}""", 132012)]
    [InlineData("""{"type":"button","sub_type":"url","index":"2","parameters":[{"type":"text","text":"7"}]}""", 132012)]
    [InlineData("""{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"7"},{"type":"text","text":"8"}]}""", 132000)]
    [InlineData("""{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"payload","payload":"7"}]}""", 132012)]
    [InlineData("""{"type":"button","sub_type":"url","index":1,"parameters":[{"type":"text","text":"7"}]}""", null)]
    [InlineData("""{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"7"}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"STOP"}]}""", null)]
    public async Task Buttons_are_named_by_kind_and_index_and_completed_where_they_must(string components, int? refusal)
    {
        Waba.AddTemplate("tracked", "On its way.", configure: template =>
            template.Buttons = [new("QUICK_REPLY", "Stop"), new("URL", "Track", "https://shop.example/{{1}}")]);
        var reply = await SendTemplateAsync("tracked", components);
        if (refusal is { } code)
            reply.ShouldFail(400, code);
        else
            reply.ShouldSucceed();
    }

    private Task<GraphReply> SendTemplateAsync(string name, string components = "", string language = "en_US") =>
        SendAsync($$$"""{"type":"template","template":{"name":"{{{name}}}","language":{"code":"{{{language}}}"},"components":[{{{components}}}]}}""");
}
