using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>What a round costs at Meta, and what becomes of it where Meta or a store does not do its part.</summary>
public sealed class RoundTests
{
    [Theory]
    [InlineData(1, 11)]
    [InlineData(5, 4)]
    public async Task Meta_is_called_at_most_12_times_for_a_number_on_a_day(int numbers, int atMost)
    {
        await using var accounts = await TheAccounts.StartAsync();
        for (var account = 0; account < 8; account++)
            await accounts.ConnectAsync($"account-{account}", accounts.AddWaba(numbers));
        accounts.Calls.Clear();

        await accounts.PassAsync(days: 8);

        accounts.Calls.ByDay.Values.Max().ShouldBeLessThanOrEqualTo(atMost * numbers);
        for (var account = 0; account < 8; account++)
            accounts.Told($"account-{account}").ShouldBe([]);
    }

    [Fact]
    public async Task Who_writes_in_the_middle_of_a_round_keeps_the_account_until_it_ends()
    {
        await using var accounts = await TheAccounts.StartAsync();
        await accounts.ConnectAsync("acme", accounts.AddWaba());
        accounts.Clock.Advance(TimeSpan.FromDays(1));
        var (numbers, now) = (accounts.Service<NumberAuthority>(), accounts.Now);
        (await numbers.TakeDueAsync(now, now.AddMinutes(5), 10, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

        await numbers.WriteAsync(
            AccountId.Parse("acme"),
            read => [.. read.Numbers.Select(number => number with { Evidence = number.Evidence with { TokenInspectedAt = now } })],
            TestContext.Current.CancellationToken);

        (await numbers.TakeDueAsync(now, now.AddMinutes(5), 10, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        now = now.AddMinutes(5);
        (await numbers.TakeDueAsync(now, now.AddMinutes(5), 10, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Losses))]
    public async Task Nor_is_it_for_one_that_has_lost_something(string name)
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        accounts.Calls.Clear();

        Loss.Find(name).Lose(waba.Numbers[0], token);
        await accounts.PassAsync(days: 6);

        accounts.Calls.ByDay.Values.Max().ShouldBeLessThanOrEqualTo(12);
    }

    public static TheoryData<string> Losses => [.. Loss.All.Select(loss => loss.Name)];

    [Fact]
    public async Task Nor_is_it_while_a_token_is_not_extended_and_on_the_day_on_which_its_number_is_removed()
    {
        await using var accounts = await TheAccounts.StartAsync();
        accounts.Options.TokenLifetime = TimeSpan.FromDays(60);
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        accounts.Calls.NotExtended[token.UserId] = true;
        accounts.Calls.Clear();

        await accounts.PassAsync(days: 58.4);
        waba.Numbers[0].Remove();
        await accounts.PassAsync(days: 1);

        accounts.Calls.ByDay.Values.Max().ShouldBeLessThanOrEqualTo(12);
    }

    [Fact]
    public async Task While_meta_is_down_nothing_is_lost_and_after_a_day_it_is_told_that_nothing_is_proved()
    {
        await using var accounts = await TheAccounts.StartAsync();
        await accounts.ConnectAsync("acme", accounts.AddWaba());
        await accounts.PassAsync(days: 1);
        accounts.Calls.Clear();

        accounts.Meta.Service.GoDown();
        await accounts.PassAsync(TimeSpan.FromHours(18));
        accounts.Told("acme").ShouldBe([]);
        await accounts.PassAsync(TimeSpan.FromHours(30));

        accounts.Told("acme").ShouldBe(["needs_attention not_checked"]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeTrue();
        accounts.Calls.ByDay.Values.Max().ShouldBeLessThanOrEqualTo(12);
        accounts.Meta.Service.Recover();
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe(["needs_attention not_checked", "well_again not_checked"]);
    }

    [Fact]
    public async Task A_throttled_waba_is_left_alone_until_there_is_room_and_nothing_is_told()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        accounts.Calls.Clear();

        for (var hour = 0; hour < 12; hour++)
        {
            accounts.Meta.Service.Throttle(waba.Id, minutes: 60);
            await accounts.PassAsync(TimeSpan.FromHours(1));
        }

        accounts.Calls.ByDay.Values.Sum().ShouldBeLessThanOrEqualTo(12);
        accounts.Meta.Service.Recover();
        waba.Numbers[0].QualityRating = "RED";
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe(["needs_attention quality_low"]);
    }

    [Fact]
    public async Task An_account_that_cannot_be_written_keeps_no_other_from_its_rounds()
    {
        var broken = new BrokenCopy();
        await using var accounts = await TheAccounts.StartAsync(setup => setup.Services.AddSingleton<IAccountWabaReferenceSync>(broken));
        var wabas = new Dictionary<string, EmulatedWaba>();
        foreach (var account in Enumerable.Range(0, 40).Select(number => $"account-{number:00}"))
            await accounts.ConnectAsync(account, wabas[account] = accounts.AddWaba());
        broken.Accounts = [.. wabas.Keys.Where((_, index) => index % 2 == 0).Select(AccountId.Parse)];

        foreach (var waba in wabas.Values)
            waba.Numbers[0].Status = "BANNED";
        await accounts.PassAsync(TheAccounts.Turn);

        foreach (var account in wabas.Keys)
            accounts.Told(account).ShouldBe(broken.Accounts.Contains(AccountId.Parse(account)) ? [] : ["needs_attention status_banned"]);
        broken.Accounts = [];
        await accounts.PassAsync(TheAccounts.Turn);
        foreach (var account in wabas.Keys)
            accounts.Told(account).ShouldBe(["needs_attention status_banned"]);
    }

    [Fact]
    public async Task Where_little_is_left_of_metas_limit_a_look_waits_but_not_for_ever()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        var token = AccessToken.Parse((await accounts.ConnectAsync("acme", waba)).Value);
        accounts.Meta.Service.SetUsage(90, waba.Id);
        waba.Numbers[0].Status = "BANNED";

        // The host's own calls hear it each time.
        for (var hour = 0; hour < 10; hour++)
        {
            await accounts.Service<IGraphClient>().SendAsync(NumberCalls.ReadHealth(token, WabaId.Parse(waba.Id)), TestContext.Current.CancellationToken);
            await accounts.PassAsync(TimeSpan.FromHours(1));
        }

        accounts.Told("acme").ShouldBeEmpty();
        for (var hour = 0; hour < 4; hour++)
        {
            await accounts.Service<IGraphClient>().SendAsync(NumberCalls.ReadHealth(token, WabaId.Parse(waba.Id)), TestContext.Current.CancellationToken);
            await accounts.PassAsync(TimeSpan.FromHours(1));
        }

        accounts.Told("acme").ShouldBe(["needs_attention status_banned"]);
    }

    private sealed class BrokenCopy : IAccountWabaReferenceSync
    {
        public HashSet<AccountId> Accounts { get; set; } = [];

        public Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken) =>
            Accounts.Contains(reference.AccountId) ? throw new InvalidOperationException("This account's row is gone.") : Task.CompletedTask;

        public Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WabaId?>>([]);
    }
}
