using Microsoft.EntityFrameworkCore;
using WebHost.Chat;
using WebHost.Data;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Sample;

/// <summary>Threads of the sample's chat become one when they are one customer, and never when they are two.</summary>
public sealed class ChatJoinTests
{
    private const string Ada = "US.1";
    private const string Otto = "US.2";

    [Fact]
    public async Task A_customer_who_moves_to_a_number_that_another_user_id_has_takes_the_number_only()
    {
        await using var chat = await TheChat.StartAsync();
        await WriteAsync(chat, "wamid.1", "I am Otto", "16505550199", Otto);
        await WriteAsync(chat, "wamid.2", "I am Ada", "16505550123", Ada);

        await MoveAsync(chat, "wamid.3", "16505550123", Ada, "16505550199");

        (await chat.ConversationsAsync()).Select(one => one.ContactText).ShouldBe(["+16505550199", "Hidden number"]);
        await WriteAsync(chat, "wamid.4", "Otto again", "", Otto);
        var otto = (await chat.ConversationsAsync()).Single(one => one.ContactText == "Hidden number");
        (await chat.ThreadAsync(otto)).Messages.Select(message => message.Text).ShouldBe(["I am Otto", "Otto again"]);
    }

    [Fact]
    public async Task A_user_id_that_has_a_thread_is_not_joined_with_who_was_told_to_have_moved_to_its_number()
    {
        await using var chat = await TheChat.StartAsync();
        await WriteAsync(chat, "wamid.1", "I am Otto", "", Otto);
        await WriteAsync(chat, "wamid.2", "I am Ada", "16505550123", Ada);
        await MoveAsync(chat, "wamid.3", "16505550123", Ada, "16505550199");

        await WriteAsync(chat, "wamid.4", "Otto again", "16505550199", Otto);

        var threads = await Task.WhenAll((await chat.ConversationsAsync()).Select(chat.ThreadAsync));
        threads.Select(thread => string.Join(", ", thread.Messages.Where(message => !message.IsLine).Select(message => message.Text))).ShouldBe(["I am Otto, Otto again", "I am Ada"]);
    }

    [Fact]
    public async Task An_answer_that_reaches_another_user_id_joins_nobody_and_stands_where_it_went()
    {
        await using var chat = await TheChat.StartAsync();
        await WriteAsync(chat, "wamid.1", "I am Otto", "", Otto);
        await WriteAsync(chat, "wamid.2", "I am Ada", "16505550123", Ada);
        var ada = (await chat.ConversationsAsync()).Single(one => one.Text == "I am Ada");
        chat.Meta.Faults.On(GraphOperations.SendMessage, Fault.WrongJson(
            $$"""{"messaging_product":"whatsapp","contacts":[{"input":"16505550123","wa_id":"16505550123","user_id":"{{Otto}}"}],"messages":[{"id":"wamid.S"}]}"""));

        (await chat.AnswerAsync(await chat.ThreadAsync(ada), "Hello?")).Problem.ShouldBeNull();

        var threads = await Task.WhenAll((await chat.ConversationsAsync()).Select(chat.ThreadAsync));
        threads.Select(thread => $"{thread.ContactText}: {string.Join(", ", thread.Messages.Select(message => message.Text))}")
            .ShouldBe(["+16505550123: I am Otto, Hello?", "Hidden number: I am Ada"]);
    }

    [Fact]
    public async Task A_thread_that_becomes_another_while_Meta_is_asked_keeps_the_answer()
    {
        await using var chat = await TheChat.StartAsync();
        await WriteAsync(chat, "wamid.1", "Without a number", "", Ada);
        var held = chat.Meta.Faults.Hold(GraphOperations.SendMessage);
        var sending = chat.BeginAsync("+1 650-555-0123", "Your order is here");
        await held.Reached;

        await WriteAsync(chat, "wamid.2", "Both", "16505550123", Ada);
        held.Release();

        var outcome = await sending;
        (outcome.Problem, outcome.Message!.Text).ShouldBe((null, "Your order is here"));
        (await chat.TextsAsync()).ShouldBe(["Without a number", "Your order is here", "Both"]);
        outcome.Message.Contact.ShouldBe((await chat.ThreadAsync()).Contact);
    }

