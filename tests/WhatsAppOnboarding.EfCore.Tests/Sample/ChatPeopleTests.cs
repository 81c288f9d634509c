using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Sample;

/// <summary>One customer is one thread of the sample's chat, whatever Meta calls them, and can be answered.</summary>
public sealed class ChatPeopleTests
{
    private static readonly EmulatedCustomer Nora = new("Nora Field") { Username = "@norafield", UserId = "US.10000000000000000001" };
    private static readonly EmulatedCustomer Ada = new("Ada Park", "+1 650-555-0123") { UserId = "US.10000000000000000002" };

    [Theory, InlineData("\"from\":\"\",", "\"wa_id\":\"\","), InlineData("", "")]
    public async Task A_customer_without_a_number_stands_in_the_chat_with_name_and_username(string from, string waId)
    {
        await using var chat = await TheChat.StartAsync();

        await chat.PostAsync($$$"""
            {"contacts":[{"profile":{"name":"Nora Field","username":"@norafield"},{{{waId}}}"user_id":"US.10000000000000000001"}],
             "messages":[{ {{{from}}}"from_user_id":"US.10000000000000000001","id":"wamid.M1","timestamp":"1790000000","type":"text","text":{"body":"Do you ship abroad?"}}]}
            """);

        var thread = await chat.ThreadAsync();
        (thread.Name, thread.ContactText, thread.CanReply).ShouldBe(("Nora Field", "@norafield", true));
        thread.Messages.ShouldHaveSingleItem().Text.ShouldBe("Do you ship abroad?");
    }

    [Fact]
    public async Task A_customer_without_a_number_is_answered_by_user_id()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.SendAsync(MetaMessages.Text(chat.Number, Nora, "Do you ship abroad?"));

        var outcome = await chat.AnswerAsync(await chat.ThreadAsync(), "Yes, we do");

