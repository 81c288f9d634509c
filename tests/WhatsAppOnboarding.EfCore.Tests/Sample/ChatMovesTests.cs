using Microsoft.EntityFrameworkCore;
using WebHost.Data;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Sample;

/// <summary>What Meta calls a customer changes, and what comes late or in a group changes nothing back.</summary>
public sealed class ChatMovesTests
{
    private static readonly EmulatedCustomer Nora = new("Nora Field") { Username = "@norafield", UserId = "US.10000000000000000001" };

    [Theory, InlineData("16505550199", "US.1"), InlineData("16505550199", "US.2"), InlineData("", "US.1")]
    public async Task After_a_changed_number_the_user_id_may_be_the_old_or_a_new_one(string from, string userId)
    {
        await using var chat = await TheChat.StartAsync();
        await chat.PostAsync("""{"messages":[{"from":"16505550123","from_user_id":"US.1","id":"wamid.1","type":"text","text":{"body":"Hi"}}]}""");
        await chat.PostAsync("""{"messages":[{"from":"16505550123","from_user_id":"US.1","id":"wamid.2","type":"system","system":{"type":"user_changed_number","body":"moved","wa_id":"16505550199"}}]}""");

        await chat.PostAsync($$$"""{"messages":[{"from":"{{{from}}}","from_user_id":"{{{userId}}}","id":"wamid.3","type":"text","text":{"body":"It is me"}}]}""");

        (await chat.TextsAsync()).ShouldBe(["Hi", "moved", "It is me"]);
    }

    [Fact]
    public async Task A_changed_number_is_a_line_and_the_thread_goes_on()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.SendAsync(MetaMessages.Text(chat.Number, new EmulatedCustomer("Ada Park", "16505550123") { UserId = "US.1" }, "Hi"));

        await chat.PostAsync("""
            {"messages":[{"from":"16505550123","id":"wamid.SY2","timestamp":"1790000000","type":"system",
             "system":{"type":"user_changed_number","body":"User Ada Park changed from 16505550123 to 16505550199","wa_id":"16505550199"}}]}
            """);
        await chat.PostAsync("""{"messages":[{"from":"16505550199","id":"wamid.N","timestamp":"1790000001","type":"text","text":{"body":"It is me"}}]}""");

