using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class AnswerTests : IDisposable
{
    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_token_comes_with_its_lifetime()
    {
        var issued = await AnswerAsync(Some.Exchanging, """{"access_token":"EAAnew","token_type":"bearer","expires_in":5183999}""");
        issued.Token.Reveal().ShouldBe("EAAnew");
        issued.ExpiresIn.ShouldBe(TimeSpan.FromSeconds(5183999));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"expires_in\":0")]
    [InlineData(",\"expires_in\":99999999999999")]
    public async Task A_token_without_a_usable_lifetime_has_none(string more) =>
        (await AnswerAsync(Some.Exchanging, $$"""{"access_token":"EAAnew"{{more}}}""")).ExpiresIn.ShouldBeNull();

    [Fact]
    public async Task An_inspection_tells_permissions_and_targets()
    {
        var inspection = await AnswerAsync(LoginCalls.InspectToken(Some.Token), """
            {"data":{"app_id":634000000000000,"type":"SYSTEM_USER","application":"My SaaS","data_access_expires_at":0,"expires_at":1800000000,"issued_at":1712099300,
            "is_valid":true,"scopes":["whatsapp_business_management","public_profile"],"granular_scopes":[
            {"scope":"whatsapp_business_management","target_ids":["102","101"]},{"scope":"whatsapp_business_messaging"}],"user_id":"122000000000000"}}
            """);
        inspection.IsValid.ShouldBeTrue();
        inspection.AppId.ShouldBe(Some.AppId);
        inspection.Type.ShouldBe("SYSTEM_USER");
        inspection.ExpiresAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1800000000));
        inspection.DataAccessExpiresAt.ShouldBeNull();
        inspection.Scopes.ShouldBe(["whatsapp_business_management", "public_profile"]);
        inspection.GranularScopes[0].TargetIds.ShouldBe(["102", "101"]);
        inspection.GranularScopes[1].TargetIds.ShouldBeEmpty();
        inspection.UserId.ShouldBe("122000000000000");
    }

    [Fact]
    public async Task A_dead_token_is_an_answer_and_not_an_error() =>
        (await AnswerAsync(LoginCalls.InspectToken(Some.Token), """{"data":{"is_valid":false,"scopes":[],"error":{"code":190,"subcode":460,"message":"changed password"}}}"""))
            .IsValid.ShouldBeFalse();

    [Fact]
    public async Task A_number_is_read_with_all_that_is_known_of_it()
    {
        var page = await AnswerAsync(Some.Listing, """
            {"data":[{"id":106000000000001,"display_phone_number":"+1 631-555-0100","verified_name":"Lucky Shrub","code_verification_status":"VERIFIED","quality_rating":"GREEN",
            "platform_type":"CLOUD_API","status":"CONNECTED","name_status":"APPROVED","account_mode":"LIVE","is_on_biz_app":true,"throughput":{"level":"STANDARD"},
            "last_onboarded_time":"2026-08-22T19:05:53+0000","webhook_configuration":{"application":"https://saas.example/webhooks"}}],"paging":{"cursors":{"before":"x","after":"y"}}}
            """);
        page.After.ShouldBeNull();
        page.Items.ShouldHaveSingleItem().ShouldBe(new()
        {
            Id = Some.Number,
            DisplayPhoneNumber = "+1 631-555-0100",
            VerifiedName = "Lucky Shrub",
            QualityRating = QualityRating.Green,
            Status = NumberStatus.Connected,
            CodeVerificationStatus = CodeVerificationStatus.Verified,
            PlatformType = PlatformType.CloudApi,
            NameStatus = "APPROVED",
            AccountMode = "LIVE",
            IsOnBizApp = true,
        });
    }

    [Fact]
    public async Task What_Meta_does_not_say_of_a_number_is_unknown()
    {
        var number = (await AnswerAsync(Some.Listing, """{"data":[{"id":"106000000000001","quality_rating":null,"status":"NEW_WORD"}]}""")).Items.Single();
        number.QualityRating.IsKnown.ShouldBeFalse();
        number.IsOnBizApp.ShouldBeNull();
        number.Status.ToString().ShouldBe("NEW_WORD");
    }

    [Fact]
    public async Task Portfolios_WABAs_and_apps_are_read()
    {
        (await AnswerAsync(LoginCalls.ListBusinesses(Some.Token), """{"data":[{"id":"272000000000001","name":"Shrubs Ltd"}]}""")).Items.ShouldBe([new(Some.Business, "Shrubs Ltd")]);
        (await AnswerAsync(LoginCalls.ListOwnedWabas(Some.Token, Some.Business), """{"data":[{"id":524000000000001}]}""")).Items.ShouldBe([new(Some.Waba)]);
        (await AnswerAsync(SubscriptionCalls.ListSubscribedApps(Some.Token, Some.Waba), """{"data":[{"whatsapp_business_api_data":{"id":"634","name":"My SaaS","link":"https://www.facebook.com/games/?app_id=634"}}]}"""))
            .Items.ShouldBe([new("634", "My SaaS")]);
    }

    [Fact]
    public async Task A_sent_message_has_an_id() =>
        (await AnswerAsync(Some.Message, """{"messaging_product":"whatsapp","contacts":[{"input":"+16505550123","wa_id":"16505550123"}],"messages":[{"id":"wamid.x"}]}"""))
            .ShouldBe(new() { Id = "wamid.x", WaId = "16505550123" });

    [Fact]
    public async Task A_sent_message_may_come_without_the_recipients_id() =>
        (await AnswerAsync(Some.Message, """{"messaging_product":"whatsapp","messages":[{"id":"wamid.x"}]}""")).WaId.ShouldBeNull();

    [Fact]
    public async Task When_Meta_does_not_know_a_field_the_page_is_asked_for_once_more_without_fields()
    {
        _graph.Answers(Some.Error(100), System.Net.HttpStatusCode.BadRequest).Answers(Some.Page("""{"id":"106000000000001"}"""));
        (await _graph.SendAsync(NumberCalls.ListNumbers(Some.Token, Some.Waba, "c"))).Value!.Items.Count.ShouldBe(1);
        _graph.Sent[1].Address.ShouldEndWith($"/phone_numbers?limit=100&after=c&appsecret_proof={Some.Proof}");
    }

    [Fact]
    public async Task A_refusal_without_fields_too_is_the_result()
    {
        _graph.Answers(Some.Error(100), System.Net.HttpStatusCode.BadRequest).Answers(Some.Error(100), System.Net.HttpStatusCode.BadRequest);
        (await _graph.SendAsync(Some.Listing)).Error!.Kind.ShouldBe(GraphErrorKind.Rejected);
        _graph.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_WABA_that_is_not_there_is_not_asked_for_twice()
    {
        _graph.Answers(Some.Error(100, 33), System.Net.HttpStatusCode.BadRequest);
        (await _graph.SendAsync(Some.Listing)).Error!.Kind.ShouldBe(GraphErrorKind.NotFound);
    }

    private async Task<T> AnswerAsync<T>(GraphCall<T> call, string json)
        where T : class
    {
        var result = await _graph.Answers(json).SendAsync(call);
        result.Succeeded.ShouldBeTrue(result.ToString());
        return result.Value;
    }
}
