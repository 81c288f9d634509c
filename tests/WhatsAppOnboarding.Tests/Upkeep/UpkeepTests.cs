using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>Each loss at Meta is noticed within one turn, told once, and told well again when it is.</summary>
public sealed class UpkeepTests
{
    private static readonly EmulatedCustomer Ada = new("Ada", "+1 650-555-0123");

    public static TheoryData<string> Losses => [.. Loss.All.Select(loss => loss.Name)];

    [Fact]
    public async Task An_account_that_was_set_aside_and_has_nothing_to_be_done_is_not_looked_at_again_and_again()
    {
        await using var accounts = await TheAccounts.StartAsync();
        await accounts.ConnectAsync("acme", accounts.AddWaba());
        await accounts.Host.DisconnectAsync("acme");
        (await accounts.Host.ReadAsync("acme")).Reference.DueAt.ShouldBeNull();

        await accounts.Host.App.Services.GetRequiredService<NumberAuthority>().PostponeAsync(AccountId.Parse("acme"), accounts.Now, TestContext.Current.CancellationToken);
        await accounts.PassAsync(TimeSpan.FromHours(1));

        ((await accounts.Host.ReadAsync("acme")).Reference.DueAt ?? DateTimeOffset.MaxValue).ShouldBeGreaterThan(accounts.Now.AddDays(29));
    }

    [Theory, MemberData(nameof(Losses))]
    public async Task A_loss_is_told_once_within_a_turn_and_well_again_within_a_turn_of_its_end(string name)
    {
        var loss = Loss.Find(name);
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1.1);
        accounts.Told("acme").ShouldBe([]);

        loss.Lose(waba.Numbers[0], token);
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe([$"needs_attention {loss.Reason}"]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBe(loss.IsConnected);
        await accounts.PassAsync(days: 3);
        accounts.Told("acme").ShouldBe([$"needs_attention {loss.Reason}"]);

        if (loss.Regain is { } regain)
            regain(waba.Numbers[0]);
        else
            await ReconnectAsync(accounts, waba);
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe([$"needs_attention {loss.Reason}", $"well_again {loss.Reason}"]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeTrue();
        await accounts.PassAsync(days: 2);
        accounts.Told("acme").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_subscription_is_made_again_once_and_a_second_loss_within_a_day_is_left_to_a_person()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        string[] repaired = ["needs_attention not_subscribed", "well_again not_subscribed"];

        waba.IsAppSubscribed = false;
        await accounts.PassAsync(TheAccounts.Turn);
        waba.IsAppSubscribed.ShouldBeTrue();
        accounts.Told("acme").ShouldBe(repaired);

        waba.IsAppSubscribed = false;
        await accounts.PassAsync(TheAccounts.Turn);
        waba.IsAppSubscribed.ShouldBeFalse();
        accounts.Told("acme").ShouldBe([.. repaired, "needs_attention not_subscribed"]);
        (await accounts.StatusAsync("acme")).CanReceive.Answer.ShouldBe("no");

        await accounts.PassAsync(days: 1);
        waba.IsAppSubscribed.ShouldBeTrue();
        accounts.Told("acme").ShouldBe([.. repaired, .. repaired]);
    }

    [Fact]
    public async Task A_removed_number_is_told_as_disconnected_and_nothing_else_is()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba(numbers: 2);
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);

        waba.Numbers[1].Remove();
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe(["disconnected gone_at_meta"]);
        waba.Numbers[0].Remove();
        await accounts.PassAsync(TheAccounts.Turn);

        accounts.Told("acme").ShouldBe(["disconnected gone_at_meta", "disconnected gone_at_meta"]);
        (await accounts.StatusAsync("acme")).State.ShouldBe("inactive");
        waba.IsAppSubscribed.ShouldBeFalse();
        accounts.Calls.Clear();
        await accounts.PassAsync(days: 2);
        accounts.Calls.ByDay.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_waba_that_is_shared_again_is_well_again_and_subscribed_again_by_itself()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        Loss.Find("unshared WABA").Lose(waba.Numbers[0], token);
        await accounts.PassAsync(days: 1);

        waba.IsShared = true;
        await accounts.PassAsync(TheAccounts.Turn);

        waba.IsAppSubscribed.ShouldBeTrue();
        accounts.Told("acme").ShouldBe(["needs_attention token_invalid", "well_again token_invalid", "needs_attention not_subscribed", "well_again not_subscribed"]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task Conversations_that_go_elsewhere_are_told_once_and_well_again_when_they_come_back()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        var number = waba.Numbers[0];
        await accounts.ConnectAsync("acme", waba);
        await ReceiveAsync(accounts, number);
        await accounts.PassAsync(days: 1);

        await accounts.Meta.Happenings.LoseRoutingAsync(number.Id, TestContext.Current.CancellationToken);
        await ReceiveAsync(accounts, number);
        await accounts.PassAsync(days: 1);
        await ReceiveAsync(accounts, number);
        accounts.Told("acme").ShouldBe(["needs_attention routed_elsewhere"]);

        await accounts.Meta.Happenings.RegainRoutingAsync(number.Id, TestContext.Current.CancellationToken);
        await ReceiveAsync(accounts, number);
        await accounts.PassAsync(days: 1);
        accounts.Told("acme").ShouldBe(["needs_attention routed_elsewhere", "well_again routed_elsewhere"]);
    }

    private static async Task ReconnectAsync(TheAccounts accounts, EmulatedWaba waba)
    {
        waba.IsShared = true;
        await accounts.ConnectAsync("acme", waba);
    }

    private static Task<WebhookDelivery> ReceiveAsync(TheAccounts accounts, EmulatedNumber number) =>
        accounts.Meta.Webhooks.ReceiveMessageAsync(number.Id, Ada.Number!, "Ada", "Are you open?", TestContext.Current.CancellationToken);
}
