using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>How access to an account is lost at Meta by one call: tokens end, or show it no longer.</summary>
public sealed class AccessLossTests : EmulatorTest
{
    private string Numbers => $"/v25.0/{Waba.Id}/phone_numbers";

    [Theory]
    [InlineData(EmulatedTokenKind.SystemUser, 458)]
    [InlineData(EmulatedTokenKind.SystemUser, 467)]
    [InlineData(EmulatedTokenKind.User, 459)]
    [InlineData(EmulatedTokenKind.User, 460)]
    [InlineData(EmulatedTokenKind.User, 464)]
    public async Task A_revoked_token_is_190_with_its_subcode_for_calls_and_for_debug_token(EmulatedTokenKind kind, int subcode)
    {
        Options.TokenKind = kind;
        var token = Meta.World.IssueToken();
        token.Revoke(subcode);
        token.Revoke();
        token.IsRevoked.ShouldBeTrue();
        (await Graph.GetAsync(Numbers, token.Value)).ShouldFail(401, 190, subcode);
        var told = (await Graph.DebugAsync(token.Value))["data"]!;
        ((bool)told["is_valid"]!, (int)told["error"]!["subcode"]!).ShouldBe((false, subcode));
    }

    [Fact]
    public void A_password_that_changes_ends_no_token_of_a_system_user()
    {
        var token = Meta.World.IssueToken();
        Should.Throw<ArgumentException>(() => token.Revoke(460));
        token.IsRevoked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_ends_when_it_was_told_to()
    {
        var token = Meta.World.IssueToken();
        token.EndIn(TimeSpan.FromDays(7));
        var end = Clock.GetUtcNow().AddDays(7).ToUnixTimeSeconds();
        ((long)(await Graph.DebugAsync(token.Value))["data"]!["expires_at"]!).ShouldBe(end);
        (await Graph.GetAsync(Numbers, token.Value)).ShouldSucceed();
        Clock.Advance(TimeSpan.FromDays(7));
        (await Graph.GetAsync(Numbers, token.Value)).ShouldFail(401, 190, 463);
        ((bool)(await Graph.DebugAsync(token.Value))["data"]!["is_valid"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_persons_token_outlives_its_access_to_data()
    {
        Options.TokenKind = EmulatedTokenKind.User;
        Options.TokenLifetime = TimeSpan.FromDays(365);
        var token = Meta.World.IssueToken();
        token.DataAccessEndsAt.ShouldBe(Clock.GetUtcNow().AddDays(90));
        token.DataAccessEndsAt = Clock.GetUtcNow().AddDays(1);
        (await Graph.GetAsync(Numbers, token.Value)).ShouldSucceed();
        Clock.Advance(TimeSpan.FromDays(1));
        (await Graph.GetAsync(Numbers, token.Value)).ShouldFail(401, 190);
        var told = (await Graph.DebugAsync(token.Value))["data"]!;
        ((bool)told["is_valid"]!, (long)told["data_access_expires_at"]!).ShouldBe((true, Clock.GetUtcNow().ToUnixTimeSeconds()));
    }

    [Fact]
    public async Task An_unshared_account_is_shown_by_no_token_until_it_is_shared_again()
    {
        var other = Business.AddWaba("Other");
        var (only, both) = (Meta.World.IssueToken([Waba.Id]), Meta.World.IssueToken());
        Waba.IsAppSubscribed = true;

        Event(await Meta.Happenings.UnshareAsync(Waba.Id, Ct)).ShouldBe("PARTNER_REMOVED");

        Waba.IsAppSubscribed.ShouldBeFalse();
        (only.WabaIds.Count, both.WabaIds.ShouldHaveSingleItem()).ShouldBe((0, other.Id));
        foreach (var token in new[] { only, both })
        {
            (await Graph.GetAsync(Numbers, token.Value)).ShouldFail(400, 100, 33);
            (await Graph.GetAsync($"/v25.0/{Number.Id}", token.Value)).ShouldFail(400, 100, 33);
            (await TargetsAsync(token)).ShouldNotContain(Waba.Id);
        }

        Event(await Meta.Happenings.ShareAsync(Waba.Id, Ct)).ShouldBe("PARTNER_ADDED");
        (await Graph.GetAsync(Numbers, only.Value)).ShouldSucceed();
        (await TargetsAsync(both)).ShouldBe([other.Id, Waba.Id]);
        Waba.IsAppSubscribed.ShouldBeFalse("sharing subscribes nobody");
    }

    [Fact]
    public async Task A_new_grant_shares_an_unshared_account()
    {
        await Meta.Happenings.UnshareAsync(Waba.Id, Ct);
        (await Graph.GetAsync(Numbers, Meta.World.IssueToken([Waba.Id]).Value)).ShouldSucceed();
    }

    [Fact]
    public async Task Extending_a_token_does_not_bring_back_what_it_has_lost()
    {
        Options.TokenKind = EmulatedTokenKind.User;
        var other = Business.AddWaba("Other");
        var token = Meta.World.IssueToken();
        Meta.World.RemoveAppFrom(Waba.Id);
        (await Graph.GetAsync($"/v25.0/oauth/access_token?grant_type=fb_exchange_token&client_id={Meta.AppId}&client_secret={Meta.AppSecret}&fb_exchange_token={token.Value}", null)).ShouldSucceed();
        Meta.World.IssuedTokens[^1].WabaIds.ShouldBe([other.Id]);
    }

    private static string? Event(WebhookDelivery delivery) => (string?)JsonNode.Parse(delivery.Payload)!["entry"]![0]!["changes"]![0]!["value"]!["event"];

    private async Task<string[]> TargetsAsync(EmulatedToken token) =>
        [.. (await Graph.DebugAsync(token.Value))["data"]!["granular_scopes"]![0]!["target_ids"]!.AsArray().Select(id => (string)id!)];
}
