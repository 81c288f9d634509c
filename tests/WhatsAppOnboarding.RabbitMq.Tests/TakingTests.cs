using System.Net;
using WhatsAppOnboarding.EfCore.Tests.Webhooks;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.RabbitMq.Tests;

/// <summary>Deliveries are taken by the broker first and worked after.</summary>
[Collection(nameof(TheBroker))]
public sealed class TakingTests
{
    private static readonly AccountId Other = AccountId.Parse("other"), Third = AccountId.Parse("third");

    [Fact]
    public async Task A_delivery_is_answered_before_its_handler_is_done_and_handled_once()
    {
        await using var nodes = await BrokerNodes.StartAsync();
        var mayEnd = new TaskCompletionSource();
        nodes.Script.Then = (_, _, _) => mayEnd.Task;

        for (var time = 0; time < 3; time++)
            (await nodes.PostAsync(BrokerNodes.Message("one"))).ShouldBe(HttpStatusCode.OK);
        (await nodes.PostAsync(BrokerNodes.Message("two"))).ShouldBe(HttpStatusCode.OK);
        mayEnd.SetResult();
        await nodes.SavedAsync(2);

        (await nodes.SavedAsync()).ShouldBe(["one", "two"]);
        nodes.Script.Runs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_handler_failed_on_is_worked_again_after_a_second_or_two_without_Meta()
    {
        await using var nodes = await BrokerNodes.StartAsync();
        nodes.Script.Then = (_, text, _) => nodes.Script.RunsOf("chat", text) == 1 ? throw new InvalidOperationException("Not now.") : Task.CompletedTask;
        var began = TimeProvider.System.GetTimestamp();

        (await nodes.PostAsync(BrokerNodes.Message("one"))).ShouldBe(HttpStatusCode.OK);
        await nodes.SavedAsync(1);

        TimeProvider.System.GetElapsedTime(began).ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2.5));
        nodes.Script.RunsOf("chat", "one").ShouldBe(2);
    }

    [Fact]
    public async Task Neither_a_handler_that_hangs_nor_one_that_throws_keeps_a_third_account_waiting_whatever_is_before_it()
    {
        await using var nodes = await BrokerNodes.StartAsync(configure: (setup, _) => setup["RabbitMq:Shards"] = "1");
        await nodes.AddAccountAsync(Other, "107");
        await nodes.AddAccountAsync(Third, "108");
        nodes.Script.Then = (_, text, _) =>
            text.StartsWith("hang", StringComparison.Ordinal) ? new TaskCompletionSource().Task
            : text.StartsWith("throw", StringComparison.Ordinal) ? throw new InvalidOperationException("No.")
            : Task.CompletedTask;
        await nodes.TakeAsync(0, Enumerable.Range(0, 5_000).SelectMany(n => new[] { ($"hang{n}", "106"), ($"throw{n}", "107") }));
        var began = TimeProvider.System.GetTimestamp();

        (await nodes.PostAsync(BrokerNodes.Message("theirs", "108"))).ShouldBe(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await nodes.SavedAsync()).Contains("theirs"), "the third account's message");

        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task What_is_taken_of_a_number_by_two_nodes_is_worked_in_order_also_when_more_comes_than_is_held_at_once()
    {
        await using var nodes = await BrokerNodes.StartAsync(nodes: 2);
        string[] texts = [.. Enumerable.Range(0, 300).Select(n => $"n{n}")];
        var mayEnd = new TaskCompletionSource();
        nodes.Script.Then = (_, text, _) => text == "n0" ? mayEnd.Task : Task.CompletedTask;

        // Each when the one before was answered: what is taken at the same moment has no order.
        foreach (var (index, text) in texts.Index())
        {
            await nodes.TakeAsync(index % 2, [(text, "106")]);

            // By now more came than is held, and the rest finds room while what was put aside is on its way back.
            if (index == 200)
                mayEnd.SetResult();
        }

        await nodes.SavedAsync(texts.Length);

        (await nodes.SavedAsync()).ShouldBe(texts);
    }

    [Fact]
    public async Task When_too_much_waits_Meta_keeps_what_comes()
    {
        await using var nodes = await BrokerNodes.StartAsync(configure: (setup, _) => setup["Webhooks:MaxBacklog"] = "100");
        var mayEnd = new TaskCompletionSource();
        nodes.Script.Then = (_, _, _) => mayEnd.Task;
        await nodes.TakeAsync(0, Enumerable.Range(0, 100).Select(n => ($"n{n}", "106")));

        await Eventually.TrueAsync(() => nodes.IntakeOf(0).Backlog is { IsTooMuch: true, Depth: >= 100 }, "the backlog to be seen");
        (await nodes.PostAsync(BrokerNodes.Message("more"))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        mayEnd.SetResult();

        await nodes.SavedAsync(100);
        await Eventually.TrueAsync(async () => await nodes.PostAsync(BrokerNodes.Message("more")) == HttpStatusCode.OK, "deliveries to be taken again");
    }
}
