using System.Net.Http.Headers;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>On the emulator's first page a visitor is the customer, and Meta.</summary>
public sealed class PhonePageTests : MessagingTest
{
    [Fact]
    public async Task What_is_edited_deleted_and_reacted_to_shows_on_its_message()
    {
        await DoAsync("send", ("text", "Two ferns"));
        await DoAsync("send", ("text", "Never mind"));
        var (first, second) = (Meta.World.Conversations[0].Id, Meta.World.Conversations[1].Id);
        await SendAsync($$$"""{"type":"reaction","reaction":{"message_id":"{{{first}}}","emoji":"\uD83D\uDC4D"}}""");
        await DoAsync("edit", ("of", first), ("text", "Three ferns"));
        await DoAsync("delete", ("of", second));
        await DoAsync("", ("of", first), ("react", "OK"));

        var page = await PageAsync();
        page.ShouldContain("Three ferns");
        page.ShouldContain(", edited");
        page.ShouldContain("This message was deleted.");
        page.ShouldContain($"OK you, &#x1F44D; {Number.VerifiedName}");
        page.ShouldNotContain("Two ferns");
        page.ShouldNotContain("Never mind");
        Meta.World.Conversations.Where(message => !message.FromBusiness).Select(message => message.Type).ShouldBe(["text", "text", "edit", "revoke", "reaction"]);
    }

    [Fact]
    public async Task A_customer_with_a_username_and_no_number_has_a_phone_too()
    {
        var address = await DoAsync("send", ("name", "Nora Field"), ("from", ""), ("username", "norafield"), ("text", "Do you ship abroad?"));
        var nora = Number.Customers.ShouldHaveSingleItem();
        (nora.Number, nora.Username).ShouldBe(("", "norafield"));
        address.ShouldBe($"/?number={Number.Id}&as={nora.UserId}");
        Meta.Webhooks.Deliveries[^1].Payload.ShouldContain("\"from\":\"\"");

        (await SendAsync($$$"""{"recipient":"{{{nora.UserId}}}","type":"text","text":{"body":"We do"}}""")).ShouldSucceed();
        (await Graph.Http.GetStringAsync(address, Ct)).ShouldContain("We do");
        await DoAsync("send", ("as", nora.UserId), ("name", ""), ("of", Meta.World.Messages[^1].Id), ("text", "Lovely"));
        Meta.World.Conversations[^1].ReplyTo.ShouldBe(Meta.World.Messages[^1].Id);
        Number.Customers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Photo_voice_and_place_are_one_click_and_a_file_of_ones_own_is_never_shown_as_a_page()
    {
        foreach (var what in (string[])["photo", "voice", "place"])
            await DoAsync(what);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in Fields("file", []))
            form.Add(new StringContent(value), name);
        var page = new ByteArrayContent("<script>alert(1)</script>"u8.ToArray());
        page.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        form.Add(page, "file", "../order.html");
        using var sent = await Graph.Http.PostAsync("/phone", form, Ct);

        Meta.World.Conversations.Select(message => (message.Type, message.Body)).ShouldBe([("image", ""), ("audio", ""), ("location", "Greenhouse 4"), ("document", "order.html")]);
        foreach (var (media, type, isSaved) in Number.Media.Zip((string[])["image/jpeg", "audio/ogg; codecs=opus", "application/octet-stream"], (bool[])[false, false, true]).ToList())
        {
            using var file = await Graph.Http.GetAsync("/media/" + media.Id, Ct);
            file.Content.Headers.ContentType!.ToString().ShouldBe(type);
            (file.Content.Headers.ContentDisposition?.DispositionType == "attachment").ShouldBe(isSaved);
            file.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        }
    }

    [Fact]
    public async Task A_template_shows_filled_and_its_quick_reply_can_be_tapped()
    {
        Waba.AddTemplate("ready", "Hi {{1}}, it is ready.", configure: template => template.Buttons = [new("QUICK_REPLY", "Stop")]);
        await SendAsync("""{"type":"template","template":{"name":"ready","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ada"}]}]}}""");
        (await PageAsync()).ShouldContain("Hi Ada, it is ready.");
        await DoAsync("", ("of", Meta.World.Messages[^1].Id), ("tap", "0"));
        (Meta.World.Conversations[^1].Type, Meta.World.Conversations[^1].Body).ShouldBe(("button", "Stop"));
    }

