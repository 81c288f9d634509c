using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>Tokens that end: extended in time, or told in time.</summary>
public sealed class TokenTests
{
    private static readonly string[] Warnings = ["token_ending token_ends_in_14_days", "token_ending token_ends_in_7_days", "token_ending token_ends_in_1_day"];

    [Theory, InlineData(EmulatedTokenKind.SystemUser), InlineData(EmulatedTokenKind.User)]
    public async Task A_token_of_60_days_is_extended_before_anybody_need_know(EmulatedTokenKind kind)
    {
        await using var accounts = await StartAsync(kind);
        await accounts.ConnectAsync("acme", accounts.AddWaba());

        await accounts.PassAsync(days: 130);

        accounts.Told("acme").ShouldBe([]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeTrue();
        accounts.Meta.Calls.Of(GraphOperations.ExtendToken).Count.ShouldBe(kind == EmulatedTokenKind.User ? 3 : 2);
    }

    [Theory, InlineData(EmulatedTokenKind.SystemUser), InlineData(EmulatedTokenKind.User)]
    public async Task A_token_that_meta_does_not_extend_is_warned_of_14_7_and_1_days_before_its_end(EmulatedTokenKind kind)
    {
        await using var accounts = await StartAsync(kind);
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        accounts.Calls.NotExtended[token.UserId] = true;
        var end = (await accounts.StatusAsync("acme")).TokenExpiresAt.ShouldNotBeNull();

        await accounts.PassAsync(days: 61);

        accounts.Told("acme").ShouldBe([.. Warnings, "needs_attention token_ended"]);
        var told = accounts.EventsOf("acme").ToArray();
        foreach (var (days, index) in new[] { (14, 0), (7, 1), (1, 2), (0, 3) })
            told[index].At.ShouldBeInRange(end.AddDays(-days), end.AddDays(-days) + TheAccounts.Turn);
        told[..3].ShouldAllBe(one => one.EndsAt == end);
        (await accounts.StatusAsync("acme")).State.ShouldBe("reconnect_needed");

        accounts.Calls.NotExtended.Clear();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        accounts.Told("acme").ShouldBe([.. Warnings, "needs_attention token_ended", "well_again token_ended"]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task An_end_that_was_known_is_warned_of_though_meta_says_nothing_of_it_any_more()
    {
        await using var accounts = await StartAsync(EmulatedTokenKind.SystemUser);
        var token = await accounts.ConnectAsync("acme", accounts.AddWaba());
        var end = (await accounts.StatusAsync("acme")).TokenExpiresAt.ShouldNotBeNull();
        accounts.Calls.NotExtended[token.UserId] = accounts.Calls.HidesEnds = true;

        await accounts.PassAsync(days: 61);

        accounts.Told("acme").ShouldBe([.. Warnings, "needs_attention token_ended"]);
        (await accounts.StatusAsync("acme")).TokenExpiresAt.ShouldBe(end);
    }

    [Fact]
    public async Task That_the_end_is_not_known_stays_said_until_meta_says_one()
    {
        await using var accounts = await TheAccounts.StartAsync();
        accounts.Calls.HidesEnds = true;
        (accounts.Options.TokenKind, accounts.Options.TokenLifetime) = (EmulatedTokenKind.SystemUser, null);
        await accounts.ConnectAsync("acme", accounts.AddWaba());
        await accounts.PassAsync(days: 3);
        (await accounts.StatusAsync("acme")).Findings.Select(finding => finding.Code).ShouldBe(["token_life_unknown"]);

        accounts.Calls.HidesEnds = false;
        await accounts.PassAsync(days: 2);

        (await accounts.StatusAsync("acme")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_inspection_that_names_no_app_says_nothing_against_the_token()
    {
        await using var accounts = await TheAccounts.StartAsync();
        await accounts.ConnectAsync("acme", accounts.AddWaba());
        accounts.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson("""{"data":{"is_valid":true,"type":"SYSTEM_USER"}}"""), times: int.MaxValue);

        await accounts.PassAsync(days: 4);

        accounts.Told("acme").ShouldBe([]);
        accounts.Meta.Calls.Of(GraphOperations.DebugToken).Count.ShouldBeInRange(2, 3, "one of the connect, and one every other day");
    }

    [Fact]
    public async Task Of_a_token_that_meta_takes_no_more_no_end_is_waited_for()
    {
        await using var accounts = await StartAsync(EmulatedTokenKind.SystemUser);
        var token = await accounts.ConnectAsync("acme", accounts.AddWaba());
        token.Revoke();

        await accounts.PassAsync(days: 50);

        accounts.Told("acme").ShouldBe(["needs_attention token_invalid"]);
        (await accounts.Host.ReadAsync("acme")).Reference.DueAt.ShouldNotBeNull().ShouldBeGreaterThan(accounts.Now.AddMinutes(10), "the next usual look");
        accounts.Calls.Clear();
        await accounts.PassAsync(days: 1);
        accounts.Calls.ByDay.Values.Sum().ShouldBeLessThanOrEqualTo(12);
    }

    [Fact]
    public async Task The_end_of_a_persons_data_is_warned_of_like_the_end_of_a_token()
    {
        await using var accounts = await StartAsync(EmulatedTokenKind.User);
        var token = await accounts.ConnectAsync("acme", accounts.AddWaba());
        accounts.Calls.NotExtended[token.UserId] = true;
        token.ExpiresAt = null;
        token.DataAccessEndsAt = accounts.Now.AddDays(20);

        await accounts.PassAsync(days: 21);

        accounts.Told("acme").ShouldBe([.. Warnings, "needs_attention token_ended"]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeFalse();
    }

    [Fact]
    public async Task The_end_of_a_persons_data_that_comes_unannounced_is_told_once()
    {
        await using var accounts = await StartAsync(EmulatedTokenKind.User);
        var token = await accounts.ConnectAsync("acme", accounts.AddWaba());
        accounts.Calls.NotExtended[token.UserId] = true;
        await accounts.PassAsync(days: 3.3);

        token.DataAccessEndsAt = accounts.Now;
        await accounts.PassAsync(TheAccounts.Turn);
        accounts.Told("acme").ShouldHaveSingleItem().ShouldBeOneOf("needs_attention token_invalid", "needs_attention token_ended");
        await accounts.PassAsync(days: 3);

        accounts.Told("acme").Length.ShouldBe(1);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeFalse();
    }

    private static async Task<TheAccounts> StartAsync(EmulatedTokenKind kind)
    {
        var accounts = await TheAccounts.StartAsync();
        (accounts.Options.TokenKind, accounts.Options.TokenLifetime) = (kind, kind == EmulatedTokenKind.User ? null : TimeSpan.FromDays(60));
        return accounts;
    }
}
