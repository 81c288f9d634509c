using WebHost.Chat;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Sample;

/// <summary>The list of the sample's inbox: nothing is lost in it, and what is unread stays so until somebody reads it.</summary>
public sealed class ChatListTests
{
    private static readonly EmulatedCustomer Ada = new("Ada Park", "+1 650-555-0123");
    private static readonly EmulatedCustomer Bea = new("Bea Hill", "+1 650-555-0177");

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Every_conversation_is_on_one_of_the_pages_newest_first(DatabaseKind kind)
    {
        await using var chat = await TheChat.StartAsync(kind: kind);
        for (var i = 0; i < 95; i++)
            await chat.SendAsync(MetaMessages.Text(chat.Number, new EmulatedCustomer($"Customer {i}", $"+1 650-556-{i:0000}"), $"Text {i}"));

        var names = new List<string?>();
        string? after = null;
        do
        {
            var page = await chat.ListAsync(after: after);
            names.AddRange(page.Items.Select(one => one.Name));
            page.Unread.ShouldBe(95);
            after = page.Next;
        }
        while (after is not null);

        names.ShouldBe(Enumerable.Range(0, 95).Reverse().Select(i => $"Customer {i}"));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_search_finds_by_name_number_and_text(DatabaseKind kind)
    {
        await using var chat = await TheChat.StartAsync(kind: kind);
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "the red ferns, please"));
        await chat.SendAsync(MetaMessages.Text(chat.Number, Bea, "sooner or later"));
        await chat.SendAsync(MetaMessages.Text(chat.Number, Bea, "later"));

        (await FindAsync("ADA")).ShouldBe([("Ada Park", "the red ferns, please")]);
        (await FindAsync("555 0177")).ShouldBe([("Bea Hill", "later")]);
        (await FindAsync("FERNS")).ShouldBe([("Ada Park", "the red ferns, please")]);
        (await FindAsync("sooner")).ShouldBe([("Bea Hill", "sooner or later")], "what was found is shown");
        (await FindAsync("100%")).ShouldBeEmpty();

        async Task<IEnumerable<(string? Name, string Text)>> FindAsync(string search) => (await chat.ListAsync(search)).Items.Select(one => (one.Name, one.Text));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_is_unread_is_kept_until_it_is_read_or_answered_and_the_customer_sees_it(DatabaseKind kind)
    {
        await using var chat = await TheChat.StartAsync(kind: kind);
        await chat.Meta.Webhooks.ReceiveAsync(MetaMessages.Text(chat.Number, Ada, "one"));
        await chat.Meta.Webhooks.ReceiveAsync(MetaMessages.Text(chat.Number, Ada, "two"));
        await chat.Meta.Webhooks.ReceiveAsync(MetaMessages.Text(chat.Number, Bea, "three"));
        var list = await chat.ListAsync();
        (list.Unread, list.Items[0].Unread, list.Items[1].Unread).ShouldBe((2, 1, 2));

        await ReadAsync(chat, list.Items[1]);
        list = await chat.ListAsync();
        (list.Unread, list.Items[1].Unread).ShouldBe((1, 0));
        chat.Meta.World.Conversations.Where(message => message.Body is "one" or "two").ShouldAllBe(message => message.ReadAt != null);

        await chat.AnswerAsync(await chat.ThreadAsync(list.Items[0]), "Hello");
        list = await chat.ListAsync();
        (list.Unread, list.Items[0].IsOwn, list.Items[0].IsFailed).ShouldBe((0, true, false));

        chat.Meta.Faults.On(GraphOperations.SendMessage, Fault.Error(400, 131056));
        await chat.AnswerAsync(await chat.ThreadAsync(list.Items[0]), "Hello again");
        (await chat.ListAsync()).Items[0].IsFailed.ShouldBeTrue();
    }

    [Fact]
    public async Task Until_when_a_customer_can_be_answered_counts_from_what_they_wrote_last_by_Metas_clock()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.BeginAsync(Ada.Number!, "Hi");
        (await chat.ThreadAsync()).Until.ShouldBeNull();
        await chat.PostAsync("""{"messages":[{"from":"16505550123","id":"wamid.A","timestamp":"1790000000","type":"text","text":{"body":"two"}}]}""");
        await chat.PostAsync("""{"messages":[{"from":"16505550123","id":"wamid.B","timestamp":"1789000000","type":"text","text":{"body":"late"}}]}""");

        (await chat.ThreadAsync()).Until.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000).AddHours(24));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_reaction_stands_on_its_message_may_come_first_and_only_the_newest_counts(DatabaseKind kind)
    {
        await using var chat = await TheChat.StartAsync(kind: kind);
        await chat.PostAsync(Reaction("1790000002", "👍"));
        await chat.PostAsync("""{"messages":[{"from":"16505550123","id":"wamid.A","timestamp":"1790000000","type":"text","text":{"body":"two"}}]}""");
        await chat.PostAsync(Reaction("1790000001", "👎"));
        (await chat.ThreadAsync()).Messages.ShouldHaveSingleItem().Reactions.ShouldBe([new Reaction("👍", false)]);

        await chat.PostAsync(Reaction("1790000003", ""));
        (await chat.ThreadAsync()).Messages.ShouldHaveSingleItem().Reactions.ShouldBeEmpty();

        static string Reaction(string at, string emoji) =>
            $$$"""{"messages":[{"from":"16505550123","id":"wamid.R{{{at}}}","timestamp":"{{{at}}}","type":"reaction","reaction":{"message_id":"wamid.A","emoji":"{{{emoji}}}"}}]}""";
    }

    [Fact]
    public async Task The_history_of_the_Business_app_stands_before_what_came_since_is_read_and_comes_once()
    {
        await using var chat = await TheChat.StartAsync(inApp: true);
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "new"));
        var history = MetaBusinessAppEvents.History(chat.Number, Ada, ["old question", "old answer"]);
        foreach (var message in history.Value["history"]![0]!["threads"]![0]!["messages"]!.AsArray())
            message!["timestamp"] = "1780000000";

        await chat.SendAsync(history);
        await chat.SendAsync(history);
        await chat.SendAsync(MetaBusinessAppEvents.History(chat.Number, Bea, ["long ago"]));

        var list = await chat.ListAsync();
        list.Unread.ShouldBe(1, "only what is new");
        (await chat.ThreadAsync(list.Items.Single(one => one.Name == "Ada Park"))).Messages.Select(message => (message.Text, message.Incoming)).ShouldBe([
            ("old question", true), ("old answer", false), ("new", true)]);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_failed_is_sent_again_once_however_often_it_is_pressed(DatabaseKind kind)
    {
        await using var chat = await TheChat.StartAsync(kind: kind);
        chat.Meta.Faults.On(GraphOperations.SendMessage, Fault.Error(400, 131056));
        var failed = (await chat.BeginAsync(Ada.Number!, "Hi")).Message.ShouldNotBeNull();
        failed.IsRepeatable.ShouldBeTrue();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => chat.UseAsync<ChatSender, SendOutcome>(sender => sender.RepeatAsync(TheChat.Account, failed.Id, default))));

        chat.Meta.World.Messages.Count(message => message.Body == "Hi").ShouldBe(1);
        (await chat.ThreadAsync()).Messages.ShouldHaveSingleItem().State.ShouldNotBe("failed");
    }

    private static Task<int> ReadAsync(TheChat chat, Conversation conversation) => chat.UseAsync<ReadMarks, int>(async marks =>
    {
        await marks.ReadAsync(TheChat.Account, conversation.Number, conversation.Contact, conversation.Place, default);
        return 0;
    });
}