    [Fact]
    public async Task Reading_tells_the_business_of_each_message_that_came()
    {
        await using var app = await ListenAsync();
        Meta.Webhooks.SendStatuses = false;
        await SendTextAsync();
        Number.NextFailure = new EmulatedFailure(131026);
        await SendTextAsync();
        await DoAsync("read");
        app.Bodies.ShouldHaveSingleItem().ShouldContain("\"status\":\"read\"");
        Meta.World.Messages.Select(message => message.ReadAt is not null).ShouldBe([true, false]);
        (await Meta.Happenings.ReadMessagesAsync(Number.Id, Ada, Ct)).ShouldBeNull();
    }

    [Theory]
    [InlineData("later", 200)]
    [InlineData("now", 400)]
    public async Task The_next_message_fails_with_the_chosen_code_and_the_one_after_does_not(string when, int status)
    {
        await DoAsync("fail", ("code", "131049"), ("when", when));
        await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi", id: "wamid.1"), Ct);
        (await SendAsync("""{"status":"read","message_id":"wamid.1"}""")).ShouldSucceed();
        (await PageAsync()).ShouldContain("131049 (This message was not delivered to maintain healthy ecosystem engagement.)");
        (await SendTextAsync()).Status.ShouldBe(status);
        (await SendTextAsync()).ShouldSucceed();
        Meta.World.Messages.Select(message => message.FailureCode).ShouldBe(status == 200 ? [131049, null] : [null]);

        await DoAsync("fail", ("code", "131049"));
        await DoAsync("arrive");
        Number.NextFailure.ShouldBeNull();
    }

    [Fact]
    public async Task The_24_hours_can_be_over_until_the_customer_writes_again()
    {
        Options.EnforceCustomerServiceWindow = true;
        await DoAsync("send", ("text", "Hi"));
        Number.IsWindowOpen(Ada).ShouldBeTrue();
        await DoAsync("close-window");
        Number.IsWindowOpen(Ada).ShouldBeFalse();
        await SendTextAsync();
        Meta.World.Messages[^1].FailureCode.ShouldBe(131047);
        await DoAsync("send", ("text", "Hi again"));
        await SendTextAsync();
        Meta.World.Messages[^1].FailureCode.ShouldBeNull();
    }

    [Fact]
    public async Task A_phone_changes_a_text_for_a_quarter_of_an_hour_and_only_its_own()
    {
        await DoAsync("send", ("text", "Hi"));
        await SendTextAsync();
        (await PostAsync("edit", ("of", Meta.World.Messages[^1].Id), ("text", "Bye"))).Status.ShouldBe(404);
        Clock.Advance(TimeSpan.FromMinutes(16));
        (await PostAsync("edit", ("of", Meta.World.Conversations[0].Id), ("text", "Bye"))).Status.ShouldBe(404);
        (await PostAsync("delete", ("of", Meta.World.Conversations[0].Id))).Status.ShouldBe(303);
        (await PostAsync("dance")).Status.ShouldBe(404);
        (await PostAsync("send", ("number", "1"), ("text", "Hi"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_switch_leads_back_to_the_phone()
    {
        var page = await PageAsync();
        page.ShouldContain("""name="loss" value="flag""");
        using var form = new FormUrlEncodedContent([new("of", "number"), new("id", Number.Id), new("loss", "flag"), new("number", Number.Id), new("as", Ada.UserId)]);
        using var pressed = await Graph.Http.PostAsync("/loss", form, Ct);
        pressed.Headers.Location!.OriginalString.ShouldStartWith($"/?number={Number.Id}&");
        (await PageAsync()).ShouldContain("Flagged, quality RED");
    }

    private Task<string> PageAsync() => Graph.Http.GetStringAsync($"/?number={Number.Id}&as={Uri.EscapeDataString(Ada.UserId)}", Ct);

    private async Task<string> DoAsync(string act, params (string Name, string Value)[] more)
    {
        var (status, location) = await PostAsync(act, more);
        status.ShouldBe(303);
        return location;
    }

    private async Task<(int Status, string Location)> PostAsync(string act, params (string Name, string Value)[] more)
    {
        using var form = new FormUrlEncodedContent(Fields(act, more).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await Graph.Http.PostAsync("/phone", form, Ct);
        return ((int)response.StatusCode, response.Headers.Location?.OriginalString ?? "");
    }

    private IEnumerable<(string Name, string Value)> Fields(string act, (string Name, string Value)[] more) =>
        more.Concat([("number", Number.Id), ("name", Ada.Name), ("from", Ada.Number!), ("do", act)]).DistinctBy(field => field.Item1);
}
