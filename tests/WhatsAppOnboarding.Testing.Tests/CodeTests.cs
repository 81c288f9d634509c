using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class CodeTests : EmulatorTest
{
    [Fact]
    public async Task A_code_works_only_once()
    {
        var code = await GetCodeAsync();
        (await Graph.ExchangeAsync(code, Redirect)).ShouldSucceed();
        (await Graph.ExchangeAsync(code, Redirect)).ShouldFail(400, 100, 36009);
    }

    [Fact]
    public async Task Of_many_exchanges_at_the_same_time_one_wins()
    {
        var code = await GetCodeAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Graph.ExchangeAsync(code, Redirect)));
        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        Meta.World.IssuedTokens.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_code_expires()
    {
        var code = await GetCodeAsync();
        Clock.Advance(Options.CodeLifetime);
        (await Graph.ExchangeAsync(code, Redirect)).ShouldFail(400, 100, 36007);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://saas.example/integrations/whatsapp/callback/")]
    [InlineData("https://saas.example/Integrations/whatsapp/callback")]
    public async Task A_code_is_tied_to_its_redirect_uri_and_survives_a_wrong_one(string? other)
    {
        var code = await GetCodeAsync();
        (await Graph.ExchangeAsync(code, other)).ShouldFail(400, 100, 36008);
        (await Graph.ExchangeAsync(code, Redirect)).ShouldSucceed();
    }

    [Fact]
    public async Task An_invented_code_is_refused() => (await Graph.ExchangeAsync("AQnonsense", Redirect)).ShouldFail(400, 100, 36008);

    [Fact]
    public async Task Wrong_app_credentials_are_refused_and_leave_the_code_alone()
    {
        var code = await GetCodeAsync();
        (await Graph.ExchangeAsync(code, Redirect, secret: "wrong")).ShouldFail(400, 1);
        (await Graph.ExchangeAsync(code, Redirect, appId: "1234")).ShouldFail(400, 101);
        (await Graph.ExchangeAsync(code, Redirect)).ShouldSucceed();
    }

    [Fact]
    public async Task A_popup_code_lives_30_seconds_and_has_no_redirect_uri()
    {
        (await Graph.ExchangeAsync(Meta.IssuePopupCode(), Redirect)).ShouldFail(400, 100, 36008);
        (await Graph.ExchangeAsync(Meta.IssuePopupCode(), "")).ShouldSucceed();
        (await Graph.ExchangeAsync(Meta.IssuePopupCode(), null)).ShouldSucceed();

        var late = Meta.IssuePopupCode();
        Clock.Advance(TimeSpan.FromSeconds(30));
        (await Graph.ExchangeAsync(late, null)).ShouldFail(400, 100, 36007);
    }

    [Fact]
    public async Task A_system_user_token_without_end_names_no_lifetime()
    {
        var reply = await Graph.ExchangeAsync(await GetCodeAsync(), Redirect);
        reply["expires_in"].ShouldBeNull();
        ((string?)reply["token_type"]).ShouldBe("bearer");
    }

    [Fact]
    public async Task A_short_user_token_is_extended_to_60_days_and_lives_on_beside_the_long_one()
    {
        Options.TokenKind = EmulatedTokenKind.User;
        var reply = await Graph.ExchangeAsync(await GetCodeAsync(), Redirect);
        ((int?)reply["expires_in"]).ShouldBe(7200);
        var shortToken = (string)reply["access_token"]!;

        (await Graph.GetAsync($"/v25.0/oauth/access_token?grant_type=fb_exchange_token&client_id={Meta.AppId}&client_secret=wrong&fb_exchange_token={shortToken}", null)).ShouldFail(400, 1);
        var longer = await Graph.GetAsync($"/v25.0/oauth/access_token?grant_type=fb_exchange_token&client_id={Meta.AppId}&client_secret={Meta.AppSecret}&fb_exchange_token={shortToken}", null);

        ((int?)longer["expires_in"]).ShouldBe(5_183_944);
        (await Graph.GetAsync("/v25.0/me", shortToken)).ShouldSucceed();
        Clock.Advance(TimeSpan.FromHours(3));
        (await Graph.GetAsync("/v25.0/me", shortToken)).ShouldFail(400, 190, 463);
        (await Graph.GetAsync("/v25.0/me", (string)longer["access_token"]!)).ShouldSucceed();
    }
}