    [Fact]
    public async Task Messages_to_a_new_customer_that_are_sent_at_once_are_one_thread()
    {
        await using var chat = await TheChat.StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => chat.BeginAsync("+1 650-555-0123", $"{at}")));

        outcomes.ShouldAllBe(outcome => outcome.Problem == null && outcome.Message != null);
        (await chat.TextsAsync()).Order().ShouldBe(["0", "1", "2", "3", "4", "5"]);
    }

    [Theory]
    [InlineData("551191234567", "+55 11 99123-4567")]
    [InlineData("5511991234567", "0055 (11) 9123-4567")]
    [InlineData("5491123456789", "+54 11 15 2345-6789")]
    [InlineData("442079460000", "+44 (0)20 7946 0000")]
    [InlineData("16505550123", "011 1 650 555 0123 ext. 9")]
    [InlineData("16505550123", "١٦٥٠٥٥٥٠١٢٣")]
    public async Task A_number_that_is_typed_in_another_form_begins_no_second_thread(string known, string typed)
    {
        await using var chat = await TheChat.StartAsync();
        await WriteAsync(chat, "wamid.1", "Hi", known, "");

        (await chat.BeginAsync(typed, "Hello")).Problem.ShouldBeNull();

        (await chat.TextsAsync()).ShouldBe(["Hi", "Hello"]);
        chat.Meta.World.Messages.ShouldHaveSingleItem().Customer.ShouldBe(known);
    }

    [Theory]
    [InlineData("0171 2345678")]
    [InlineData("call me")]
    [InlineData("+1 650 FLOWERS")]
    [InlineData("12")]
    public async Task What_is_no_number_with_its_country_is_asked_for_again(string typed)
    {
        await using var chat = await TheChat.StartAsync();
        (await chat.BeginAsync(typed, "Hello")).Problem.ShouldBe("Enter the number with its country code, such as +1 631 555 0199.");
    }

    [Fact]
    public async Task The_database_keeps_no_message_without_its_thread()
    {
        await using var chat = await TheChat.StartAsync();
        await WriteAsync(chat, "wamid.1", "Hi", "16505550123", Ada);

        await Should.ThrowAsync<DbUpdateException>(() => chat.UseAsync<AppDbContext, int>(context =>
        {
            context.Add(new ChatMessage { AccountId = "acme", PhoneNumberId = chat.Number.Id, Contact = "nobody", Incoming = true, Text = "", At = DateTimeOffset.UnixEpoch });
            return context.SaveChangesAsync();
        }));
        await Should.ThrowAsync<Exception>(() => chat.UseAsync<AppDbContext, int>(context => context.ChatContacts.ExecuteDeleteAsync()));
        (await chat.UseAsync<AppDbContext, int>(context => context.Users.ExecuteDeleteAsync())).ShouldBe(1, "an account goes with all that is its");
        (await chat.UseAsync<AppDbContext, int>(context => context.ChatMessages.CountAsync())).ShouldBe(0);
    }

    private static Task WriteAsync(TheChat chat, string id, string text, string phone, string userId) => chat.PostAsync(
        $$$"""{"messages":[{"from":"{{{phone}}}","from_user_id":"{{{userId}}}","id":"{{{id}}}","type":"text","text":{"body":"{{{text}}}"}}]}""");

    private static Task MoveAsync(TheChat chat, string id, string phone, string userId, string newPhone) => chat.PostAsync(
        $$$"""{"messages":[{"from":"{{{phone}}}","from_user_id":"{{{userId}}}","id":"{{{id}}}","type":"system","system":{"type":"user_changed_number","body":"moved","wa_id":"{{{newPhone}}}"}}]}""");
}
