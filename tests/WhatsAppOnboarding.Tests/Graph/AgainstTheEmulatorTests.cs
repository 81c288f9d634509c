using System.Text;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>Each call for hosts, taken by an emulator that refuses whatever Meta does not document.</summary>
public sealed class AgainstTheEmulatorTests : IAsyncLifetime
{
    private static readonly byte[] Picture = [.. Encoding.ASCII.GetBytes("not really a picture")];

    private TheHost _host = null!;
    private EmulatedWaba _waba = null!;
    private EmulatedNumber _number = null!;
    private AccessToken _token = null!;

    private PhoneNumberId From => PhoneNumberId.Parse(_number.Id);

    public async ValueTask InitializeAsync()
    {
        _host = await TheHost.StartAsync();
        _waba = _host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Lucky Shrub");
        _number = _waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        _token = AccessToken.Parse(_host.Meta.World.IssueToken().Value);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_message_is_taken()
    {
        var image = (await OkAsync(Upload("image/jpeg"))).Id;
        var sticker = (await OkAsync(Upload("image/webp"))).Id;
        var link = new Uri("https://shop.example/file");
        MessageOption[] options = [new() { Id = "y", Title = "Yes" }, new() { Id = "n", Title = "No" }];
        var first = await OkAsync(Sending(MessageContent.Text("Hello https://shop.example", previewUrl: true)));
        MessageContent[] all =
        [
            MessageContent.Template("hello_world", "en_US"),
            MessageContent.Template("order_update", "en_US", TemplateParameter.Text("Ada"), TemplateParameter.Text("7")),
            MessageContent.Reaction(first.Id, "👍"),
            MessageContent.Reaction(first.Id, null),
            MessageContent.Image(image, "Is it this one?"),
            MessageContent.Image(link),
            MessageContent.Video(link, "Our shop"),
            MessageContent.Audio(link),
            MessageContent.Document(image, "invoice.pdf", "Your invoice"),
            MessageContent.Document(link),
            MessageContent.Sticker(sticker),
            MessageContent.Sticker(link),
            MessageContent.Location(37.48, -122.14, "Garden", "1 Hacker Way"),
            MessageContent.Contacts(("Ada Lovelace", "+16505550123")),
            MessageContent.Buttons("Shall we?", options, MessageContent.Image(link), "Answer soon"),
            MessageContent.List("Shall we?", "Choose", options, "A question"),
        ];
        foreach (var content in all)
            (await OkAsync(Sending(content))).WaId.ShouldBe("16505550123", content.Type);

        _host.Meta.World.Messages.Select(message => message.Type).ShouldBe(["text", .. all.Select(content => content.Type)]);
    }

    [Fact]
    public async Task A_template_with_everything_is_taken()
    {
        _waba.AddTemplate("tracked", "Hi {{first_name}}, it is on its way.", "en_GB", template =>
        {
            template.HeaderMedia = "IMAGE";
            template.Buttons = [new("QUICK_REPLY", "Stop"), new("URL", "Track", "https://shop.example/{{1}}")];
        });

        var sent = await OkAsync(Sending(MessageContent.Template(
            "tracked",
            "en_GB",
            TemplateParameter.Header(MessageContent.Image(new Uri("https://shop.example/parcel.jpg"))),
            TemplateParameter.Text("Ada", "first_name"),
            TemplateParameter.QuickReply(0, "stop"),
            TemplateParameter.Link(1, "77"))));

        sent.Status.ShouldBe("accepted");
    }

    [Fact]
    public async Task A_template_that_is_refused_tells_the_developer_why_and_nobody_else()
    {
        var error = (await _host.UseAsync<IGraphClient, GraphResult<SentMessage>>(graph => graph.SendAsync(
            Sending(MessageContent.Template("order_update", "en_US", TemplateParameter.Text("Ada")))))).Error!;

        error.Code.ShouldBe(132000);
        error.Details.ShouldNotBeNull().ShouldContain("(1) does not match the expected number of params (2)");
        error.ToString().ShouldNotContain(error.Details);
        _host.Logs.Lines.ShouldAllBe(line => !line.Text.Contains(error.Details));
    }

    [Fact]
    public async Task A_person_known_by_a_user_id_alone_is_answered_and_the_answer_quotes_what_it_answers()
    {
        var nora = new EmulatedCustomer("Nora") { Username = "@nora", UserId = "US.10000000000000000001" };
        var sent = await OkAsync(WhatsAppCalls.SendMessage(_token, From, MessageRecipient.User(nora.UserId), MessageContent.Text("Yes"), replyTo: "wamid.question"));

        sent.UserId.ShouldBe(nora.UserId);
        var message = _host.Meta.World.Messages.ShouldHaveSingleItem();
        (message.CustomerUserId, message.ReplyTo).ShouldBe((nora.UserId, "wamid.question"));
        _host.Meta.World.LostMessages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customers_message_is_marked_as_read_and_typing_is_shown()
    {
        _waba.IsAppSubscribed = true;
        await _host.Meta.Webhooks.ReceiveMessageAsync(_number.Id, "+1 650-555-0123", "Ada", "Are you open?", cancellationToken: TestContext.Current.CancellationToken);
        var question = _host.Meta.World.Conversations.ShouldHaveSingleItem();

        await OkAsync(WhatsAppCalls.MarkAsRead(_token, From, question.Id, showTyping: true));

        (question.ReadAt, question.TypingAt).ShouldSatisfyAllConditions(times => times.ReadAt.ShouldNotBeNull(), times => times.TypingAt.ShouldNotBeNull());
    }

    [Fact]
    public async Task A_file_goes_up_and_comes_down_byte_by_byte()
    {
        using var stream = new MemoryStream(Picture);
        var uploaded = await OkAsync(WhatsAppCalls.UploadMedia(_token, From, stream, "image/jpeg", "pícture.jpg"));
        stream.CanRead.ShouldBeTrue("the stream is the host's");

        var found = await OkAsync(WhatsAppCalls.FindMedia(_token, uploaded.Id, From));
        (found.MediaType, found.Size).ShouldBe(("image/jpeg", Picture.Length));

        using var destination = new MemoryStream();
        await OkAsync(WhatsAppCalls.DownloadMedia(_token, found, destination));
        destination.ToArray().ShouldBe(Picture);
        _host.Meta.Calls.All.ShouldAllBe(call => !call.QueryNames.Contains("access_token"));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_not_taken()
    {
        var found = await OkAsync(WhatsAppCalls.FindMedia(_token, (await OkAsync(Upload("image/jpeg"))).Id));
        using var destination = new MemoryStream();

        var error = (await ResultAsync(WhatsAppCalls.DownloadMedia(_token, found, destination, Picture.Length - 1))).Error!;

        (error.Kind, error.Reason, destination.Length).ShouldBe((GraphErrorKind.UnreadableAnswer, "too_large", 0));
        await OkAsync(WhatsAppCalls.DownloadMedia(_token, found, destination, Picture.Length));
    }

    [Fact]
    public async Task Templates_are_listed_by_name_and_status()
    {
        var all = await _host.UseAsync<IGraphClient, GraphResult<IReadOnlyList<MessageTemplate>>>(
            graph => graph.ReadAllAsync(after => WhatsAppCalls.ListTemplates(_token, WabaId.Parse(_waba.Id), after)));
        all.Value!.Select(template => (template.Name, template.Language, template.Status)).ShouldBe(
            [("hello_world", "en_US", "APPROVED"), ("order_update", "en_US", "APPROVED")], ignoreOrder: true);

        var one = await OkAsync(WhatsAppCalls.ListTemplates(_token, WabaId.Parse(_waba.Id), name: "order_update", status: "APPROVED", language: "en_US", category: "UTILITY"));
        one.Items.ShouldHaveSingleItem().Components.GetArrayLength().ShouldBeGreaterThan(0);
        (await OkAsync(WhatsAppCalls.ListTemplates(_token, WabaId.Parse(_waba.Id), status: "REJECTED"))).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_profile_is_changed_where_something_is_given_and_read()
    {
        await OkAsync(WhatsAppCalls.UpdateProfile(_token, From, new() { About = "Shrubs and more", Email = "hi@shop.example", Websites = ["https://shop.example"], Vertical = "RETAIL" }));
        await OkAsync(WhatsAppCalls.UpdateProfile(_token, From, new() { Description = "Since 1999", Email = "" }));

        var profile = await OkAsync(WhatsAppCalls.ReadProfile(_token, From));

        (profile.About, profile.Description, profile.Email, profile.Vertical).ShouldBe(("Shrubs and more", "Since 1999", null, "RETAIL"));
        profile.Websites.ShouldBe(["https://shop.example"]);
    }

    [Fact]
    public async Task A_number_tells_whether_it_can_send_and_who_stands_in_the_way()
    {
        var well = await OkAsync(WhatsAppCalls.ReadNumber(_token, From));
        (well.Number.Id, well.Number.NameStatus, well.CanSendMessage, well.MessagingLimit, well.Throughput).ShouldBe(
            (From, _number.NameStatus, "AVAILABLE", _waba.Owner.MessagingLimit, _number.ThroughputLevel));
        well.Health.Select(finding => finding.EntityType).ShouldBe(["PHONE_NUMBER", "WABA", "BUSINESS", "APP"]);

        _waba.HasPaymentMethod = false;

        var ill = await OkAsync(WhatsAppCalls.ReadNumber(_token, From));
        ill.CanSendMessage.ShouldBe("BLOCKED");
        var finding = ill.Health.Single(one => one.Code is not null);
        (finding.EntityType, finding.EntityId, finding.Code, finding.CanSendMessage).ShouldBe(("WABA", _waba.Id, 141006, "BLOCKED"));
        finding.Solution.ShouldNotBeNullOrEmpty();
    }

    private GraphCall<MediaFile> Upload(string type) => WhatsAppCalls.UploadMedia(_token, From, new MemoryStream(Picture), type, "file");

    private GraphCall<SentMessage> Sending(MessageContent content) => WhatsAppCalls.SendMessage(_token, From, MessageRecipient.Phone("+1 (650) 555-0123"), content);

    private Task<GraphResult<T>> ResultAsync<T>(GraphCall<T> call)
        where T : class => _host.UseAsync<IGraphClient, GraphResult<T>>(graph => graph.SendAsync(call, TestContext.Current.CancellationToken));

    private async Task<T> OkAsync<T>(GraphCall<T> call)
        where T : class
    {
        var result = await ResultAsync(call);
        result.Succeeded.ShouldBeTrue($"{result} {result.Error?.Details}");
        return result.Value;
    }
}
