using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class SharedProofTests
{
    [Fact]
    public async Task A_number_that_is_shared_for_days_reaches_every_account_and_meta_is_asked_seldom()
    {
        await using var news = await ShareAsync();
        var asked = Asked(news);

        for (var day = 0; day < 4; day++)
        {
            var before = news.Clock.GetUtcNow();
            news.Clock.Sleep(TimeSpan.FromHours(13));
            foreach (var account in new[] { "acme", "birch" })
                await Eventually.TrueAsync(async () => (await news.ReadAsync(account)).Evidence.ListedAt > before, "the proof is renewed");
        }

        (await ReceiveAsync(news)).LastStatusCode.ShouldBe(200);
        news.Host.Events.TextsOf("acme").ShouldBe(["hello"]);
        news.Host.Events.TextsOf("birch").ShouldBe(["hello"]);
        (await news.FindingsAsync()).ShouldBe(["number_shared"]);
        (Asked(news) - asked).ShouldBe(8);
    }

    [Fact]
    public async Task A_delivery_that_comes_before_the_proofs_are_renewed_comes_again_and_reaches_every_account()
    {
        await using var news = await ShareAsync();
        news.Host.Meta.Faults.On(GraphOperations.ReadPhoneNumber, Fault.Error(500, 2), int.MaxValue);
        news.Clock.Sleep(TimeSpan.FromHours(25));

        var delivery = await ReceiveAsync(news);

        delivery.LastStatusCode.ShouldBe(503);
        news.Host.Events.Events.ShouldBeEmpty();
        news.Host.Logs.Lines.ShouldNotContain(line => line.EventId == 1520, "nothing was dropped");

        news.Host.Meta.Faults.Clear();
        foreach (var account in new[] { "acme", "birch" })
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    news.Clock.Sleep(TimeSpan.FromMinutes(21));
                    return (await news.ReadAsync(account)).Evidence.ListedAt > delivery.CreatedAt.AddHours(-1);
                },
                "the proof is renewed");
        }

        await news.Host.Meta.Webhooks.RetryDueAsync(TestContext.Current.CancellationToken);

        delivery.Status.ShouldBe(DeliveryStatus.Delivered);
        news.Host.Events.TextsOf("acme").ShouldBe(["hello"]);
        news.Host.Events.TextsOf("birch").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task An_account_that_meta_refuses_receives_nothing_until_it_connects_again_and_the_others_do()
    {
        await using var news = await ShareAsync();
        var before = await news.ReadAsync();
        news.Host.Meta.World.RevokeToken(news.Host.Meta.World.IssuedTokens[0].Value);
        news.Clock.Sleep(TimeSpan.FromHours(13));
        await Eventually.TrueAsync(async () => (await news.ReadAsync()).Evidence.RefusedAt is not null, "Meta refuses");

        (await ReceiveAsync(news)).LastStatusCode.ShouldBe(200);

        news.Host.Events.TextsOf("acme").ShouldBe([]);
        news.Host.Events.TextsOf("birch").ShouldBe(["hello"]);
        var refused = await news.ReadAsync();
        (refused.State, refused.Token, refused.Evidence.ListedAt).ShouldBe((NumberState.Active, before.Token, before.Evidence.ListedAt));
        (await news.FindingsAsync()).ShouldContain("shared_proof_stale");
        var warning = news.Host.Logs.Lines.Where(line => line.EventId == 1574).ShouldHaveSingleItem();
        warning.Level.ShouldBe(LogLevel.Warning);
        warning.Text.ShouldContain("the account must connect again");
        var told = news.Host.Events.Account.Where(told => told.Kind is "needs_attention").ShouldHaveSingleItem();
        (told.AccountId.ToString(), told.Numbers.Single(), told.Reason).ShouldBe(("acme", refused.PhoneNumberId, "token_invalid"));

        await news.ConnectAsync("acme");
        (await ReceiveAsync(news, "back")).LastStatusCode.ShouldBe(200);
        news.Host.Events.TextsOf("acme").ShouldBe(["back"]);
        news.Host.Events.TextsOf("birch").ShouldBe(["hello", "back"]);
    }

    [Fact]
    public async Task A_token_that_does_not_open_is_a_refusal_so_that_the_others_do_not_wait_for_it()
    {
        await using var news = await ShareAsync();
        await news.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("acme"), read => [.. read.Numbers.Select(number => number with { Token = new SealedSecret("of another key ring") })]));
        news.Clock.Sleep(TimeSpan.FromHours(25));
        await Eventually.TrueAsync(
            async () => (await news.ReadAsync()).Evidence.RefusedAt is not null && (await news.ReadAsync("birch")).Evidence.ListedAt > news.Clock.GetUtcNow().AddHours(-20), "both are settled");

        (await ReceiveAsync(news)).LastStatusCode.ShouldBe(200);

        news.Host.Events.TextsOf("acme").ShouldBe([]);
        news.Host.Events.TextsOf("birch").ShouldBe(["hello"]);
        await Eventually.TrueAsync(() => news.Told() is ["needs_attention"], "the host is told");
        news.Host.Events.Account.Single(told => told.Kind is "needs_attention").Reason.ShouldBe("token_unreadable");
    }

    [Fact]
    public async Task A_token_that_stays_refused_is_told_once()
    {
        await using var news = await ShareAsync();
        news.Host.Meta.World.RevokeToken(news.Host.Meta.World.IssuedTokens[0].Value);

        for (var day = 0; day < 3; day++)
        {
            var before = news.Clock.GetUtcNow();
            news.Clock.Sleep(TimeSpan.FromHours(12));

            // A round that was under way when the clock jumped may have been set aside for an hour.
            await Eventually.TrueAsync(
                async () =>
                {
                    news.Clock.Sleep(TimeSpan.FromHours(1));
                    return (await news.ReadAsync()).Evidence.RefusedAt > before;
                },
                "Meta refuses");
            await Eventually.TrueAsync(() => news.Told().Length > 0, "the host is told");
        }

        await Eventually.TrueAsync(() => Refusals() > 0, "the host is told of the refusal");
        Refusals().ShouldBe(1);

        // An event that is being handed over while the clock jumps past its lease is handed over again: it is the same one by its id.
        int Refusals() => news.Host.Events.Account
            .Where(told => told is { Kind: AccountEvent.NeedsAttention, Reason: "token_invalid" } && told.AccountId.ToString() == "acme").DistinctBy(told => told.Id).Count();
    }

    private static async Task<TheNews> ShareAsync()
    {
        var news = await TheNews.StartAsync();
        await news.ConnectAsync("birch");
        return news;
    }

    private static Task<WebhookDelivery> ReceiveAsync(TheNews news, string text = "hello") =>
        news.Host.Meta.Webhooks.ReceiveMessageAsync(news.Number.Id, "+15550001", "Ann", text, TestContext.Current.CancellationToken);

    private static int Asked(TheNews news) => news.Host.Meta.Calls.Of(GraphOperations.ReadPhoneNumber).Count;
}
