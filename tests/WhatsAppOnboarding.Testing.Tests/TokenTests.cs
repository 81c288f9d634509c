using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class TokenTests : EmulatorTest
{
    private string Numbers => $"/v25.0/{Waba.Id}/phone_numbers";

    [Fact]
    public async Task A_missing_or_invented_token_is_190()
    {
        (await Graph.GetAsync(Numbers, null)).ShouldFail(401, 190);
        (await Graph.GetAsync(Numbers, "EAAnonsense")).ShouldFail(401, 190);
    }

    [Fact]
    public async Task A_revoked_or_expired_token_is_190()
    {
        Options.TokenLifetime = TimeSpan.FromDays(60);
        var (revoked, expired) = (Meta.World.IssueToken(), Meta.World.IssueToken());
        Meta.World.RevokeToken(revoked.Value);
        (await Graph.GetAsync(Numbers, revoked.Value)).ShouldFail(401, 190, 467);
        (await Graph.GetAsync(Numbers, expired.Value)).ShouldSucceed();
        Clock.Advance(TimeSpan.FromDays(60));
        (await Graph.GetAsync(Numbers, expired.Value)).ShouldFail(401, 190, 463);
    }

    [Fact]
    public async Task The_proof_is_required_and_must_be_right()
    {
        var token = Meta.World.IssueToken().Value;
        var missing = await Graph.SendAsync(HttpMethod.Get, Numbers, token, proof: null);
        missing.ShouldFail(400, 100);
        var wrong = await Graph.SendAsync(HttpMethod.Get, Numbers, token, proof: new string('0', 64));
        wrong.ShouldFail(400, 100);
        ((string?)wrong["error"]!["message"]).ShouldBe("Invalid appsecret_proof provided in the API argument");

        Options.RequireAppSecretProof = false;
        (await Graph.SendAsync(HttpMethod.Get, Numbers, token, proof: null)).ShouldSucceed();
    }

    [Fact]
    public async Task A_token_opens_only_the_wabas_that_were_granted()
    {
        var foreign = Meta.World.AddBusiness("Other").AddWaba("Other WABA");
        var number = foreign.AddNumber("+1 631-555-0199", "Other");
        var token = Meta.World.IssueToken([Waba.Id]).Value;

        (await Graph.GetAsync($"/v25.0/{foreign.Id}", token)).ShouldFail(400, 100, 33);
        (await Graph.GetAsync($"/v25.0/{number.Id}", token)).ShouldFail(400, 100, 33);
        (await Graph.PostAsync($"/v25.0/{foreign.Id}/subscribed_apps", token)).ShouldFail(400, 100, 33);
        (await Graph.GetAsync("/v25.0/999999999999999", token)).ShouldFail(400, 100, 33);
        (await Graph.GetAsync($"/v25.0/{Waba.Id}", token)).ShouldSucceed();
    }

    [Theory]
    [InlineData("GET", "{waba}", 200)]
    [InlineData("GET", "{waba}/phone_numbers", 200)]
    [InlineData("GET", "{waba}/subscribed_apps", 200)]
    [InlineData("POST", "{waba}/subscribed_apps", 200)]
    [InlineData("DELETE", "{waba}/subscribed_apps", 200)]
    [InlineData("GET", "{phone}", 200)]
    [InlineData("POST", "{phone}/messages", 10)]
    public async Task A_token_without_the_permission_is_refused(string method, string path, int code)
    {
        var token = Meta.World.IssueToken(scopes: ["public_profile"]).Value;
        path = path.Replace("{waba}", Waba.Id).Replace("{phone}", Number.Id);
        (await Graph.SendAsync(new HttpMethod(method), "/v25.0/" + path, token)).ShouldFail(403, code);
    }

    [Fact]
    public async Task A_customer_who_removes_the_app_ends_token_and_subscription()
    {
        var second = Business.AddWaba("Second WABA");
        var (both, one) = (Meta.World.IssueToken().Value, Meta.World.IssueToken([Waba.Id]).Value);
        Waba.IsAppSubscribed = true;

        Meta.World.RemoveAppFrom(Waba.Id);

        Waba.IsAppSubscribed.ShouldBeFalse();
        (await Graph.GetAsync(Numbers, one)).ShouldFail(401, 190, 458);
        (await Graph.GetAsync(Numbers, both)).ShouldFail(400, 100, 33);
        (await Graph.GetAsync($"/v25.0/{second.Id}", both)).ShouldSucceed();
    }

    [Fact]
    public async Task Secrets_do_not_show_in_texts_for_people()
    {
        var code = await GetCodeAsync();
        await Graph.ExchangeAsync(code, Redirect);
        var texts = string.Join('\n', [.. Meta.Calls.All, .. Meta.World.IssuedTokens, .. Meta.World.IssuedCodes]);
        texts.ShouldNotContain(code);
        texts.ShouldNotContain(Meta.AppSecret);
        texts.ShouldNotContain(Meta.World.IssuedTokens[0].Value);
    }
}
