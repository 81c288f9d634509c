using System.Net;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class DialogTests : EmulatorTest
{
    [Fact]
    public async Task Continue_returns_code_and_state_and_keeps_the_query_of_the_redirect_uri()
    {
        var answer = await Meta.ApproveAsync(Dialog("https://saas.example/cb?tenant=7"), cancellationToken: Ct);
        answer.GetLeftPart(UriPartial.Path).ShouldBe("https://saas.example/cb");
        answer.Fragment.ShouldBe("#_=_");
        Query(answer).Keys.ShouldBe(["tenant", "code", "state"]);
        Query(answer)["state"].ShouldBe("s&t");
        (await Graph.ExchangeAsync(Query(answer)["code"], "https://saas.example/cb?tenant=7")).ShouldSucceed();
    }

    [Fact]
    public async Task Cancel_returns_the_refusal_and_the_state()
    {
        var answer = await Meta.CancelAsync(Dialog(), Ct);
        answer.Query.ShouldBe("?error=access_denied&error_reason=user_denied&error_description=Permissions+error&error_code=200&state=s%26t");
        Meta.World.IssuedCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_ticked_wabas_are_granted()
    {
        var second = Business.AddWaba("Second WABA");
        await Graph.ExchangeAsync(await GetCodeAsync(second.Id), Redirect);
        Meta.World.IssuedTokens.ShouldHaveSingleItem().WabaIds.ShouldBe([second.Id]);
    }

    [Fact]
    public async Task A_scope_grants_what_was_asked_for_if_the_app_may_have_it()
    {
        await Graph.ExchangeAsync(Query(await Meta.ApproveAsync(Dialog(more: "&scope=whatsapp_business_management,business_management"), cancellationToken: Ct))["code"], Redirect);
        Meta.World.IssuedTokens[0].Scopes.ShouldBe(["whatsapp_business_management", "public_profile"]);
    }

    [Fact]
    public async Task A_wrong_app_or_redirect_uri_gets_an_error_page_and_never_a_redirect()
    {
        Options.RedirectUris.Add(Redirect);
        foreach (var dialog in new[] { Dialog(appId: "123"), Dialog(Redirect + "/"), Dialog("javascript:alert(1)"), Dialog(more: "") })
        {
            using var response = await Graph.Http.GetAsync(dialog, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            response.Headers.Location.ShouldBeNull();
            using var posted = await Graph.Http.PostAsync(dialog, new FormUrlEncodedContent([KeyValuePair.Create("decision", "continue")]), Ct);
            posted.Headers.Location.ShouldBeNull();
        }

        (await Should.ThrowAsync<InvalidOperationException>(() => Meta.ApproveAsync(Dialog(appId: "123"), cancellationToken: Ct))).Message.ShouldContain("App ID");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/callback")]
    [InlineData("https://saas.example/cb#part")]
    public async Task Without_a_list_any_web_address_without_fragment_is_a_redirect_uri(string other)
    {
        Query(await Meta.CancelAsync(Dialog("http://localhost:5080/cb"), Ct)).ShouldContainKey("error");
        await Should.ThrowAsync<InvalidOperationException>(() => Meta.CancelAsync(Dialog(other), Ct));
    }

    [Fact]
    public async Task A_system_user_configuration_needs_the_override_and_the_right_id()
    {
        Options.ConfigurationId = "777";
        const string Override = "&override_default_response_type=true";
        await Should.ThrowAsync<InvalidOperationException>(() => Meta.ApproveAsync(Dialog(more: "&config_id=777"), cancellationToken: Ct));
        await Should.ThrowAsync<InvalidOperationException>(() => Meta.ApproveAsync(Dialog(more: "&config_id=778" + Override), cancellationToken: Ct));
        Query(await Meta.ApproveAsync(Dialog(more: "&config_id=777" + Override), cancellationToken: Ct)).ShouldContainKey("code");
    }
}
