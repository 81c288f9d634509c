using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class MessageContentTests : IDisposable
{
    private static readonly Uri Link = new("https://shop.example/a b.jpg");

    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_template_has_its_parameters_by_part_and_button()
    {
        var template = MessageContent.Template(
            "tracked",
            "en_GB",
            TemplateParameter.Header(MessageContent.Image(Link)),
            TemplateParameter.Text("Ada", "first_name"),
            TemplateParameter.Text("Monday"),
            TemplateParameter.QuickReply(0, "stop"),
            TemplateParameter.Link(1, "77"),
            TemplateParameter.CouponCode(2, "SAVE"));

        (await SentAsync(template))["template"]!.ToJsonString().ShouldBe(
            """{"name":"tracked","language":{"code":"en_GB"},"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://shop.example/a%20b.jpg"}}]},{"type":"body","parameters":[{"type":"text","text":"Ada","parameter_name":"first_name"},{"type":"text","text":"Monday"}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"stop"}]},{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"77"}]},{"type":"button","sub_type":"copy_code","index":"2","parameters":[{"type":"coupon_code","coupon_code":"SAVE"}]}]}""");
    }

    [Fact]
    public async Task A_person_without_a_number_is_the_recipient_and_never_in_to()
    {
        await _graph.Answers("{}").SendAsync(WhatsAppCalls.SendMessage(
            Some.Token, Some.Number, MessageRecipient.User("US.13491208655302741918"), MessageContent.Text("Hi"), replyTo: "wamid.1", callbackData: "order 7"));

        JsonElement.DeepEquals(JsonDocument.Parse(_graph.Sent.Single().Body!).RootElement, JsonDocument.Parse(
            """{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"US.13491208655302741918","type":"text","text":{"preview_url":false,"body":"Hi"},"context":{"message_id":"wamid.1"},"biz_opaque_callback_data":"order 7"}""")
            .RootElement).ShouldBeTrue(_graph.Sent.Single().Body);
    }

    [Fact]
    public async Task An_answer_to_a_person_without_a_number_tells_the_user_id()
    {
        _graph.Answers("""{"contacts":[{"input":"US.1","user_id":"US.1"}],"messages":[{"id":"wamid.x","message_status":"held_for_quality_assessment"}]}""");
        (await _graph.SendAsync(Some.Message)).Value.ShouldBe(new() { Id = "wamid.x", UserId = "US.1", Status = "held_for_quality_assessment" });
    }

    [Fact]
    public async Task A_list_has_its_rows_by_section()
    {
        var list = MessageContent.List(
            "When?",
            "Choose",
            [new() { Id = "1", Title = "Nine", Section = "Monday", Description = "early" }, new() { Id = "2", Title = "Ten", Section = "Monday" }, new() { Id = "3", Title = "Nine", Section = "Tuesday" }],
            "Your visit",
            "Free of charge");

        (await SentAsync(list))["interactive"]!.ToJsonString().ShouldBe(
            """{"type":"list","header":{"type":"text","text":"Your visit"},"body":{"text":"When?"},"footer":{"text":"Free of charge"},"action":{"button":"Choose","sections":[{"title":"Monday","rows":[{"id":"1","title":"Nine","description":"early"},{"id":"2","title":"Ten"}]},{"title":"Tuesday","rows":[{"id":"3","title":"Nine"}]}]}}""");
    }

    [Fact]
    public void What_Meta_certainly_refuses_is_refused_at_once_and_not_repeated_by_the_exception()
    {
        MessageOption option = new() { Id = "1", Title = "One" };
        var tooLong = string.Concat(Enumerable.Repeat("planted ", 1000));
        Func<object>[] refused =
        [
            () => MessageContent.Text(tooLong),
            () => MessageContent.Template("", "en_US"),
            () => MessageContent.Template("name", "en_US", TemplateParameter.Text(" ")),
            () => TemplateParameter.Header(MessageContent.Text("planted")),
            () => TemplateParameter.Header(MessageContent.Image("1", "planted")),
            () => TemplateParameter.Link(10, "planted"),
            () => MessageContent.Reaction("", "👍"),
            () => MessageContent.Image("planted-id"),
            () => MessageContent.Image("1", tooLong),
            () => MessageContent.Document(new Uri("planted", UriKind.Relative)),
            () => MessageContent.Video(new Uri("file:///planted")),
            () => MessageContent.Location(90.1, 0),
            () => MessageContent.Location(0, double.NaN),
            () => MessageContent.Contacts(),
            () => MessageContent.Buttons("planted", []),
            () => MessageContent.Buttons("planted", [option, option with { Id = "2", Title = "b" }, option with { Id = "3", Title = "c" }, option with { Id = "4", Title = "d" }]),
            () => MessageContent.Buttons("planted", [option, option with { Title = "Two" }]),
            () => MessageContent.Buttons("planted", [option, option with { Id = "2" }]),
            () => MessageContent.Buttons("planted", [option with { Title = "A title of 21 charact" }]),
            () => MessageContent.Buttons("planted", [option with { Section = "planted" }]),
            () => MessageContent.Buttons("planted", [option], MessageContent.Audio("1")),
            () => MessageContent.Buttons(tooLong[..1025], [option]),
            () => MessageContent.List("planted", "Choose", []),
            () => MessageContent.List("planted", "Choose", [.. Enumerable.Range(0, 11).Select(id => option with { Id = $"{id}" })]),
            () => MessageContent.List("planted", "Choose", [option, option with { Id = "2", Section = "planted" }]),
            () => MessageContent.List("planted", "Choose", [option, option]),
            () => MessageContent.List("planted", "A button of 21 charact", [option]),
            () => MessageContent.List("planted", "Choose", [option], footer: tooLong[..61]),
            () => MessageRecipient.Phone("planted"),
            () => MessageRecipient.Phone("US.13491208655302741918"),
            () => MessageRecipient.Phone(""),
            () => MessageRecipient.User("+1 planted"),
            () => WhatsAppCalls.SendMessage(Some.Token, Some.Number, MessageRecipient.Phone("1"), MessageContent.Text("x"), callbackData: tooLong),
            () => WhatsAppCalls.MarkAsRead(Some.Token, Some.Number, ""),
            () => WhatsAppCalls.UpdateProfile(Some.Token, Some.Number, new()),
            () => WhatsAppCalls.UpdateProfile(Some.Token, Some.Number, new() { About = "" }),
            () => WhatsAppCalls.UpdateProfile(Some.Token, Some.Number, new() { Websites = ["planted"] }),
            () => WhatsAppCalls.UploadMedia(Some.Token, Some.Number, Stream.Null, "planted", "a.jpg"),
            () => WhatsAppCalls.UploadMedia(Some.Token, Some.Number, Stream.Null, "image/jpeg", "planted\"\r\nX: 1"),
            () => WhatsAppCalls.FindMedia(Some.Token, "../planted"),
            () => WhatsAppCalls.DownloadMedia(Some.Token, new MediaFile { Id = "1" }, Stream.Null),
        ];
        foreach (var (index, attempt) in refused.Index())
            Should.Throw<ArgumentException>(() => attempt(), $"number {index}").Message.ShouldNotContain("planted");
    }

    [Fact]
    public void What_is_at_the_limit_passes()
    {
        MessageContent.Text(new('x', MessageContent.MaxTextLength));
        MessageContent.Buttons(new('x', 1024), [.. Enumerable.Range(0, 3).Select(id => new MessageOption { Id = new($"{id}"[0], 256), Title = new($"{id}"[0], 20) })], MessageContent.Text(new('x', 60)), new('x', 60));
        MessageContent.List(new('x', 4096), new('x', 20), [.. Enumerable.Range(0, 10).Select(id => new MessageOption { Id = new($"{id}"[0], 200), Title = new('x', 24), Description = new('x', 72), Section = new('x', 24) })]);
        MessageContent.Location(-90, 180);
    }

    private async Task<JsonNode> SentAsync(MessageContent content)
    {
        await _graph.Answers("{}").SendAsync(Some.Sending(content));
        return JsonNode.Parse(_graph.Sent.Single().Body!)!;
    }
}
