using System.Net;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>What is optional and odd never makes an answer unreadable, and never loses a code; the log names what was odd.</summary>
public sealed class ToleranceTests : IDisposable
{
    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Theory]
    [InlineData(""","expires_in":"5183944" """, 5183944, null)]
    [InlineData(""","expires_in":0""", null, null)]
    [InlineData(""","expires_in":-5""", null, null)]
    [InlineData(""","expires_in":null""", null, null)]
    [InlineData(""","expires_in":"soon" """, null, "expires_in")]
    [InlineData(""","expires_in":3600.5""", null, "expires_in")]
    [InlineData(""","expires_in":1e400""", null, "expires_in")]
    [InlineData(""","expires_in":{"seconds":3600}""", null, "expires_in")]
    [InlineData(""","expires_in":[3600],"token_type":7,"scopes":{}""", null, "expires_in")]
    public async Task A_token_is_taken_whatever_stands_beside_it(string beside, int? seconds, string? odd)
    {
        var issued = (await _graph.Answers($$"""{"access_token":"EAAnew"{{beside}}}""").SendAsync(Some.Exchanging)).Value.ShouldNotBeNull();

        issued.Token.Reveal().ShouldBe("EAAnew");
        issued.ExpiresIn.ShouldBe(seconds is { } life ? TimeSpan.FromSeconds(life) : null);
        Odd().ShouldBe(odd);
    }

    [Theory]
    [InlineData(""" "message":"Bad \ud83d" """, null)]
    [InlineData(""" "error_data":{"details":"Half \ud83d"} """, "Half \ufffd")]
    [InlineData(""" "error_data":"Said as a text" """, "Said as a text")]
    [InlineData(""" "details":"Said beside the code" """, "Said beside the code")]
    [InlineData(""" "error_data":{"messaging_product":"whatsapp"},"details":"Said beside the code" """, "Said beside the code")]
    [InlineData(""" "error_data":[1],"fbtrace_id":{},"is_transient":"no" """, null)]
    public async Task A_refusal_keeps_its_code_whatever_stands_beside_it(string beside, string? details)
    {
        _graph.Answers($$$"""{"error":{"code":100,"error_subcode":2388001,{{{beside}}}}}""", HttpStatusCode.BadRequest);

        var error = (await _graph.SendAsync(Some.Exchanging)).Error.ShouldNotBeNull();

        (error.Code, error.Subcode, error.Details).ShouldBe((100, 2388001, details));
    }

    [Theory]
    [InlineData(""","expires_at":"1800000000" """, null)]
    [InlineData(""","expires_at":-1""", null)]
    [InlineData(""","expires_at":999999999999999999""", null)]
    [InlineData(""","expires_at":99999999999999999999999""", "data.expires_at")]
    [InlineData(""","expires_at":true,"data_access_expires_at":"never" """, "data.expires_at, data.data_access_expires_at")]
    [InlineData(""","type":{"word":"USER"},"user_id":false""", "data.type, data.user_id")]
    [InlineData(""","user_id":122000000000000,"type":"WHATEVER_COMES" """, null)]
    [InlineData(""","scopes":"whatsapp_business_management" """, "data.scopes")]
    [InlineData(""","scopes":["whatsapp_business_management",{"x":1},null,"ads_read"]""", "data.scopes[1]")]
    [InlineData(""","error":{"code":190},"metadata":[]""", null)]
    public async Task An_inspection_is_read_whatever_is_odd_in_it(string more, string? odd)
    {
        var inspection = (await _graph.Answers(Inspection(more)).SendAsync(LoginCalls.InspectToken(Some.Token))).Value.ShouldNotBeNull();

        (inspection.IsValid, inspection.AppId).ShouldBe((true, Some.AppId));
        inspection.GranularScopes.Single(scope => scope.Scope == "whatsapp_business_management").TargetIds.ShouldBe(["524000000000001"]);
        Odd().ShouldBe(odd);
    }

    [Fact]
    public async Task Grants_whose_targets_make_no_sense_leave_the_others_readable()
    {
        _graph.Answers("""
            {"data":{"is_valid":true,"granular_scopes":["text",null,{"scope":7,"target_ids":["1"]},{"target_ids":{}},{"scope":"ads_read","target_ids":[{"id":"act_1"},-4]},
            {"scope":"whatsapp_business_messaging","target_ids":[524000000000001,{"x":1}]}]}}
            """);

        var inspection = (await _graph.SendAsync(LoginCalls.InspectToken(Some.Token))).Value.ShouldNotBeNull();

        inspection.GranularScopes.Single(scope => scope.Scope == "whatsapp_business_messaging").TargetIds.ShouldBe(["524000000000001"]);
    }

    [Fact]
    public async Task A_listing_keeps_every_number_whatever_is_odd_about_it()
    {
        _graph.Answers("""
            {"data":[{"id":"106000000000001","verified_name":{"name":"x"},"status":7,"name_status":[],"is_on_biz_app":"perhaps","quality_rating":null,"display_phone_number":16315550100},
            {"id":106000000000002,"platform_type":{},"account_mode":true}],"paging":null}
            """);

        var numbers = (await _graph.SendAsync(Some.Listing)).Value.ShouldNotBeNull().Items;

        numbers.Select(number => number.Id.ToString()).ShouldBe(["106000000000001", "106000000000002"]);
        (numbers[0].VerifiedName, numbers[0].IsOnBizApp, numbers[0].DisplayPhoneNumber).ShouldBe((null, null, "16315550100"));
        Odd()!.Split(", ").ShouldBe(["verified_name", "name_status", "is_on_biz_app", "account_mode"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_odd_is_named_and_never_quoted()
    {
        await _graph.Answers("""{"access_token":"EAAnew","expires_in":"EAAsecret"}""").SendAsync(Some.Exchanging);

        Odd().ShouldBe("expires_in");
        _graph.Logs.Lines.ShouldAllBe(line => !line.Text.Contains("EAAsecret") && !line.Text.Contains("EAAnew"));
    }

    [Theory]
    [InlineData(12, null)]
    [InlineData(10, null)]
    [InlineData(200, null)]
    [InlineData(100, 2494055)]
    public async Task A_field_that_is_refused_is_left_out(int code, int? subcode)
    {
        _graph.Answers(Some.Error(code, subcode), HttpStatusCode.BadRequest).Answers(Some.Page("""{"id":"106000000000001"}"""));

        (await _graph.SendAsync(Some.Listing)).Value.ShouldNotBeNull().Items.Count.ShouldBe(1);

        _graph.Sent.Count.ShouldBe(2);
        _graph.Sent[1].Address.ShouldNotContain("fields=");
    }

    [Fact]
    public async Task Too_much_data_is_asked_for_in_smaller_pages()
    {
        const string Less = """{"error":{"code":1,"message":"Please reduce the amount of data you're asking for, then retry your request","type":"OAuthException"}}""";
        _graph.Answers(Less, HttpStatusCode.InternalServerError).Answers(Less, HttpStatusCode.InternalServerError).Answers(Some.Page("""{"id":"106000000000001"}"""));

        (await _graph.SendAsync(Some.Listing)).Value.ShouldNotBeNull().Items.Count.ShouldBe(1);

        _graph.Sent.Select(request => System.Web.HttpUtility.ParseQueryString(new Uri(request.Address).Query)["limit"]).ShouldBe(["100", "25", "6"]);
    }

    private static string Inspection(string more) => $$$"""
        {"data":{"app_id":"{{{Some.AppId}}}","is_valid":true{{{more}}},
        "granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["524000000000001"]},{"scope":"ads_read","target_ids":["act_1"]},{"scope":"pages_show_list"}]}}
        """;

    private string? Odd() => _graph.Logs.Lines.SingleOrDefault(line => line.EventId == 1007)?.Text is { } text
        ? text[(text.IndexOf("is odd in ", StringComparison.Ordinal) + "is odd in ".Length)..text.IndexOf(", which is read", StringComparison.Ordinal)]
        : null;
}
