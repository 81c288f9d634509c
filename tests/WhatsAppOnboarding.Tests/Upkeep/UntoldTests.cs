using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>What nobody tells, or what was told and got lost: the next look finds it out.</summary>
public sealed class UntoldTests
{
    [Theory]
    [InlineData(415, null, ErrorCodes.TwoFactorNeeded)]
    [InlineData(100, 2859009, ErrorCodes.TwoFactorNeeded)]
    [InlineData(190, 459, ErrorCodes.FacebookCheck)]
    [InlineData(190, 464, ErrorCodes.FacebookCheck)]
    [InlineData(131031, null, ErrorCodes.AccountLocked)]
    [InlineData(368, null, ErrorCodes.AccountBlocked)]
    public async Task Why_meta_does_not_show_a_number_until_somebody_has_done_something_is_told_once(int code, int? subcode, string reason)
    {
        await using var accounts = await StartAsync();
        accounts.Meta.Faults.On(GraphOperations.ReadPhoneNumber, Fault.Error(400, code, subcode), int.MaxValue);
        accounts.Calls.Clear();

        await accounts.PassAsync(days: 3);

        accounts.Told("acme").ShouldBe([$"needs_attention {reason}"]);
        var view = await accounts.StatusAsync("acme");
        (view.CanSend.Answer, view.CanSend.Reason, view.CanReceive.Answer).ShouldBe(("no", reason, "unknown"));
        accounts.Calls.ByDay.Values.Max().ShouldBeLessThanOrEqualTo(12);

        accounts.Meta.Faults.Clear();
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldBe([$"needs_attention {reason}", $"well_again {reason}"]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task A_waba_that_is_enabled_again_is_well_again_although_nothing_told_it()
    {
        await using var accounts = await StartAsync();
        var waba = WabaOf(accounts);
        await accounts.Meta.Happenings.DisableAsync(waba.Id, TestContext.Current.CancellationToken);
        accounts.Told("acme").ShouldContain("needs_attention account_disabled");

        waba.IsDisabled = false;
        await accounts.PassAsync(TheAccounts.Turn + TheAccounts.Turn);

        accounts.Told("acme").ShouldContain("well_again account_disabled");
        var view = await accounts.StatusAsync("acme");
        (view.Connected, view.CanSend.Answer, view.Notices[0].Message).ShouldBe((true, "yes", "Meta has enabled the WhatsApp account again."));
    }

    [Fact]
    public async Task A_pause_ends_when_meta_has_shown_the_number_as_working_for_hours_although_nothing_told_it()
    {
        await using var accounts = await StartAsync();
        await accounts.Meta.Happenings.OffboardAsync(WabaOf(accounts).Id, cancellationToken: TestContext.Current.CancellationToken);
        (await accounts.StatusAsync("acme")).State.ShouldBe("paused");

        WabaOf(accounts).IsOffboarded = false;
        await accounts.PassAsync(TheAccounts.Turn + TheAccounts.Turn);

        (await accounts.StatusAsync("acme")).State.ShouldBe("active");
        accounts.Host.Events.Account.ShouldContain(told => told.Kind == AccountEvent.Resumed);
    }

    [Fact]
    public async Task That_deliveries_for_a_shared_number_wait_is_told_when_they_do_and_not_before()
    {
        await using var accounts = await TheAccounts.StartAsync(setup => setup["SharedProofLifetime"] = "02:00:00");
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.ConnectAsync("birch", waba);
        await accounts.PassAsync(days: 1);

        accounts.Meta.Service.GoDown();
        await accounts.PassAsync(TimeSpan.FromMinutes(50));
        accounts.Told("acme").ShouldBe([]);
        await accounts.PassAsync(TimeSpan.FromHours(2));
        accounts.Told("acme").ShouldBe(["needs_attention shared_proof_stale"]);

        accounts.Meta.Service.Recover();
        await accounts.PassAsync(TimeSpan.FromHours(1));
        accounts.Told("acme").ShouldBe(["needs_attention shared_proof_stale", "well_again shared_proof_stale"]);
    }

    [Fact]
    public async Task What_was_to_be_done_at_once_and_was_not_is_done_within_minutes()
    {
        await using var accounts = await StartPendingAsync();

        await accounts.PassAsync(TimeSpan.FromMinutes(16));

        (await accounts.StatusAsync("acme")).OpenSteps.ShouldBeEmpty();
        accounts.Told("acme").ShouldBe([]);
    }

    [Fact]
    public async Task Nor_does_it_hide_that_the_token_is_of_no_use()
    {
        await using var accounts = await StartPendingAsync();
        accounts.Meta.World.RevokeToken(accounts.Meta.World.IssuedTokens[^1].Value);

        await accounts.PassAsync(TimeSpan.FromMinutes(16));

        accounts.Told("acme").ShouldBe(["needs_attention token_invalid"]);
    }

    private static async Task<TheAccounts> StartAsync()
    {
        var accounts = await TheAccounts.StartAsync();
        await accounts.ConnectAsync("acme", accounts.AddWaba());
        await accounts.PassAsync(days: 1);
        return accounts;
    }

    /// <summary>Who connected it died before the number was registered.</summary>
    private static async Task<TheAccounts> StartPendingAsync()
    {
        var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.Service<NumberAuthority>().WriteAsync(
            AccountId.Parse("acme"),
            read => [.. read.Numbers.Select(number => number.WithOpenStep(StepNames.Register, ErrorCodes.Pending, accounts.Now))],
            TestContext.Current.CancellationToken);
        return accounts;
    }

    private static EmulatedWaba WabaOf(TheAccounts accounts) => accounts.Meta.World.Businesses.SelectMany(business => business.Wabas).First();

    [Fact]
    public async Task Who_connects_a_number_while_another_account_has_it_deregistered_is_told_within_minutes()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        var held = accounts.Meta.Faults.Hold(GraphOperations.Deregister);
        var disconnecting = accounts.Host.UseAsync<IWhatsAppAccounts, DisconnectResult>(all => all.DisconnectAsync(AccountId.Parse("acme"), new DisconnectScope { Deregister = true }));
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await accounts.ConnectAsync("birch", waba);

        held.Release();
        await disconnecting;
        await accounts.PassAsync(TimeSpan.FromMinutes(10));

        waba.Numbers[0].PlatformType.ShouldNotBe("CLOUD_API");
        accounts.Told("birch").ShouldBe(["needs_attention not_registered"]);
    }
}
