using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class RecipientTests : MessagingTest
{
    private static readonly EmulatedCustomer Nora = new("Nora") { Username = "@nora", UserId = "US.10000000000000000001" };

    [Fact]
    public async Task A_person_without_a_number_is_answered_by_user_id()
    {
        await using var app = await ListenAsync();
        await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Nora, "Do you ship abroad?"), Ct);
        (await app.Arrived.WaitAsync(TimeSpan.FromSeconds(30), Ct)).ShouldBeTrue();
        app.Bodies.Clear();

        var reply = await SendAsync("""{"recipient":"US.10000000000000000001","text":{"body":"Yes"}}""");

        reply["contacts"]![0]!.ToJsonString().ShouldBe("""{"input":"US.10000000000000000001","user_id":"US.10000000000000000001"}""");
        var message = Meta.World.Messages.ShouldHaveSingleItem();
        (message.Customer, message.CustomerUserId).ShouldBe(("", Nora.UserId));
        var status = await NextStatusAsync(app);
        ((string?)status["recipient_user_id"]).ShouldBe(Nora.UserId);
        status["recipient_id"].ShouldBeNull();
    }

    [Fact]
    public async Task A_user_id_whose_number_is_known_goes_to_that_number()
    {
        await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi"), Ct);
        var reply = await SendAsync($$$"""{"recipient":"{{{Ada.UserId}}}","text":{"body":"Hello"}}""");
        ((string?)reply["contacts"]![0]!["wa_id"]).ShouldBe(Customer);
        Meta.World.Messages.ShouldHaveSingleItem().Customer.ShouldBe(Customer);
    }

    [Fact]
    public async Task A_number_goes_before_a_user_id()
    {
        var reply = await SendAsync("""{"to":"+16505550199","recipient":"US.1","text":{"body":"Hi"}}""");
        ((string?)reply["contacts"]![0]!["wa_id"]).ShouldBe("16505550199");
        reply["contacts"]![0]!["user_id"].ShouldBeNull();
    }

    [Fact]
    public async Task A_user_id_in_the_place_of_a_number_is_accepted_and_lost_without_a_word()
    {
        await using var app = await ListenAsync();
        var reply = await SendAsync("""{"to":"US.10000000000000000001","text":{"body":"Yes"}}""");
        reply.ShouldSucceed();
        ((string?)reply["contacts"]![0]!["wa_id"]).ShouldBe("10000000000000000001");
        Meta.World.Messages.ShouldBeEmpty();
        Meta.World.LostMessages.ShouldHaveSingleItem().Id.ShouldBe((string?)reply["messages"]![0]!["id"]);

        // Statuses come in order: the first one told is of the message after it.
        var next = await SendTextAsync();
        ((string?)(await NextStatusAsync(app))["id"]).ShouldBe((string?)next["messages"]![0]!["id"]);
    }

    [Theory]
    [InlineData("""{"to":"ada@example.com","text":{"body":"Hi"}}""")]
    [InlineData("""{"to":"+12345678901234567","text":{"body":"Hi"}}""")]
    [InlineData("""{"recipient":"16505550123","text":{"body":"Hi"}}""")]
    [InlineData("""{"recipient":"@nora","text":{"body":"Hi"}}""")]
    public async Task What_is_neither_a_number_nor_a_user_id_is_refused(string json) => (await SendAsync(json)).ShouldFail(400, 131009);

    [Fact]
    public async Task An_authentication_template_does_not_go_to_a_user_id()
    {
        Waba.AddTemplate("one_time_code", "{{1}} is your code.", configure: template => template.Category = "AUTHENTICATION");
        const string template = "\"type\":\"template\",\"template\":{\"name\":\"one_time_code\",\"language\":{\"code\":\"en_US\"},\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"123456\"}]}]}";
        (await SendAsync($$$"""{"recipient":"US.1",{{{template}}}}""")).ShouldFail(400, 131062);
        (await SendAsync($$$"""{"to":"16505550123",{{{template}}}}""")).ShouldSucceed();
    }
}
