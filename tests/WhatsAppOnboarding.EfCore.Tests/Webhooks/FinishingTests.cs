using System.Net;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

public sealed class FinishingTests
{
    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_handlers_stage_is_saved_once_however_often_the_delivery_comes(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind);

        for (var time = 0; time < 3; time++)
            (await inbox.PostAsync(Inbox.Messages("one", "two"))).ShouldBe(HttpStatusCode.OK);
        (await inbox.PostAsync(Inbox.Messages("two", "three", "three"))).ShouldBe(HttpStatusCode.OK);

        (await inbox.SavedAsync()).ShouldBe(["chat one", "billing one", "chat two", "billing two", "chat three", "billing three"]);
        inbox.Nodes[0].Events.TextsOf("acme").ShouldBe(["one", "two", "three"]);
        inbox.Script.Runs.Count.ShouldBe(6);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_handler_that_fails_saves_nothing_and_those_before_it_are_not_run_again(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind);
        inbox.Script.Then = (handler, text, _) => (handler, text) is ("billing", "one") ? throw new InvalidOperationException("No.") : Task.CompletedTask;

        (await inbox.PostAsync(Inbox.Messages("one", "two"))).ShouldBe(HttpStatusCode.InternalServerError);
        (await inbox.SavedAsync()).ShouldBe(["chat one", "chat two", "billing two"]);

        (await inbox.PostAsync(Inbox.Messages("one", "two"))).ShouldBe(HttpStatusCode.InternalServerError);
        inbox.Script.Then = (_, _, _) => Task.CompletedTask;
        (await inbox.PostAsync(Inbox.Messages("one", "two"))).ShouldBe(HttpStatusCode.OK);

        (await inbox.SavedAsync()).ShouldBe(["chat one", "chat two", "billing two", "billing one"]);
        inbox.Script.RunsOf("chat", "one").ShouldBe(1);
        inbox.Script.RunsOf("billing", "one").ShouldBe(3);
        inbox.Nodes[0].Events.TextsOf("acme").ShouldBe(["one", "two"]);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Two_nodes_that_take_one_delivery_at_once_save_its_effects_once(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, nodes: 2);
        var arrived = 0;
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        inbox.Script.Then = (handler, text, _) =>
        {
            if ((handler, text) is ("chat", "text 0") && Interlocked.Increment(ref arrived) == 2)
                met.SetResult();
            return met.Task;
        };
        string[] texts = [.. Enumerable.Range(0, 20).Select(number => $"text {number}")];

        var answers = await Task.WhenAll(inbox.PostAsync(Inbox.Messages(texts)), inbox.PostAsync(Inbox.Messages(texts), node: 1));

        answers.ShouldAllBe(answer => answer == HttpStatusCode.OK);
        (await inbox.SavedAsync()).Order().ShouldBe(texts.SelectMany(text => (string[])["chat " + text, "billing " + text]).Order());
        inbox.Script.RunsOf("chat", "text 0").ShouldBe(2);
    }

    [Fact]
    public async Task A_new_item_costs_one_look_and_each_handler_one_batch()
    {
        var counter = new CommandCounter();
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, options: options => options.AddInterceptors(counter));
        // That something came in at all is noted with the first one, and not again for an hour.
        await inbox.PostAsync(Inbox.Messages("first"));
        await inbox.PostAsync(Inbox.Messages("warm"));
        counter.Commands.Clear();

        await inbox.PostAsync(Inbox.Messages("one"));

        var commands = counter.Commands.ToArray();
        commands.Length.ShouldBe(4, string.Join("\n\n", commands));
        commands[0].ShouldStartWith("SELECT");
        commands[1].ShouldStartWith("INSERT INTO \"WhatsAppWebhookItems\"");
        foreach (var batch in commands[2..])
        {
            batch.ShouldContain("UPDATE \"WhatsAppWebhookItems\" SET \"Finished\"");
            batch.ShouldContain("INSERT INTO \"Messages\"");
        }
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_save_whose_acknowledgement_is_lost_is_done(DatabaseKind kind)
    {
        var trouble = new Trouble();
        await using var inbox = await Inbox.StartAsync(kind, options: options => options.AddInterceptors(trouble));
        inbox.Script.Then = (_, _, _) =>
        {
            trouble.FailAfter();
            return Task.CompletedTask;
        };

        (await inbox.PostAsync(Inbox.Messages("one"))).ShouldBe(HttpStatusCode.OK);

        (await inbox.SavedAsync()).ShouldBe(["chat one", "billing one"]);
    }

    [Fact]
    public async Task A_lost_commit_that_the_retries_of_the_host_repeat_is_done_once()
    {
        var lost = new LostCommit();
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, options: options => options.AddInterceptors(lost));
        inbox.Script.Then = (_, _, _) =>
        {
            lost.Next();
            return Task.CompletedTask;
        };

        (await inbox.PostAsync(Inbox.Messages("one", "two"))).ShouldBe(HttpStatusCode.OK);

        (await inbox.SavedAsync()).ShouldBe(["chat one", "billing one", "chat two", "billing two"]);
    }

    [Fact]
    public async Task What_the_database_refuses_of_a_handler_fails_that_item_alone_and_says_why()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql);

        (await inbox.PostAsync(Inbox.Messages("a\\u0000b", "two"))).ShouldBe(HttpStatusCode.InternalServerError);

        (await inbox.SavedAsync()).ShouldBe(["chat two", "billing two"]);
        var reason = inbox.Nodes[0].Logs.Lines.Where(line => line.EventId == 1530).ShouldHaveSingleItem().Text;
        reason.ShouldContain("0x00");
    }
}