        outcome.Problem.ShouldBeNull();
        outcome.Message!.State.ShouldNotBe("failed");
        var sent = chat.Meta.World.Messages.ShouldHaveSingleItem();
        (sent.CustomerUserId, sent.Body).ShouldBe((Nora.UserId, "Yes, we do"));
        chat.Meta.World.LostMessages.ShouldBeEmpty();
        (await chat.TextsAsync()).ShouldBe(["Do you ship abroad?", "Yes, we do"]);
    }

    [Fact]
    public async Task Somebody_with_two_names_of_Meta_is_answered_by_number()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "Hi"));

        await chat.AnswerAsync(await chat.ThreadAsync(), "Hello");

        chat.Meta.World.Messages.ShouldHaveSingleItem().Customer.ShouldBe(Ada.Digits);
    }

    [Theory]
    [InlineData("both", "id")]
    [InlineData("id", "both")]
    [InlineData("both", "number")]
    [InlineData("number", "both")]
    [InlineData("number", "both", "id")]
    [InlineData("number", "id", "both")]
    [InlineData("id", "number", "both", "number", "id")]
    public async Task One_customer_is_one_thread_in_whatever_order_number_and_user_id_come(params string[] orders)
    {
        await using var chat = await TheChat.StartAsync();

        foreach (var (at, names) in orders.Index())
        {
            var id = names is "number" ? "" : ",\"from_user_id\":\"US.1\"";
            await chat.PostAsync($$$"""{"messages":[{"from":"{{{(names is "id" ? "" : "16505550123")}}}"{{{id}}},"id":"wamid.{{{at}}}","type":"text","text":{"body":"{{{at}}}"}}]}""");
        }

        var thread = await chat.ThreadAsync();
        thread.Messages.Select(message => message.Text).ShouldBe(orders.Index().Select(order => $"{order.Index}"));
        (thread.ContactText, thread.CanReply).ShouldBe(("+16505550123", true));
    }

    [Fact]
    public async Task An_answer_after_the_first_message_of_the_business_goes_on_in_its_thread()
    {
        await using var chat = await TheChat.StartAsync();
        (await chat.BeginAsync("+1 650-555-0123", "Your order is here")).Problem.ShouldBeNull();

        await chat.SendAsync(MetaMessages.Text(chat.Number, new EmulatedCustomer("Ada Park", Ada.Number), "Thanks"));

        (await chat.TextsAsync()).ShouldBe(["Your order is here", "Thanks"]);
    }

    [Fact]
    public async Task Two_customers_who_name_themselves_alike_are_two_threads()
    {
        await using var chat = await TheChat.StartAsync();

        await chat.SendAsync(MetaMessages.Text(chat.Number, Nora, "I am Nora"));
        await chat.SendAsync(MetaMessages.Text(chat.Number, Nora with { UserId = "US.10000000000000000009" }, "I am Nora, too"));

        (await chat.ConversationsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_number_that_has_gone_to_somebody_else_takes_no_thread_along()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "I am Ada"));

        await chat.SendAsync(MetaMessages.Text(chat.Number, new EmulatedCustomer("Otto Brook", Ada.Number) { UserId = "US.10000000000000000003" }, "I am Otto"));

        (await chat.ConversationsAsync()).Select(one => (one.Name, one.ContactText)).ShouldBe([("Otto Brook", "+16505550123"), ("Ada Park", "Hidden number")]);
    }

    [Fact]
    public async Task Who_is_named_only_in_the_linked_portfolios_stands_in_the_chat()
    {
        await using var chat = await TheChat.StartAsync();

        await chat.PostAsync("""{"messages":[{"from":"","from_parent_user_id":"US.ENT.4","id":"wamid.P","type":"text","text":{"body":"Hi"}}]}""");

        (await chat.TextsAsync()).ShouldBe(["Hi"]);
    }

    [Fact]
    public async Task What_the_business_began_and_the_customer_answers_by_another_name_is_one_thread()
    {
        await using var chat = await TheChat.StartAsync();
        (await chat.BeginAsync("+1 650-555-0123", "Your order is here")).Problem.ShouldBeNull();

        // Not at the same time as the reports that come by themselves.
        await Eventually.TrueAsync(async () => (await chat.ThreadAsync()).Messages.Single().State == "delivered", "the message to be delivered");
        var (message, user) = (chat.Meta.World.Messages.ShouldHaveSingleItem().Id, new EmulatedCustomer("Ada Park", Ada.Number).UserId);
        await chat.PostAsync($$$$"""{"statuses":[{"id":"{{{{message}}}}","status":"read","timestamp":"1790000000","recipient_id":"16505550123","recipient_user_id":"{{{{user}}}}"}]}""");
        await chat.PostAsync($$$"""{"messages":[{"from":"","from_user_id":"{{{user}}}","id":"wamid.A","type":"text","text":{"body":"Thanks"}}]}""");

        (await chat.TextsAsync()).ShouldBe(["Your order is here", "Thanks"]);
    }

    [Fact]
    public async Task A_group_stands_apart_with_its_writers_and_is_never_answered()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "Just you"));
        foreach (var customer in new[] { Ada, Nora })
            await chat.SendAsync(MetaMessages.Text(chat.Number, customer, $"{customer.Name} to all", more: new() { ["group_id"] = "Y2FwaV9ncm91cDox" }));

        var all = await chat.ConversationsAsync();
        var group = await chat.ThreadAsync(all.Single(one => one.ContactText == "Group"));
        var own = await chat.ThreadAsync(all.Single(one => one.ContactText != "Group"));

        own.Messages.ShouldHaveSingleItem().Text.ShouldBe("Just you");
        group.Messages.Select(message => (message.Author, message.Text)).ShouldBe([("Ada Park", "Ada Park to all"), ("Nora Field", "Nora Field to all")]);
        (group.CanReply, group.Messages[0].CanReply, own.CanReply).ShouldBe((false, false, true));
        (await chat.AnswerAsync(group, "To whom?")).Problem.ShouldBe("This conversation cannot be answered here.");
        chat.Meta.World.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_id_on_two_numbers_is_shown_with_both()
    {
        await using var chat = await TheChat.StartAsync(numbers: 2);

        foreach (var number in chat.Waba.Numbers)
            await chat.SendAsync(MetaMessages.Text(number, Ada, "Hi", id: "wamid.SAME"));

        (await chat.ConversationsAsync()).Select(one => one.Number).ShouldBe(chat.Waba.Numbers.Select(number => number.Id), ignoreOrder: true);
    }
}
