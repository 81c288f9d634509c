using System.Text.Json;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>What upkeep makes of an answer that says less, or something else, than it should.</summary>
public sealed class LookTests
{
    [Fact]
    public async Task An_answer_without_health_does_not_end_what_health_said_before()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        waba.HasPaymentMethod = false;
        await accounts.PassAsync(days: 1);

        var plain = JsonSerializer.Serialize(new { id = waba.Numbers[0].Id, status = "CONNECTED", platform_type = "CLOUD_API", quality_rating = "GREEN" });
        accounts.Meta.Faults.On(GraphOperations.ReadPhoneNumber, Fault.WrongJson(plain), times: int.MaxValue);
        await accounts.PassAsync(days: 1);
        accounts.Told("acme").ShouldBe(["needs_attention payment_needed"]);

        accounts.Meta.Faults.Clear();
        waba.HasPaymentMethod = true;
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe(["needs_attention payment_needed", "well_again payment_needed"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_entity_that_is_blocked_without_a_code_is_unwell_and_that_messages_can_be_sent_is_not_said(int numbers)
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba(numbers);
        await accounts.ConnectAsync("acme", waba);
        waba.IsDisabled = true;

        await accounts.PassAsync(TheAccounts.Turn);

        accounts.Told("acme").ShouldBe(["needs_attention unwell_at_meta"]);
        (await accounts.StatusAsync("acme")).CanSend.ShouldSatisfyAllConditions(can => can.Answer.ShouldBe("unknown"), can => can.Reason.ShouldBe("unwell_at_meta"));
        waba.IsDisabled = false;
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe(["needs_attention unwell_at_meta", "well_again unwell_at_meta"]);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(1, null)]
    [InlineData(2, null)]
    public async Task A_number_that_its_waba_lists_no_more_and_that_can_be_read_has_moved_and_the_account_is_told_within_two_days(int numbers, int? refused)
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba(numbers);
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1.1);
        accounts.Told("acme").ShouldBe([]);
        accounts.Calls.Clear();

        var elsewhere = refused is { } code ? Fault.Error(400, code, 33) : Fault.WrongJson("""{"data":[]}""");
        accounts.Meta.Faults.On(GraphOperations.ListPhoneNumbers, elsewhere, times: int.MaxValue);
        await accounts.PassAsync(days: 2);

        accounts.Told("acme").ShouldBe(["needs_attention number_moved"]);
        var status = await accounts.StatusAsync("acme");
        (status.Connected, status.CanReceive.Answer, status.CanReceive.Reason).ShouldBe((false, "no", "number_moved"));
        await accounts.PassAsync(days: 2);
        accounts.Told("acme").ShouldBe(["needs_attention number_moved"]);
        accounts.Calls.ByDay.Values.Max().ShouldBeLessThanOrEqualTo(12 * numbers);

        accounts.Meta.Faults.Clear();
        await accounts.PassAsync(days: 2);
        accounts.Told("acme").ShouldBe(["needs_attention number_moved", "well_again number_moved"]);
    }

    [Fact]
    public async Task A_moved_number_is_not_well_again_because_it_cannot_be_read_for_once()
    {
        await using var accounts = await TheAccounts.StartAsync();
        await accounts.ConnectAsync("acme", accounts.AddWaba(2));
        accounts.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.WrongJson("""{"data":[]}"""), times: int.MaxValue);
        await accounts.PassAsync(days: 2);
        accounts.Meta.Faults.On(GraphOperations.ReadPhoneNumber, Fault.Error(500, 2), times: 20);

        await accounts.PassAsync(days: 1);

        accounts.Told("acme").ShouldBe(["needs_attention number_moved"]);
    }

    [Fact]
    public async Task A_subscription_that_cannot_be_read_back_for_days_is_not_believed_in()
    {
        await using var accounts = await TheAccounts.StartAsync();
        await accounts.ConnectAsync("acme", accounts.AddWaba());
        await accounts.PassAsync(days: 1);
        accounts.Meta.Faults.On(GraphOperations.ListSubscribedApps, Fault.Error(403, 200), times: int.MaxValue);

        await accounts.PassAsync(days: 4);

        accounts.Told("acme").ShouldBe(["needs_attention not_checked"]);
        (await accounts.StatusAsync("acme")).CanReceive.Answer.ShouldBe("unknown");
        accounts.Meta.Faults.Clear();
        await accounts.PassAsync(days: 1);
        accounts.Told("acme").ShouldBe(["needs_attention not_checked", "well_again not_checked"]);
    }

    [Fact]
    public async Task Where_there_is_no_time_for_all_WABAs_the_one_that_waited_longest_comes_first_and_nothing_is_concluded_of_the_others()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var wabas = Enumerable.Range(0, 3).Select(_ => accounts.AddWaba()).ToArray();
        foreach (var waba in wabas)
            await accounts.ConnectAsync("acme", waba);
        var (acme, longest) = (AccountId.Parse("acme"), PhoneNumberId.Parse(wabas[1].Numbers[0].Id));
        var write = await accounts.Service<NumberAuthority>().WriteAsync(
            acme,
            read => [.. read.Numbers.Select(number => number with { Evidence = number.Evidence with { ListedAt = accounts.Now.AddHours(number.PhoneNumberId == longest ? -9 : -7) } })],
            TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource();
        var held = accounts.Meta.Faults.Hold(GraphOperations.ReadPhoneNumber);

        var looking = accounts.Host.UseAsync<ConnectionCheck, bool>(async check =>
        {
            await check.RunAsync(acme, write.After.Numbers, TheAccounts.Turn, deadline.Token);
            return true;
        });
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await deadline.CancelAsync();
        held.Release();
        await looking;

        (await accounts.Host.ReadAsync("acme")).Numbers.Where(number => number.Evidence.CheckFailures > 0).Select(number => number.PhoneNumberId).ShouldBe([longest]);
    }
}
