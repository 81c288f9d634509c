using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Graph;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>What messages that fail bring to light, and how often that is told.</summary>
public sealed class FailedSendTests
{
    private static readonly EmulatedCustomer Ada = new("Ada", "+1 650-555-0123");

    [Fact]
    public async Task A_refused_payment_of_a_message_is_told_once_and_well_again_when_meta_finds_it_well()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);

        waba.HasPaymentMethod = false;
        await FailAsync(accounts, waba.Numbers[0], 131042);
        accounts.Told("acme").ShouldBe(["needs_attention payment_needed"]);
        await accounts.PassAsync(days: 1);
        await FailAsync(accounts, waba.Numbers[0], 131042);
        await accounts.PassAsync(days: 1);
        accounts.Told("acme").ShouldBe(["needs_attention payment_needed"]);

        waba.HasPaymentMethod = true;
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe(["needs_attention payment_needed", "well_again payment_needed"]);
    }

    [Fact]
    public async Task A_refused_payment_that_metas_health_does_not_know_of_is_not_told_again_with_each_message()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);

        for (var hour = 0; hour < 12; hour++)
        {
            await FailAsync(accounts, waba.Numbers[0], 131042);
            await accounts.PassAsync(TimeSpan.FromHours(1));
        }

        accounts.Told("acme").ShouldBe(["needs_attention payment_needed"]);
        await SendAsync(accounts, waba.Numbers[0]);
        accounts.Told("acme").ShouldBe(["needs_attention payment_needed", "well_again payment_needed"]);
    }

    [Theory, InlineData(131042, null), InlineData(131042, 131048), InlineData(131048, 131042)]
    public async Task Messages_that_fail_among_others_that_are_sent_or_fail_for_another_reason_are_told_once(int code, int? other)
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        accounts.Calls.Clear();

        for (var time = 0; time < 36; time++)
        {
            await FailAsync(accounts, waba.Numbers[0], code);
            await accounts.PassAsync(TimeSpan.FromMinutes(10));
            await (other is { } second ? FailAsync(accounts, waba.Numbers[0], second) : SendAsync(accounts, waba.Numbers[0]));
            await accounts.PassAsync(TimeSpan.FromMinutes(10));
        }

        accounts.Told("acme").ShouldHaveSingleItem();
        accounts.Calls.ByDay.Values.Max().ShouldBeLessThanOrEqualTo(12);
        await accounts.PassAsync(TimeSpan.FromHours(1));
        await SendAsync(accounts, waba.Numbers[0]);
        accounts.Told("acme").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_subscription_is_found_and_made_again_within_an_hour_of_a_failed_send()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        waba.IsAppSubscribed = false;

        await ReportAsync(accounts, waba.Numbers[0], token, 131031);
        await accounts.PassAsync(TimeSpan.FromHours(1));

        waba.IsAppSubscribed.ShouldBeTrue();
        accounts.Told("acme").ShouldBe(["needs_attention account_locked", "needs_attention not_subscribed", "well_again not_subscribed"]);
    }

    [Fact]
    public async Task A_number_that_meta_did_not_show_to_a_send_is_looked_at_soon_and_not_with_each_message()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        accounts.Calls.Clear();

        waba.IsAppSubscribed = false;
        for (var time = 0; time < 12; time++)
        {
            await ReportAsync(accounts, waba.Numbers[0], token, 100, 33);
            await accounts.PassAsync(TimeSpan.FromMinutes(10));
        }

        accounts.Told("acme").ShouldBe(["needs_attention not_subscribed", "well_again not_subscribed"]);
        accounts.Calls.ByDay.Values.Sum().ShouldBeLessThanOrEqualTo(7);
    }

    [Fact]
    public async Task A_refusal_of_the_token_that_passes_is_found_out_soon()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        await accounts.PassAsync(TimeSpan.FromMinutes(61));

        await ReportAsync(accounts, waba.Numbers[0], token, 190);
        accounts.Told("acme").ShouldBe(["needs_attention token_invalid"]);
        await accounts.PassAsync(TimeSpan.FromHours(1));

        accounts.Told("acme").ShouldBe(["needs_attention token_invalid", "well_again token_invalid"]);
    }

    [Fact]
    public async Task What_is_told_late_of_an_older_message_says_nothing_against_a_newer_one_that_was_sent()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        var late = MetaStatuses.Failed(waba.Numbers[0], "wamid.late", Ada, 131042);
        await accounts.PassAsync(TimeSpan.FromMinutes(10));

        await SendAsync(accounts, waba.Numbers[0]);
        (await accounts.Meta.Webhooks.SendAsync(late, TestContext.Current.CancellationToken)).Status.ShouldBe(DeliveryStatus.Delivered);

        accounts.Told("acme").ShouldBe([]);
    }

    private static async Task ReportAsync(TheAccounts accounts, EmulatedNumber number, EmulatedToken token, int code, int? subcode = null)
    {
        using var graph = new TheGraph();
        var error = (await graph.Answers(Some.Error(code, subcode), System.Net.HttpStatusCode.BadRequest).SendAsync(Some.Message)).Error.ShouldNotBeNull();
        await accounts.Host.UseAsync<IWhatsAppAccounts, bool>(async one =>
        {
            await one.ReportFailureAsync(AccountId.Parse("acme"), PhoneNumberId.Parse(number.Id), AccessToken.Parse(token.Value), error, TestContext.Current.CancellationToken);
            return true;
        });
    }

    private static async Task FailAsync(TheAccounts accounts, EmulatedNumber number, int code) => (await accounts.Meta.Webhooks.SendAsync(
        MetaStatuses.Failed(number, $"wamid.{accounts.Now.Ticks}", Ada, code), TestContext.Current.CancellationToken)).Status.ShouldBe(DeliveryStatus.Delivered);

    private static Task<WebhookDelivery> SendAsync(TheAccounts accounts, EmulatedNumber number) => accounts.Meta.Webhooks.SendAsync(
        MetaStatuses.Sent(number, $"wamid.{accounts.Now.Ticks}", Ada), TestContext.Current.CancellationToken);
}