        var thread = await chat.ThreadAsync();
        thread.Messages.Select(message => (message.Text, message.IsLine)).ShouldBe([
            ("Hi", false), ("User Ada Park changed from 16505550123 to 16505550199", true), ("It is me", false)]);
        thread.ContactText.ShouldBe("+16505550199");
        await chat.AnswerAsync(thread, "Hello");
        chat.Meta.World.Messages.ShouldHaveSingleItem().Customer.ShouldBe("16505550199");
    }

    [Theory, InlineData(",\"from_user_id\":\"US.1\""), InlineData("")]
    public async Task What_comes_late_from_the_old_number_neither_takes_it_back_nor_begins_another_thread(string id)
    {
        await using var chat = await TheChat.StartAsync();
        await chat.PostAsync(Text("16505550123", id, "1790000000", "Hi"));
        await chat.PostAsync($$$$"""{"messages":[{"from":"16505550123"{{{{id}}}},"id":"wamid.S","timestamp":"1790000100","type":"system","system":{"type":"user_changed_number","body":"moved","wa_id":"16505550199"}}]}""");

        await chat.PostAsync(Text("16505550123", id, "1790000050", "written before"));
        await chat.PostAsync(Text("16505550199", ",\"from_user_id\":\"US.2\"", "1790000200", "It is me"));

        var thread = await chat.ThreadAsync();
        thread.Messages.Select(message => message.Text).ShouldBe(["Hi", "moved", "written before", "It is me"]);
        thread.ContactText.ShouldBe("+16505550199");
    }

    [Fact]
    public async Task Who_writes_later_from_a_number_that_was_given_up_is_somebody_else()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.PostAsync(Text("16505550123", "", "1790000000", "Hi"));
        await chat.PostAsync("""{"messages":[{"from":"16505550123","id":"wamid.S","timestamp":"1790000100","type":"system","system":{"type":"user_changed_number","body":"moved","wa_id":"16505550199"}}]}""");

        await chat.PostAsync(Text("16505550123", "", "1790009999", "Who are you?"));

        (await chat.ConversationsAsync()).Select(one => one.ContactText).ShouldBe(["+16505550123", "+16505550199"]);
    }

    [Theory, InlineData("customer_identity_changed"), InlineData("something_new")]
    public async Task Another_line_of_Metas_ends_no_move(string type)
    {
        await using var chat = await TheChat.StartAsync();
        await chat.PostAsync(Text("16505550123", ",\"from_user_id\":\"US.1\"", "1790000000", "Hi"));
        await chat.PostAsync("""{"messages":[{"from":"16505550123","from_user_id":"US.1","id":"wamid.S","timestamp":"1790000100","type":"system","system":{"type":"user_changed_number","wa_id":"16505550199"}}]}""");

        await chat.PostAsync($$$$"""{"messages":[{"from":"16505550199","id":"wamid.I","timestamp":"1790000110","type":"system","system":{"type":"{{{{type}}}}","wa_id":"16505550199"}}]}""");
        await chat.PostAsync(Text("16505550199", ",\"from_user_id\":\"US.2\"", "1790000200", "It is me"));

        (await chat.TextsAsync()).ShouldBe(["Hi", "This customer's number is now +16505550199.", "It is me"]);
    }

    [Theory, InlineData(""" "type":"user_changed_number","wa_id":"16505550199" """), InlineData(""" "type":"user_changed_user_id","user_id":"US.9" """)]
    public async Task A_line_in_a_group_takes_no_thread_into_the_group(string system)
    {
        await using var chat = await TheChat.StartAsync();
        await chat.PostAsync(Text("16505550199", ",\"from_user_id\":\"US.9\"", "1790000000", "Just you"));

        await chat.PostAsync($$$$"""{"messages":[{"from":"16505550123","group_id":"G","id":"wamid.S","timestamp":"1790000100","type":"system","system":{"body":"moved",{{{{system}}}}}}]}""");
        await chat.PostAsync(Text("16505550199", "", "1790000200", "Still you"));

        var own = await chat.ThreadAsync((await chat.ConversationsAsync()).Single(one => one.ContactText != "Group"));
        own.Messages.Select(message => message.Text).ShouldBe(["Just you", "Still you"]);
        own.CanReply.ShouldBeTrue();
    }

    [Fact]
    public async Task A_changed_user_id_goes_on_in_its_thread_even_when_the_new_one_wrote_first()
    {
        await using var chat = await TheChat.StartAsync();
        var now = Nora with { UserId = "US.10000000000000000007" };
        await chat.SendAsync(MetaMessages.Text(chat.Number, Nora, "one"));
        await chat.SendAsync(MetaMessages.Text(chat.Number, now, "two"));

        await chat.SendAsync(MetaMessages.UserIdChanged(chat.Number, now, Nora.UserId));
        await chat.SendAsync(MetaMessages.Text(chat.Number, now, "three"));

        (await chat.TextsAsync()).Where(text => text.Length <= 5).ShouldBe(["one", "two", "three"]);
    }

    [Fact]
    public async Task A_report_that_comes_before_the_message_is_noted_says_by_both_names_who_the_customer_is()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.PostAsync(Text("16505550123", "", "1790000000", "Hi"));

        await chat.PostAsync("""{"statuses":[{"id":"wamid.EARLY","status":"sent","timestamp":"1790000010","recipient_id":"16505550123","recipient_user_id":"US.1"}]}""");
        await chat.PostAsync("""{"messages":[{"from":"","from_user_id":"US.1","id":"wamid.A","timestamp":"1790000020","type":"text","text":{"body":"It is me"}}]}""");

        (await chat.TextsAsync()).ShouldBe(["Hi", "It is me"]);
    }

    [Fact]
    public async Task A_report_of_what_went_to_somebody_unknown_begins_no_thread()
    {
        await using var chat = await TheChat.StartAsync();

        await chat.PostAsync("""{"statuses":[{"id":"wamid.ELSE","status":"sent","timestamp":"1790000010","recipient_id":"16505550123","recipient_user_id":"US.1"}]}""");

        (await chat.UseAsync<AppDbContext, int>(context => context.ChatContacts.CountAsync())).ShouldBe(0);
        (await chat.ConversationsAsync()).ShouldBeEmpty();
    }

    private static string Text(string from, string id, string at, string text) =>
        $$$"""{"messages":[{"from":"{{{from}}}"{{{id}}},"id":"wamid.{{{at}}}","timestamp":"{{{at}}}","type":"text","text":{"body":"{{{text}}}"}}]}""";
}
